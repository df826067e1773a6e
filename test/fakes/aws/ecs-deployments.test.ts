import type { ECS } from '@aws-sdk/client-ecs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { awsOf } from '../../engine/ecs/aws.ts'
import { BREAKER, definition, EcsFixture, NETWORK } from './ecs/fixtures.ts'
import { FakeAws } from './fake-aws.ts'

let fixture: EcsFixture
beforeEach(async () => {
  fixture = await EcsFixture.start()
})
afterEach(() => fixture[Symbol.asyncDispose]())

const isCompleted = async () => (await fixture.primary()).rolloutState === 'COMPLETED'

/** Counts of all deployments, in the order of the list: `[desired, running]`. */
const counts = async () =>
  (await fixture.service()).deployments?.map(({ desiredCount, runningCount }) => [desiredCount, runningCount])

/** `web` on a new revision. */
async function roll(container: Parameters<EcsFixture['define']>[0] = {}) {
  const taskDefinition = await fixture.define(container)
  const { service } = await fixture.update({ taskDefinition })
  return service!.deployments![0]!.id!
}

describe('a rollout', () => {
  it('starts all new tasks, then stops the old ones, and is COMPLETED when they are gone', async () => {
    await fixture.steady({ desiredCount: 2 })
    const old = await fixture.primary()
    const id = await roll()
    fixture.clock.advance(15)
    expect(await counts()).toEqual([
      [2, 2],
      [2, 2],
    ])
    expect((await fixture.service()).deployments).toMatchObject([
      { id, status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
      { id: old.id, status: 'ACTIVE', rolloutState: 'COMPLETED' },
    ])
    expect(await fixture.until(isCompleted)).toBeGreaterThan(20)
    expect(await fixture.service()).toMatchObject({
      runningCount: 2,
      deployments: [{ id, rolloutStateReason: `ECS deployment ${id} completed.` }],
    })
    expect(await fixture.events()).toContain('(service web) has reached a steady state.')
  })

  it('lets its tasks carry its id as startedBy, and the name of the service as group', async () => {
    await fixture.steady()
    const id = await roll()
    fixture.clock.advance(5)
    const { taskArns } = await fixture.ecs.listTasks({ startedBy: id })
    expect(await fixture.task(taskArns![0]!)).toMatchObject({ startedBy: id, group: 'service:web' })
    expect(await fixture.ecs.listTasks({ serviceName: 'web' })).toMatchObject({
      taskArns: expect.arrayContaining(taskArns!) as string[],
    })
  })

  it('counts a task without a health check as healthy 40 s after RUNNING', async () => {
    await fixture.define()
    await fixture.create()
    const isRunning = async () => (await fixture.service()).runningCount === 1
    await fixture.until(isRunning)
    expect(await fixture.until(isCompleted)).toBeGreaterThanOrEqual(40)
  })

  it('counts one with a health check as healthy after its first check', async () => {
    await fixture.define({ healthCheck: { command: ['CMD', 'true'], interval: 5 } })
    await fixture.create()
    expect(await fixture.until(isCompleted)).toBeLessThan(25)
    const [task] = fixture.fake.ecs.tasks({ service: 'web' })
    expect(await fixture.task(task!.arn)).toMatchObject({ healthStatus: 'HEALTHY' })
  })

  it('goes in steps where the percentages leave no room for all at once', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 100 }
    await fixture.steady({ desiredCount: 4, deploymentConfiguration })
    await roll()
    fixture.clock.advance(3)
    expect(fixture.fake.ecs.tasks({ status: 'RUNNING' })).toHaveLength(2)
    await fixture.until(isCompleted)
    expect(fixture.fake.ecs.tasks({ status: 'RUNNING' })).toHaveLength(4)
  })

  it('rounds the least up and the most down, and hangs where both are one', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 50, maximumPercent: 199 }
    await fixture.steady({ deploymentConfiguration })
    await roll()
    fixture.clock.advance(86_400)
    expect(await counts()).toEqual([
      [1, 0],
      [1, 1],
    ])
  })

  it('starts new tasks while old ones are still STOPPING: maximumPercent does not count those', async () => {
    const deploymentConfiguration = { minimumHealthyPercent: 0, maximumPercent: 100 }
    await fixture.steady({ deploymentConfiguration })
    fixture.fake.ecs.behaviour = () => ({ lines: [], exit: null, stop: null })
    await fixture.update({ forceNewDeployment: true })
    fixture.clock.advance(60)
    await fixture.update({ forceNewDeployment: true })
    fixture.clock.advance(15)
    expect(fixture.fake.ecs.tasks().map(({ lastStatus }) => lastStatus)).toContain('STOPPING')
    expect(fixture.fake.ecs.tasks({ status: 'RUNNING' })).toHaveLength(1)
  })

  it('that is superseded loses its tasks, and its service deployment is STOPPED', async () => {
    await fixture.steady()
    const first = await roll({ command: ['/fake/fails'] })
    fixture.clock.advance(5)
    const superseded = await fixture.serviceDeployment()
    const second = await roll()
    await fixture.until(isCompleted)
    expect((await fixture.service()).deployments).toMatchObject([{ id: second }])
    expect(fixture.fake.ecs.tasks({ startedBy: first, status: 'RUNNING' })).toEqual([])
    const { serviceDeployments } = await fixture.ecs.describeServiceDeployments({
      serviceDeploymentArns: [superseded.serviceDeploymentArn!],
    })
    expect(serviceDeployments).toMatchObject([
      { status: 'STOPPED', statusReason: expect.stringContaining('newer') as string },
    ])
    expect(serviceDeployments![0]!.rollback).toBeUndefined()
  })

  it('of no tasks is COMPLETED at once', async () => {
    await fixture.define()
    await fixture.create({ desiredCount: 0 })
    expect(await fixture.until(isCompleted)).toBeLessThan(3)
  })

  it('takes as long as its waiter sleeps where time is virtual', async () => {
    await using fake = await FakeAws.start()
    const { clock } = fake
    const ecs = (await awsOf(fake).ecs()) as ECS
    await ecs.registerTaskDefinition(definition())
    const start = clock.now()
    const input = { taskDefinition: 'web', desiredCount: 1, networkConfiguration: NETWORK }
    await ecs.createService({ serviceName: 'web', launchType: 'FARGATE', ...input })
    const isDone = async () => {
      const { services } = await ecs.describeServices({ services: ['web'] })
      return services![0]!.deployments![0]!.rolloutState === 'COMPLETED'
    }
    while (!(await isDone())) await clock.sleep(5)
    expect((clock.now() - start) / 1_000).toBe(55)
  })

  it('does the same in one leap of time as in small steps', async () => {
    await fixture.steady({ deploymentConfiguration: BREAKER })
    await roll({ command: ['/fake/fails'] })
    fixture.clock.advance(86_400)
    expect((await fixture.service()).deployments).toMatchObject([{ rolloutState: 'COMPLETED' }])
    expect((await fixture.serviceDeployment()).status).toBe('ROLLBACK_SUCCESSFUL')
  })
})

describe('tasks that end by themselves', () => {
  it('are replaced, for ever where no circuit breaker stops that', async () => {
    await fixture.define({ command: ['/fake/fails'] })
    await fixture.create()
    fixture.clock.advance(600)
    expect(await fixture.primary()).toMatchObject({ rolloutState: 'IN_PROGRESS' })
    expect((await fixture.primary()).failedTasks).toBeGreaterThan(20)
  })

  it('that never come to run are started ever more slowly, and the service says so', async () => {
    await fixture.define()
    fixture.fake.ecs.failPull('registry.test/web:1')
    await fixture.create()
    fixture.clock.advance(86_400)
    expect((await fixture.primary()).failedTasks).toBeLessThan(80)
    expect(await fixture.events()).toEqual(
      expect.arrayContaining([expect.stringContaining('is unable to consistently start tasks successfully')]),
    )
  })

  it('after they were healthy do not count: nothing fails, and nothing ends either', async () => {
    await fixture.define({ command: ['/fake/lasts', '45', '1'] })
    await fixture.create({ desiredCount: 2, deploymentConfiguration: BREAKER })
    fixture.clock.advance(3_600)
    expect(await fixture.primary()).toMatchObject({ failedTasks: 0 })
    expect((await fixture.primary()).rolloutState).not.toBe('FAILED')
  })
})

describe('the circuit breaker', () => {
  it('rolls back to what completed last, as a new deployment of the old revision', async () => {
    await fixture.steady({ deploymentConfiguration: BREAKER })
    const old = await fixture.primary()
    const failed = await roll({ command: ['/fake/fails'] })
    await fixture.until(async () => (await fixture.primary()).id !== failed)
    const primary = await fixture.primary()
    expect(primary.id).not.toBe(old.id)
    expect(primary).toMatchObject({
      taskDefinition: old.taskDefinition,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment circuit breaker: rolling back to deploymentId ${old.id}.`,
    })
    expect(await fixture.serviceDeployment()).toMatchObject({
      status: 'ROLLBACK_IN_PROGRESS',
      statusReason: 'Service deployment rolled back because the circuit breaker threshold was exceeded.',
      deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
    })
    await fixture.until(isCompleted)
    const serviceDeployment = await fixture.serviceDeployment()
    expect(serviceDeployment).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      deploymentCircuitBreaker: { failureCount: 3 },
    })
    expect(serviceDeployment.rollback?.serviceRevisionArn).toBe(
      serviceDeployment.sourceServiceRevisions?.[0]?.arn,
    )
    expect(await fixture.events()).toEqual(
      expect.arrayContaining([
        `(service web) (deployment ${failed}) deployment failed: tasks failed to start.`,
        `(service web) rolling back to deployment ${old.id}.`,
      ]),
    )
  })

  it('keeps the failed deployment in the list for as long as it has tasks', async () => {
    await fixture.steady({ desiredCount: 2, deploymentConfiguration: BREAKER })
    let started = 0
    fixture.fake.ecs.behaviour = () => ({ lines: [], exit: started++ === 0 ? null : { after: 1, code: 1 } })
    const failed = await roll()
    await fixture.until(async () => (await fixture.primary()).id !== failed)
    expect((await fixture.service()).deployments).toMatchObject([
      { status: 'PRIMARY', rolloutState: 'IN_PROGRESS' },
      { id: failed, status: 'ACTIVE', rolloutState: 'FAILED', failedTasks: 3 },
      { status: 'ACTIVE', rolloutState: 'COMPLETED' },
    ])
  })

  it('stalls the first deployment of a service, which has nothing to go back to', async () => {
    await fixture.define({ command: ['/fake/fails'] })
    await fixture.create({ deploymentConfiguration: BREAKER })
    fixture.clock.advance(600)
    expect(await fixture.service()).toMatchObject({
      runningCount: 0,
      pendingCount: 0,
      deployments: [
        {
          status: 'PRIMARY',
          rolloutState: 'FAILED',
          rolloutStateReason: 'ECS deployment circuit breaker: tasks failed to start.',
        },
      ],
    })
    const { status, rollback, stoppedAt } = await fixture.serviceDeployment()
    expect([status, rollback, stoppedAt]).toEqual(['STOPPED', undefined, expect.any(Date)])
  })

  it('stalls where rollback is off, and leaves the old tasks', async () => {
    await fixture.steady({
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
    })
    const old = await fixture.primary()
    const failed = await roll({ command: ['/fake/fails'] })
    fixture.clock.advance(600)
    expect((await fixture.service()).deployments).toMatchObject([
      { id: failed, status: 'PRIMARY', rolloutState: 'FAILED', runningCount: 0 },
      { id: old.id, status: 'ACTIVE', runningCount: 1 },
    ])
    expect((await fixture.serviceDeployment()).status).toBe('STOPPED')
  })

  it.each([
    [1, {}, 3],
    [10, {}, 5],
    [401, {}, 200],
    [10, { thresholdConfiguration: { type: 'COUNT' as const, value: 7 } }, 7],
    [4, { thresholdConfiguration: { type: 'UNBOUNDED_PERCENT' as const, value: 25 } }, 1],
  ])('of %i tasks with %j triggers after %i failures', async (desiredCount, more, threshold) => {
    await fixture.define()
    const breaker = { ...BREAKER.deploymentCircuitBreaker, ...more }
    await fixture.create({ desiredCount, deploymentConfiguration: { deploymentCircuitBreaker: breaker } })
    fixture.clock.advance(2)
    expect((await fixture.serviceDeployment()).deploymentCircuitBreaker).toMatchObject({
      status: 'MONITORING',
      threshold,
    })
  })

  it('starts counting anew at the first healthy task, and counts no more', async () => {
    await fixture.steady({ desiredCount: 4, deploymentConfiguration: BREAKER })
    let started = 0
    fixture.fake.ecs.behaviour = () => ({
      lines: [],
      exit: started++ < 2 ? null : { after: 30, code: 1 },
    })
    const id = await roll()
    fixture.clock.advance(45)
    expect(await fixture.primary()).toMatchObject({ id, failedTasks: 2 })
    fixture.clock.advance(600)
    expect(await fixture.primary()).toMatchObject({ id, failedTasks: 0, rolloutState: 'IN_PROGRESS' })
  })

  it('counts on where a healthy task is not to reset it, but no task that was healthy', async () => {
    const breaker = { ...BREAKER.deploymentCircuitBreaker, resetOnHealthyTask: false }
    await fixture.steady({ deploymentConfiguration: { deploymentCircuitBreaker: breaker } })
    const healthyOnce = await roll({ command: ['/fake/lasts', '45', '1'] })
    fixture.clock.advance(300)
    expect(await fixture.primary()).toMatchObject({ id: healthyOnce, failedTasks: 0 })
    let started = 0
    fixture.fake.ecs.behaviour = () => ({ lines: [], exit: started++ === 0 ? null : { after: 30, code: 1 } })
    await fixture.update({ desiredCount: 2, forceNewDeployment: true })
    await fixture.until(async () => (await fixture.serviceDeployment()).status === 'ROLLBACK_IN_PROGRESS')
    expect((await fixture.serviceDeployment()).deploymentCircuitBreaker).toMatchObject({
      status: 'TRIGGERED',
    })
  })

  it('fails a rollback that fails, too', async () => {
    await fixture.steady({ deploymentConfiguration: BREAKER })
    await roll({ command: ['/fake/fails'] })
    await fixture.until(async () => (await fixture.serviceDeployment()).status === 'ROLLBACK_IN_PROGRESS')
    fixture.fake.ecs.failPull('registry.test/web:1')
    await fixture.until(async () => (await fixture.serviceDeployment()).status === 'ROLLBACK_FAILED')
    expect(await fixture.primary()).toMatchObject({ rolloutState: 'FAILED' })
  })
})

describe('stopping a service deployment', () => {
  const stop = async (stopType: 'ROLLBACK' | 'ABORT' = 'ROLLBACK') =>
    fixture.ecs.stopServiceDeployment({
      serviceDeploymentArn: (await fixture.serviceDeployment()).serviceDeploymentArn!,
      stopType,
    })

  it('rolls back, also where no circuit breaker is configured', async () => {
    await fixture.steady()
    const old = await fixture.primary()
    await roll()
    fixture.clock.advance(5)
    await stop()
    expect((await fixture.serviceDeployment()).status).toBe('ROLLBACK_REQUESTED')
    fixture.clock.advance(2)
    expect(await fixture.serviceDeployment()).toMatchObject({ status: 'ROLLBACK_IN_PROGRESS' })
    await fixture.until(isCompleted)
    expect(await fixture.primary()).toMatchObject({ taskDefinition: old.taskDefinition })
    expect((await fixture.serviceDeployment()).status).toBe('ROLLBACK_SUCCESSFUL')
  })

  it('fails where there is nothing to go back to, and with ABORT leaves all as it is', async () => {
    await fixture.define()
    await fixture.create()
    await stop()
    fixture.clock.advance(60)
    expect(await fixture.serviceDeployment()).toMatchObject({ status: 'ROLLBACK_FAILED' })
    await fixture.update({ forceNewDeployment: true })
    await fixture.until(isCompleted)
    await fixture.update({ forceNewDeployment: true })
    await stop('ABORT')
    fixture.clock.advance(60)
    expect(await fixture.serviceDeployment()).toMatchObject({ status: 'STOPPED' })
    expect(await counts()).toEqual([
      [1, 0],
      [1, 1],
    ])
  })

  it('is refused for one that is over, or not there', async () => {
    await fixture.steady()
    await expect(stop()).rejects.toMatchObject({ name: 'ConflictException' })
    await expect(fixture.ecs.stopServiceDeployment({ serviceDeploymentArn: 'none' })).rejects.toMatchObject({
      name: 'ServiceDeploymentNotFoundException',
    })
  })
})

describe('service deployments', () => {
  it('are PENDING, IN_PROGRESS, and SUCCESSFUL', async () => {
    await fixture.define()
    await fixture.create()
    expect((await fixture.serviceDeployment()).status).toBe('PENDING')
    fixture.clock.advance(1)
    const { serviceDeploymentArn, status } = await fixture.serviceDeployment()
    expect(status).toBe('IN_PROGRESS')
    expect(await fixture.service()).toMatchObject({ currentServiceDeployment: serviceDeploymentArn })
    fixture.clock.advance(60)
    expect(await fixture.serviceDeployment()).toMatchObject({
      status: 'SUCCESSFUL',
      targetServiceRevision: { requestedTaskCount: 1, runningTaskCount: 1, pendingTaskCount: 0 },
    })
    expect((await fixture.service()).currentServiceDeployment).toBeUndefined()
  })

  it('are listed newest first, by page, by status and by time', async () => {
    await fixture.steady()
    for (let n = 0; n < 21; n++) {
      fixture.clock.advance(1)
      await fixture.update({ forceNewDeployment: true })
    }
    const { serviceDeployments, nextToken } = await fixture.ecs.listServiceDeployments({ service: 'web' })
    expect(serviceDeployments).toHaveLength(20)
    expect(serviceDeployments![0]!.createdAt).toEqual(new Date(fixture.clock.now()))
    expect(
      (await fixture.ecs.listServiceDeployments({ service: 'web', nextToken })).serviceDeployments,
    ).toMatchObject([{ status: 'STOPPED' }, { status: 'SUCCESSFUL' }])
    const pending = await fixture.ecs.listServiceDeployments({ service: 'web', status: ['PENDING'] })
    expect(pending.serviceDeployments).toHaveLength(1)
    const after = new Date(fixture.clock.now() - 1_000)
    const recent = await fixture.ecs.listServiceDeployments({ service: 'web', createdAt: { after } })
    expect(recent.serviceDeployments).toHaveLength(2)
    await expect(
      fixture.ecs.describeServiceDeployments({
        serviceDeploymentArns: Array.from({ length: 21 }, () => 'a'),
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' })
    await expect(fixture.ecs.listServiceDeployments({ service: 'none' })).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
    })
  })

  it('name the revision that they deploy, which can be described', async () => {
    await fixture.steady()
    const { targetServiceRevision } = await fixture.serviceDeployment()
    expect(
      await fixture.ecs.describeServiceRevisions({
        serviceRevisionArns: [targetServiceRevision!.arn!, 'none'],
      }),
    ).toMatchObject({
      serviceRevisions: [
        { launchType: 'FARGATE', containerImages: [{ containerName: 'main', image: 'registry.test/web:1' }] },
      ],
      failures: [{ arn: 'none', reason: 'MISSING' }],
    })
  })
})
