import { describe, expect, test } from 'vitest'

import type { App, EcsSettings } from '../../src/app/app.ts'
import { powerProblems, type Power } from '../../src/deploy/power.ts'
import { anEcsApp, SETTINGS } from '../engine/ecs/yard.ts'
import { aContainer } from '../app/fixtures.ts'
import { aProcess, aTask } from '../plan/fixtures.ts'

const POWER: Power = { ecs: SETTINGS, secret_prefixes: [], target_groups: [] }
const everything = (): boolean => true

function problems(app: App, power: Partial<Power> = {}, isWritten: (path: string) => boolean = everything) {
  return powerProblems(app, { ...POWER, ...power }, isWritten).map(({ path, hint }) => [path, hint])
}

const withSecret = (reference: string): App =>
  anEcsApp({ processes: [aProcess('web', { secrets: { KEY: reference } })] })

describe('settings', () => {
  const processes = [aProcess('web')]

  test('that are the same, in whatever order lists are, are no claim', () => {
    const groups = { security_groups: ['sg-2', 'sg-1'] }
    const ecs = { ...SETTINGS, security_groups: ['sg-1', 'sg-2'] }
    expect(problems(anEcsApp({ processes }, groups), { ecs })).toEqual([])
  })

  test('that are off are the same as none', () => {
    expect(problems(anEcsApp({ processes }, { exec: false }))).toEqual([])
  })

  test('that nobody wrote ask for nothing', () => {
    expect(problems(anEcsApp({ processes }, { cluster: 'other' }), {}, () => false)).toEqual([])
  })

  test.each<[keyof EcsSettings, Partial<EcsSettings>, string]>([
    ['region', { region: 'us-east-1' }, 'region=us-east-1'],
    ['cluster', { cluster: 'other' }, 'cluster=other'],
    ['subnets', { subnets: [] }, 'subnets='],
    ['assign_public_ip', { assign_public_ip: false }, 'assign_public_ip=false'],
    ['namespace', { namespace: 'theirs' }, 'namespace=theirs'],
    ['execution_role', { execution_role: 'arn:x' }, 'execution_role=arn:x'],
    ['task_role', { task_role: 'arn:x' }, 'task_role=arn:x'],
    ['scheduler_role', { scheduler_role: 'arn:x' }, 'scheduler_role=arn:x'],
    ['exec', { exec: true }, 'exec=true'],
  ])('%s is for an admin to decide', (key, claim, words) => {
    expect(problems(anEcsApp({ processes }, claim))).toEqual([
      [`ecs.${key}`, expect.stringMatching(new RegExp(`gantry app set \\w+ ${words}$`))],
    ])
  })
})

describe('secrets', () => {
  test.each([
    ['ssm:/shop/key', ['ssm:/shop/'], true],
    ['ssm:/shop/key', ['ssm:/shop'], true],
    ['ssm:/shop', ['ssm:/shop'], true],
    ['ssm:/shop-admin/key', ['ssm:/shop'], false],
    ['ssm:/SHOP/key', ['ssm:/shop/'], false],
    ['secretsmanager:shop#key', ['secretsmanager:shop'], true],
    ['secretsmanager:shop/db#key', ['secretsmanager:shop/'], true],
    ['secretsmanager:shop/db', ['ssm:/shop/'], false],
    ['ssm:/shop/key', [], false],
    ['gantry', [], true],
  ])('%s with %j: %j', (reference, secret_prefixes, allowed) => {
    expect(problems(withSecret(reference), { secret_prefixes }).length === 0).toBe(allowed)
  })

  test('of tasks and of what no component describes are secrets, too, and each is told once', () => {
    const secrets = { KEY: 'ssm:/theirs' }
    const app = anEcsApp({ processes: [aProcess('web')], tasks: [aTask('migrate', { secrets })] })
    expect(problems({ ...app, secrets: { A: 'ssm:/a', B: 'ssm:/theirs' } })).toEqual([
      ['tasks.migrate.secrets.KEY', expect.stringContaining('secret_prefixes=ssm:/theirs')],
      ['secrets.A', expect.stringContaining('secret_prefixes=ssm:/a')],
    ])
  })
})

test.each([
  ['other--production--web', false],
  ['shop--staging--web', false],
  ['shop--production--front', true],
  ['front', true],
  ['a--b', true],
])('a service may be called %s: %j', (service, allowed) => {
  const ecs = { target_group: null, service, health_check_grace_period: null }
  const app = {
    ...anEcsApp({ processes: [aProcess('web', { ecs })] }),
    name: 'shop',
    environment: 'production',
  }
  expect(problems(app).length === 0).toBe(allowed)
})

test('a container beside a process names no secret that the process may not', () => {
  const containers = { proxy: aContainer({ secrets: { KEY: 'ssm:/theirs' } }) }
  expect(problems(anEcsApp({ processes: [aProcess('web', { containers })] }))).toEqual([
    ['processes.web.containers.proxy.secrets.KEY', expect.stringContaining('secret_prefixes=ssm:/theirs')],
  ])
})

test('a target group has the traffic of whoever it belongs to', () => {
  const ecs = { target_group: 'arn:theirs', service: null, health_check_grace_period: null }
  const app = anEcsApp({ processes: [aProcess('web', { ecs })] })
  expect(problems(app)).toEqual([
    ['processes.web.ecs.target_group', expect.stringContaining('target_groups=arn:theirs')],
  ])
  expect(problems(app, { target_groups: ['arn:theirs'] })).toEqual([])
})
