import { expect, test } from 'vitest'

import { systemClock } from '../../src/app/clock.ts'
import type { Power } from '../../src/deploy/power.ts'
import { underPower, wantRelease } from '../../src/deploy/prepare.ts'
import { requestCommit } from '../../src/deploy/requests.ts'
import { adapt } from '../../src/engine/ecs/adapt.ts'
import type { Engine } from '../../src/engine/engine.ts'
import type { Release } from '../../src/engine/ledger.ts'
import { anEcsApp, SETTINGS } from '../engine/ecs/yard.ts'
import { aProcess } from '../plan/fixtures.ts'
import { Workshop } from './workshop.ts'

const ecs = { name: 'ecs', adapt } as const
const TARGET = 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1'

function wanted(settings: object = {}) {
  const web = aProcess('web', {
    image: 'redis:8',
    port: 80,
    secrets: { KEY: 'ssm:/shop/key' },
    ecs: { target_group: TARGET, service: null, health_check_grace_period: null },
  })
  const { app } = adapt(anEcsApp({ processes: [web] }, settings))
  return wantRelease({ app, commit: null, images: {}, number: 1 } as unknown as Release)
}

const power = (more: Partial<Power> = {}): Power => ({
  ecs: SETTINGS,
  secret_prefixes: ['ssm:/shop/'],
  target_groups: [TARGET],
  ...more,
})

test('an old release runs where and as what the admins say now', () => {
  const then = wanted({ task_role: 'arn:aws:iam::1:role/root', exec: true, security_groups: ['sg-9'] })
  const { app } = underPower(ecs, then, power())
  expect(app.ecs).toEqual(SETTINGS)
  expect(app.processes[0]!.placement).toMatchObject({
    task_role: SETTINGS.task_role,
    security_groups: SETTINGS.security_groups,
  })
  expect(app.processes[0]!.placement).not.toHaveProperty('exec')
})

test('nothing else of it changes', () => {
  const then = wanted()
  expect(underPower(ecs, then, power())).toEqual(then)
})

test.each<[string, Partial<Power>, string]>([
  ['a secret', { secret_prefixes: [] }, 'the secret ssm:/shop/key is not one of this app'],
  ['a target group', { target_groups: [] }, `the target group ${TARGET} is not one of this app`],
])('%s that was taken away since it does not get back', (_, less, message) => {
  expect(() => underPower(ecs, wanted(), power(less))).toThrow(message)
})

test('what was taken away while a push waited is not given to it', async () => {
  await using workshop = await Workshop.open()
  const web = { image: 'redis:8', secrets: { KEY: 'ssm:/shop/key' } }
  const commit = await workshop.commit({ processes: { worker: web } })
  let prefixes = ['ssm:/shop/']
  const engine = { ...ecs, findImages: async () => new Map() } as unknown as Engine
  const { request } = await requestCommit(engine, workshop.app, {
    repository: workshop.repository,
    commit,
    rebuild: false,
    allow_remove: false,
    clock: systemClock,
    power: () => power({ secret_prefixes: prefixes }),
  })
  expect((await request.want()).app.processes[0]!.secrets).toEqual(web.secrets)
  prefixes = []
  await expect(request.want()).rejects.toThrow('the secret ssm:/shop/key is not one of this app')
})

test('on the machine itself there is nothing to judge', () => {
  const then = wanted()
  expect(underPower({ name: 'local', adapt }, then, power({ secret_prefixes: [] }))).toBe(then)
})
