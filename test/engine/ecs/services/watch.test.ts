import { afterEach, beforeEach, expect, it } from 'vitest'

import { Stage } from './watched-service.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage[Symbol.asyncDispose]())

/** When the newest deployment of a service had completed, in seconds. */
function completedAt(service: string): number {
  return stage.fake.ecs.service(service).serviceDeployments.at(-1)!.finishedAt! / 1_000
}

const told = (type: string) => stage.events.filter((event) => event.type === type)

it('ecs.md §4.5: is steady when its deployment has completed and is the only one', async () => {
  await stage.running('web', { desiredCount: 2 })
  const ended = await stage.watch(await stage.update('web', { program: {} }))
  expect(ended).toEqual({ outcome: 'steady', rolledBack: false, reason: null, instances: 2 })
  const { deployments } = stage.fake.ecs.service('web')
  expect(deployments.map((each) => each.rolloutState)).toEqual(['COMPLETED'])
})

it('tells of each new instance as it starts and is up, and of each old one as it stops', async () => {
  await stage.running('web', { desiredCount: 2 })
  await stage.watch(await stage.update('web', { program: {} }))
  expect(told('instance.started')).toHaveLength(2)
  expect(told('instance.up')).toHaveLength(2)
  expect(told('instance.stopped')).toHaveLength(2)
  expect(told('instance.up')[0]).toMatchObject({
    process: 'web',
    instance: expect.stringMatching(/^web-[0-9a-f]{8}$/) as string,
    address: expect.stringMatching(/^10\..*:3000$/) as string,
  })
  const up = told('instance.up').map((event) => 'instance' in event && event.instance)
  const stopped = told('instance.stopped').map((event) => 'instance' in event && event.instance)
  expect(new Set([...up, ...stopped]).size).toBe(4)
})

it('is seen two seconds later at most in its first minute', async () => {
  stage.fake.ecs.durations.healthy = 50
  await stage.watch(await stage.create('web'))
  expect(stage.now - completedAt('web')).toBeLessThanOrEqual(2)
})

it('is seen ten seconds later at most when it takes long, with fewer looks', async () => {
  stage.fake.ecs.durations.healthy = 300
  await stage.watch(await stage.create('web'))
  expect(stage.now - completedAt('web')).toBeLessThanOrEqual(10)
  expect(stage.count('DescribeServices')).toBeLessThan(130)
})

it('is not over while old instances are still there', async () => {
  stage.fake.ecs.durations.draining = 60
  await stage.running('web', {
    loadBalancers: [{ targetGroupArn: TARGET_GROUP, containerName: 'main', containerPort: 3000 }],
  })
  const began = stage.now
  expect((await stage.watch(await stage.update('web', { program: {} }))).outcome).toBe('steady')
  expect(stage.now - began).toBeGreaterThan(60)
})

it('waits until ECS shows a service that was made just now', async () => {
  stage.fake.ecs.consistency.service = 8
  expect((await stage.watch(await stage.create('web'))).outcome).toBe('steady')
})

it('ecs.md §4.2: waits until ECS shows a deployment that began just now, and takes the old one for nothing else', async () => {
  await stage.running('web')
  stage.fake.ecs.consistency.deployment = 15
  const watched = await stage.update('web', { program: {} })
  expect((await stage.watch(watched)).outcome).toBe('steady')
  expect(stage.fake.ecs.service('web').deployments[0]!.revision.workload.definition.name).toBe(
    watched.revision,
  )
})

it('is steady with new counts when all of them run, and fewer are left', async () => {
  await stage.running('web')
  const more = { ...(await stage.update('web', { desiredCount: 3 })), deployment: null }
  expect(await stage.watch(more)).toMatchObject({ outcome: 'steady', instances: 3 })
  expect(told('instance.up')).toHaveLength(2)
  const none = { ...(await stage.update('web', { desiredCount: 0 })), deployment: null }
  expect(await stage.watch(none)).toMatchObject({ outcome: 'steady', instances: 0 })
})

it('takes the counts that an autoscaler has set for what is wanted', async () => {
  await stage.running('web')
  const watched = { ...(await stage.update('web', { program: {} })), desired: null }
  stage.fake.ecs.setDesired('web', 4)
  expect(await stage.watch(watched)).toMatchObject({ outcome: 'steady', instances: 4 })
})

it('ecs.md §4.2: looks at all services at once, ten to a call', async () => {
  const names = Array.from({ length: 25 }, (_, index) => `worker-${index}`)
  const watched = await Promise.all(names.map((name) => stage.create(name)))
  const ended = await Promise.all(watched.map((each) => stage.watch(each)))
  expect(new Set(ended.map((each) => each.outcome))).toEqual(new Set(['steady']))
  const looks = stage.fake.calls.filter((call) => call.operation === 'DescribeServices')
  expect(new Set(looks.map((call) => (call.input['services'] as string[]).length))).toEqual(new Set([10, 5]))
  expect(looks.length % 3).toBe(0)
  expect(stage.count('ListTasks') + stage.count('DescribeTasks')).toBe(0)
})

it('ends as soon as it is cancelled', async () => {
  const watched = await stage.create('web')
  const abort = new AbortController()
  const began = stage.now
  const ended = stage.watch(watched, abort.signal)
  void stage.fake.clock.sleep(3).then(() => abort.abort())
  expect(await ended).toMatchObject({ outcome: 'cancelled' })
  expect(stage.now - began).toBeLessThanOrEqual(3)
  expect((await stage.watch(watched, abort.signal)).outcome).toBe('cancelled')
})

it('looks quickly again for a rollout that begins while another takes long', async () => {
  stage.fake.ecs.durations.healthy = 400
  const slow = stage.watch(await stage.create('slow'))
  await stage.fake.clock.sleep(200)
  stage.fake.ecs.durations.healthy = 6
  await stage.watch(await stage.create('quick'))
  expect(stage.now - completedAt('quick')).toBeLessThanOrEqual(2)
  expect((await slow).outcome).toBe('steady')
})

const TARGET_GROUP = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef'
