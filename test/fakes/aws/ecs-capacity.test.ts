import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { BREAKER, EcsFixture } from './ecs/fixtures.ts'

let fixture: EcsFixture
beforeEach(async () => {
  fixture = await EcsFixture.start()
})
afterEach(() => fixture[Symbol.asyncDispose]())

const isCompleted = async () => (await fixture.primary()).rolloutState === 'COMPLETED'

describe('scaling', () => {
  it('starts and stops tasks without a deployment, and reaches a steady state again', async () => {
    await fixture.steady()
    const { id } = await fixture.primary()
    fixture.fake.ecs.setDesired('web', 3)
    fixture.clock.advance(60)
    expect(await fixture.service()).toMatchObject({ runningCount: 3, deployments: [{ id }] })
    await fixture.update({ desiredCount: 1 })
    fixture.clock.advance(60)
    expect(await fixture.service()).toMatchObject({ runningCount: 1, deployments: [{ id }] })
    const steady = (await fixture.events()).filter((event) => event.endsWith('has reached a steady state.'))
    expect(steady).toHaveLength(3)
  })
})

describe('capacity providers', () => {
  const MIXED = [
    { capacityProvider: 'FARGATE', base: 2 },
    { capacityProvider: 'FARGATE_SPOT', weight: 1 },
  ]
  const providers = () =>
    fixture.fake.ecs
      .tasks({ status: 'RUNNING' })
      .map(({ capacityProvider }) => capacityProvider ?? '')
      .toSorted((one, other) => one.localeCompare(other))

  it('get their base first, the rest by weight, and lose tasks the other way round', async () => {
    await fixture.steady({ desiredCount: 4, capacityProviderStrategy: MIXED })
    expect(providers()).toEqual(['FARGATE', 'FARGATE', 'FARGATE_SPOT', 'FARGATE_SPOT'])
    await fixture.update({ desiredCount: 2 })
    fixture.clock.advance(60)
    expect(providers()).toEqual(['FARGATE', 'FARGATE'])
  })

  it('share by weight', async () => {
    const capacityProviderStrategy = [
      { capacityProvider: 'FARGATE', weight: 1 },
      { capacityProvider: 'FARGATE_SPOT', weight: 3 },
    ]
    await fixture.steady({ desiredCount: 5, capacityProviderStrategy })
    expect(providers().filter((provider) => provider === 'FARGATE_SPOT')).toHaveLength(3)
  })

  it('that have nothing to give leave tasks out, with an event; they come when there is something again', async () => {
    fixture.fake.ecs.exhaustCapacity()
    await fixture.steady({
      desiredCount: 3,
      capacityProviderStrategy: MIXED,
      deploymentConfiguration: BREAKER,
    })
    fixture.clock.advance(600)
    expect(await fixture.service()).toMatchObject({
      runningCount: 2,
      deployments: [{ rolloutState: 'IN_PROGRESS' }],
    })
    expect((await fixture.events())[0]).toContain(
      '(service web) was unable to place a task. Reason: Capacity is unavailable at this time.',
    )
    fixture.fake.ecs.restoreCapacity()
    fixture.clock.advance(60)
    expect(await fixture.primary()).toMatchObject({ runningCount: 3, rolloutState: 'COMPLETED' })
  })

  it('count tasks that cannot be placed as failed', async () => {
    fixture.fake.ecs.exhaustCapacity()
    await fixture.steady({
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
      deploymentConfiguration: BREAKER,
    })
    fixture.clock.advance(120)
    expect(await fixture.primary()).toMatchObject({ failedTasks: 3, rolloutState: 'FAILED' })
  })

  it('take spot tasks back, which are replaced', async () => {
    await fixture.steady({ desiredCount: 3, capacityProviderStrategy: MIXED })
    fixture.fake.ecs.interruptSpot()
    fixture.clock.advance(5)
    const [stopped] = fixture.fake.ecs.tasks({ status: 'STOPPED' })
    expect(await fixture.task(stopped!.arn)).toMatchObject({
      stopCode: 'SpotInterruption',
      stoppedReason: 'Your Spot Task was interrupted.',
      capacityProviderName: 'FARGATE_SPOT',
    })
    fixture.clock.advance(60)
    expect(await fixture.service()).toMatchObject({
      runningCount: 3,
      deployments: [{ rolloutState: 'COMPLETED' }],
    })
  })

  it('are not there for EC2 in a cluster without instances', async () => {
    await fixture.define()
    await fixture.create({ launchType: 'EC2' })
    fixture.clock.advance(5)
    expect((await fixture.events())[0]).toContain(
      '(service web) was unable to place a task because no container instance met all of its requirements.',
    )
  })
})

describe('health', () => {
  it('of a container that fails its checks costs the task, and counts as a failure', async () => {
    await fixture.steady({ deploymentConfiguration: BREAKER })
    fixture.fake.ecs.failHealthChecks('registry.test/web:2')
    const taskDefinition = await fixture.define({
      image: 'registry.test/web:2',
      healthCheck: { command: ['CMD', 'true'], interval: 5, retries: 2, startPeriod: 10 },
    })
    const { service } = await fixture.update({ taskDefinition })
    const id = service!.deployments![0]!.id!
    fixture.clock.advance(11)
    const [task] = fixture.fake.ecs.tasks({ startedBy: id })
    fixture.clock.advance(19)
    expect(await fixture.task(task!.arn)).toMatchObject({ desiredStatus: 'RUNNING', healthStatus: 'UNKNOWN' })
    fixture.clock.advance(10)
    expect(await fixture.task(task!.arn)).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
      containers: [{ healthStatus: 'UNHEALTHY' }],
    })
    expect(await fixture.primary()).toMatchObject({ id, failedTasks: 1 })
    await fixture.until(async () => (await fixture.primary()).id !== id)
  })

  it('as a load balancer sees it decides, too, and a target is drained before it stops', async () => {
    await fixture.define({ portMappings: [{ containerPort: 80 }] })
    await fixture.create({
      loadBalancers: [{ targetGroupArn: 'arn:aws:tg', containerName: 'main', containerPort: 80 }],
      healthCheckGracePeriodSeconds: 30,
    })
    expect(await fixture.until(isCompleted)).toBeLessThan(30)
    fixture.fake.ecs.failTargets('web')
    const { service } = await fixture.update({ forceNewDeployment: true })
    const id = service!.deployments![0]!.id!
    fixture.clock.advance(45)
    const [task] = fixture.fake.ecs.tasks({ startedBy: id })
    expect(await fixture.task(task!.arn)).toMatchObject({
      lastStatus: 'DEACTIVATING',
      stoppedReason: 'Task failed ELB health checks',
    })
    fixture.fake.ecs.repair()
    expect(await fixture.until(isCompleted)).toBeLessThan(60)
  })
})
