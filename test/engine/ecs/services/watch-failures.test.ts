import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { Stage } from './watched-service.ts'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage[Symbol.asyncDispose]())

const CRASHES = { command: ['/fake/fails'] }

/** ECS gives nothing up by itself. */
const PATIENT = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: false, rollback: false } } }

describe('rolled back by ECS', () => {
  it.each([
    ['with the service-deployments API', []],
    ['without it', ['ecs:ListServiceDeployments']],
  ])('is a failure, %s', async (_how, missing) => {
    await stage.running('web')
    for (const each of missing) stage.fake.missing.add(each)
    stage.fake.ecs.failHealthChecks('app:2')
    // Killed one by one, slowly: the circuit breaker is first.
    const healthCheck = { command: ['CMD', 'check'], interval: 5, retries: 1 }
    const watched = await stage.update('web', { program: { image: 'app:2', healthCheck } })
    await breakerTrips('web')
    const ended = await stage.watch(watched)
    expect(ended).toMatchObject({ outcome: 'failed', rolledBack: true, instances: 1 })
    expect(ended.reason).toContain(missing.length > 0 ? 'tasks failed to start' : 'circuit breaker')
    expect(ended.reason?.includes('not verified')).toBe(missing.length > 0)
  })

  it('ecs.md §4.5: is told after ECS has put back what ran before', async () => {
    await stage.running('web')
    stage.fake.ecs.failPull('app:2')
    const watched = await stage.update('web', { program: { image: 'app:2' } })
    await breakerTrips('web')
    await stage.watch(watched)
    expect(stage.fake.ecs.service('web').deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
  })

  /** Until ECS itself has given up the newest deployment. */
  async function breakerTrips(service: string): Promise<void> {
    const [primary] = stage.fake.ecs.service(service).deployments
    const isTripped = () => stage.fake.ecs.service(service) && primary!.serviceDeployment.breakerTriggered
    while (!isTripped()) await stage.fake.clock.sleep(1)
  }
})

describe('a first deployment', () => {
  it('ecs.md §4.5: that ECS gives up has nothing to go back to', async () => {
    stage.fake.ecs.failPull('app:1')
    const watched = await stage.create('web', {}, { desiredCount: 4 })
    await stage.fake.clock.sleep(60)
    const ended = await stage.watch(watched)
    expect(ended).toMatchObject({ outcome: 'failed', rolledBack: false })
    expect(ended.reason).toContain('circuit breaker')
  })
})

describe('superseded', () => {
  it.each([
    ['with the service-deployments API', []],
    ['without it', ['ecs:DescribeServiceDeployments']],
  ])('is neither a failure nor a success, %s', async (_how, missing) => {
    await stage.running('web')
    for (const each of missing) stage.fake.missing.add(each)
    const first = stage.watch(await stage.update('web', { program: {} }))
    await stage.fake.clock.sleep(3)
    const second = stage.watch(await stage.update('web', { program: {} }))
    expect(await first).toMatchObject({ outcome: 'superseded', rolledBack: false })
    expect((await second).outcome).toBe('steady')
  })
})

describe('stopped by somebody', () => {
  it('is a failure that says so', async () => {
    await stage.running('web')
    const watched = await stage.update('web', { program: {} })
    const ended = stage.watch(watched)
    await stage.fake.clock.sleep(3)
    const ecs = await stage.account.aws.ecs()
    const { serviceDeployments = [] } = await ecs.listServiceDeployments({
      cluster: 'default',
      service: 'web',
    })
    const { serviceDeploymentArn } = serviceDeployments[0]!
    await ecs.stopServiceDeployment({ serviceDeploymentArn, stopType: 'ROLLBACK' })
    const { outcome, rolledBack, reason } = await ended
    expect({ outcome, rolledBack }).toEqual({ outcome: 'failed', rolledBack: true })
    expect(reason).toContain('user request')
  })
})

describe('hopeless', () => {
  it('is a rollout whose instances all end alike, though ECS goes on trying', async () => {
    await stage.running('web', PATIENT)
    const ended = await stage.watch(await stage.update('web', { program: CRASHES }))
    expect(ended).toMatchObject({ outcome: 'failed', rolledBack: false })
    expect(ended.reason).toBe('3 instances ended one like the other: exit code 1')
    expect(stage.fake.ecs.service('web').deployments[0]!.rolloutState).toBe('IN_PROGRESS')
  })

  it('is one that lacks an image, after two instances', async () => {
    await stage.running('web')
    stage.fake.ecs.failPull('app:2')
    const ended = await stage.watch(await stage.update('web', { program: { image: 'app:2' } }))
    expect(ended.reason).toContain('2 instances ended one like the other: CannotPullContainerError')
    expect(stage.events.filter((event) => event.type === 'instance.failed')).toHaveLength(2)
  })

  it('is a stopped process that is started and cannot run, though its deployment completed long ago', async () => {
    let isBroken = false
    stage.fake.ecs.behaviour = () => ({ lines: [], exit: isBroken ? { after: 1, code: 4 } : null })
    await stage.running('web')
    await stage.watch({ ...(await stage.update('web', { desiredCount: 0 })), deployment: null })
    isBroken = true
    const ended = await stage.watch({ ...(await stage.update('web', { desiredCount: 1 })), deployment: null })
    expect(ended).toMatchObject({ outcome: 'failed' })
    expect(ended.reason).toContain('exit code 4')
  })

  it('is told of many services too, and costs calls only for those in trouble', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `worker-${index}`)
    const program = (name: string) => (name === 'worker-3' ? CRASHES : {})
    const watched = await Promise.all(names.map((name) => stage.create(name, program(name), PATIENT)))
    const ended = await Promise.all(watched.map((each) => stage.watch(each)))
    expect(ended.map((each) => each.outcome === 'failed')).toEqual(names.map((name) => name === 'worker-3'))
    const listed = stage.fake.calls.filter((call) => call.operation === 'ListTasks')
    expect(new Set(listed.map((call) => call.input['serviceName']))).toEqual(new Set(['worker-3']))
  })
})

describe('time', () => {
  it('runs out with what it waited for', async () => {
    stage.fake.ecs.durations.pending = 600
    const ended = await stage.watch({ ...(await stage.create('web', {}, { desiredCount: 2 })), timeout: 30 })
    expect(ended).toMatchObject({ outcome: 'timed_out', reason: '0 of 2 instances run', instances: 0 })
  })

  it('runs out by the clock, from when the watch began', async () => {
    stage.fake.ecs.durations.pending = 600
    const watched = { ...(await stage.create('web')), timeout: 90 }
    const began = stage.now
    await stage.watch(watched)
    expect(stage.now - began).toBe(90)
  })

  it('runs out for old instances that do not go', async () => {
    await stage.running('web')
    stage.fake.ecs.durations.deprovisioning = 300
    const ended = await stage.watch({ ...(await stage.update('web', { program: {} })), timeout: 60 })
    expect(ended).toMatchObject({ outcome: 'timed_out', reason: 'old instances are still draining' })
  })
})

describe('a service that is gone', () => {
  it('is a failure', async () => {
    const watched = await stage.create('web')
    const ended = stage.watch(watched)
    await stage.fake.clock.sleep(3)
    const ecs = await stage.account.aws.ecs()
    await ecs.deleteService({ cluster: 'default', service: 'web', force: true })
    expect(await ended).toMatchObject({ outcome: 'failed', reason: 'the service is being deleted' })
  })

  it('is a failure when ECS knows none for long', async () => {
    const watched = await stage.create('web')
    const ended = await stage.watch({ ...watched, service: 'other' })
    expect(ended).toMatchObject({ outcome: 'failed', reason: 'the service does not exist any more' })
  })
})
