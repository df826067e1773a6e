import { expect, it, vi } from 'vitest'

import type { Call } from '../../../fakes/aws/faults.ts'
import { awsOf } from '../aws.ts'
import { labelOf } from './calls.ts'
import { Site } from './site.ts'

vi.mock('node:zlib', () => import('./still-zlib.ts'))

const WEB = 'orderdesk--production--web'

const revisionOf = async (site: Site): Promise<string> => {
  const ecs = await awsOf(site.fake, 'observer').ecs()
  const { services } = await ecs.describeServices({ cluster: 'default', services: [WEB] })
  return services![0]!.taskDefinition!.split('/')[1]!
}
const writesOf = (calls: readonly Call[], caller: string) =>
  calls.filter((call) => call.caller === caller && call.writes).map(labelOf)

it('one that lost its lock takes nothing back that the next one rolls out, and says what became of it', async () => {
  await using site = await Site.open('first')
  const { fake } = site
  let lostSince = Infinity
  // It cannot reach its lock for four minutes; everything else works.
  fake.faults.add({
    kind: 'throttle',
    when: ({ caller, service, at }) =>
      caller === 'slow' && service === 'ssm' && at > lostSince && at < lostSince + 240_000,
  })
  let next: ReturnType<Site['deploy']> | null = null
  const slow = await site.deploy('slow', 'second', {
    on: ({ type }) => {
      if (type !== 'process.rolling' || next !== null) return
      lostSince = fake.clock.now()
      fake.ecs.durations.pending = 400
      next = site.deploy('next', 'failing', {
        on: (event) => {
          if (event.type === 'process.rolling') fake.ecs.durations.pending = 1
        },
      })
    },
  })
  const lostAt = fake.calls.findIndex(
    (call) => call.caller === 'next' && labelOf(call).startsWith('UpdateService'),
  )
  expect(slow).toMatchObject({ outcome: 'interrupted', release: null, bugs: [] })
  expect(slow.reason).toContain('the lock of this deployment was lost')
  expect(slow.events.at(-1)).toMatchObject({
    type: 'deployment.finished',
    hint: 'deploy again: what it had begun is found and finished',
  })
  await next!
  const ours = writesOf(fake.calls.slice(lostAt), 'slow').filter((label) => !label.startsWith('PutLogEvents'))
  expect(ours).toEqual([])
})

it('a cancel stops its own deployment of a service, and not what somebody else has begun there since', async () => {
  await using site = await Site.open('first')
  const { fake } = site
  const stop = new AbortController()
  const ending = site.deploy('cancelled', 'second', { signal: stop.signal })
  const isRolling = () => site.calls('cancelled').some((call) => labelOf(call) === `UpdateService ${WEB}`)
  while (!isRolling()) await fake.clock.sleep(0.5)
  const ecs = await awsOf(fake, 'other').ecs()
  const { taskDefinition } = await ecs.describeTaskDefinition({ taskDefinition: `${WEB}:1` })
  const { family: _family, containerDefinitions, executionRoleArn, cpu, memory } = taskDefinition!
  const theirs = await ecs.registerTaskDefinition({
    family: 'theirs',
    containerDefinitions,
    executionRoleArn,
    cpu,
    memory,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
  })
  await ecs.updateService({
    cluster: 'default',
    service: WEB,
    taskDefinition: theirs.taskDefinition!.taskDefinitionArn!,
  })
  const since = fake.calls.length
  stop.abort()
  await ending
  expect(await revisionOf(site)).toBe('theirs:1')
  const later = writesOf(fake.calls.slice(since), 'cancelled')
  expect(later.filter((label) => label.endsWith(WEB))).toEqual([])
})

it('what is not recorded for a while keeps no failed deployment from being taken back', async () => {
  await using site = await Site.open('first')
  let isRolling = false
  site.fake.faults.add({
    kind: 'throttle',
    when: ({ caller, operation, input }) =>
      isRolling &&
      caller === 'fails' &&
      operation === 'PutParameter' &&
      String(input['Name']).endsWith('/state'),
  })
  const before = await revisionOf(site)
  const { outcome, reason, bugs, events } = await site.deploy('fails', 'failing', {
    on: ({ type }) => {
      if (type === 'process.rolling') isRolling = true
    },
  })
  expect({ outcome, bugs }).toEqual({ outcome: 'interrupted', bugs: [] })
  expect(reason).toContain('it could not be recorded how this ended (rolled_back)')
  expect(events.at(-1)).toMatchObject({ type: 'deployment.finished' })
  expect(await revisionOf(site)).toBe(before)
  site.fake.faults.clear()
  expect(await site.deploy('heir', 'second')).toMatchObject({ outcome: 'succeeded' })
})
