import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { awsOf } from '../../engine/ecs/aws.ts'
import { FakeAws } from './fake-aws.ts'

const ServiceNamespace = 'ecs'
const ScalableDimension = 'ecs:service:DesiredCount'
const ResourceId = 'service/main/shop--default--web'
const TARGET = { ServiceNamespace, ResourceId, ScalableDimension } as const

let fake: FakeAws
let autoscaling: ApplicationAutoScaling

beforeEach(async () => {
  fake = await FakeAws.start()
  fake.ecs.addCluster('main')
  fake.autoscaling.ecs = null
  autoscaling = (await awsOf(fake).autoscaling()) as ApplicationAutoScaling
})
afterEach(() => fake[Symbol.asyncDispose]())

const register = (more: object = { MinCapacity: 1, MaxCapacity: 4 }) =>
  autoscaling.registerScalableTarget({ ...TARGET, ...more })
const targets = async (more: object = {}) =>
  (await autoscaling.describeScalableTargets({ ServiceNamespace, ...more })).ScalableTargets ?? []
const policies = async (more: object = {}) =>
  (await autoscaling.describeScalingPolicies({ ServiceNamespace, ...more })).ScalingPolicies ?? []
const putPolicy = (
  PolicyName: string,
  PredefinedMetricType: 'ECSServiceAverageCPUUtilization' | 'ECSServiceAverageMemoryUtilization',
  more: object = {},
) =>
  autoscaling.putScalingPolicy({
    ...TARGET,
    PolicyName,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: 70,
      PredefinedMetricSpecification: { PredefinedMetricType },
    },
    ...more,
  })

describe('scalable targets', () => {
  it('need both bounds at first, and keep what is left out later', async () => {
    await expect(register({ MinCapacity: 1 })).rejects.toMatchObject({ name: 'ValidationException' })
    await register()
    await register({ MaxCapacity: 9 })
    expect(await targets()).toMatchObject([{ ResourceId, MinCapacity: 1, MaxCapacity: 9 }])
    await expect(register({ MinCapacity: 10 })).rejects.toThrow('Maximum capacity')
  })

  it('merge what is suspended', async () => {
    await register()
    await register({ SuspendedState: { DynamicScalingInSuspended: true } })
    await register({ SuspendedState: { DynamicScalingOutSuspended: true } })
    expect((await targets())[0]?.SuspendedState).toEqual({
      DynamicScalingInSuspended: true,
      DynamicScalingOutSuspended: true,
      ScheduledScalingSuspended: false,
    })
  })

  it('stand for services that exist, and move their counts into the bounds', async () => {
    fake.autoscaling.ecs = fake.ecs
    const ecs = await awsOf(fake).ecs()
    await expect(register()).rejects.toThrow("ECS service doesn't exist")
    const family = 'web'
    await ecs.registerTaskDefinition({
      family,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'main', image: 'nginx:1' }],
    })
    await ecs.createService({
      cluster: 'main',
      serviceName: 'shop--default--web',
      taskDefinition: family,
      desiredCount: 6,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    })
    await register()
    expect(fake.ecs.service('shop--default--web', 'main').desiredCount).toBe(4)
    await register({ MinCapacity: 2, MaxCapacity: 8 })
    expect(fake.ecs.service('shop--default--web', 'main').desiredCount).toBe(4)
  })

  it('are described for at most fifty services a call, in pages', async () => {
    const ids = Array.from({ length: 51 }, (_, n) => `service/main/s${String(n).padStart(2, '0')}`)
    for (const id of ids) await register({ ResourceId: id, MinCapacity: 1, MaxCapacity: 2 })
    expect(await targets({ ResourceIds: ids.slice(0, 2) })).toHaveLength(2)
    await expect(targets({ ResourceIds: ids })).rejects.toMatchObject({ name: 'ValidationException' })
    const first = await autoscaling.describeScalableTargets({ ServiceNamespace })
    expect(first.ScalableTargets).toHaveLength(50)
    expect(await targets({ NextToken: first.NextToken })).toHaveLength(1)
    await expect(targets({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextTokenException' })
  })

  it('need ids where a dimension is named', async () => {
    await expect(targets({ ScalableDimension })).rejects.toMatchObject({ name: 'ValidationException' })
  })

  it('go with their policies', async () => {
    await register()
    await putPolicy('cpu', 'ECSServiceAverageCPUUtilization')
    await autoscaling.deregisterScalableTarget(TARGET)
    expect([await targets(), await policies()]).toEqual([[], []])
    await expect(autoscaling.deregisterScalableTarget(TARGET)).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
    })
  })
})

describe('scaling policies', () => {
  it('need a target', async () => {
    await expect(putPolicy('cpu', 'ECSServiceAverageCPUUtilization')).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
    })
  })

  it('are one for each metric of a target', async () => {
    await register()
    await putPolicy('cpu', 'ECSServiceAverageCPUUtilization')
    await putPolicy('cpu', 'ECSServiceAverageCPUUtilization')
    await putPolicy('memory', 'ECSServiceAverageMemoryUtilization')
    await expect(putPolicy('cpu-2', 'ECSServiceAverageCPUUtilization')).rejects.toMatchObject({
      name: 'ValidationException',
    })
    expect((await policies({ ResourceId })).map(({ PolicyName }) => PolicyName)).toEqual(['cpu', 'memory'])
    expect(await policies({ PolicyNames: ['memory'] })).toMatchObject([
      { TargetTrackingScalingPolicyConfiguration: { TargetValue: 70 } },
    ])
  })

  it('come ten at a time at most', async () => {
    await expect(policies({ MaxResults: 11 })).rejects.toMatchObject({ name: 'ValidationException' })
    for (let n = 0; n < 11; n++) {
      const ResourceId = `service/main/s${n}`
      await register({ ResourceId, MinCapacity: 1, MaxCapacity: 2 })
      await putPolicy('cpu', 'ECSServiceAverageCPUUtilization', { ResourceId })
    }
    expect(await policies()).toHaveLength(10)
  })

  it('are deleted once', async () => {
    await register()
    await putPolicy('cpu', 'ECSServiceAverageCPUUtilization')
    await autoscaling.deleteScalingPolicy({ ...TARGET, PolicyName: 'cpu' })
    await expect(autoscaling.deleteScalingPolicy({ ...TARGET, PolicyName: 'cpu' })).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
    })
  })
})
