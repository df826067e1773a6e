import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { ProcessSpec, ProcessState } from '../../../../src/app/spec.ts'
import { Shop } from './shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await Shop.open()
})
afterEach(() => shop[Symbol.asyncDispose]())

const WEB = 'shop--production--web'
const SCALED: Partial<ProcessSpec> = {
  demand_count: 2,
  scale_count: 3,
  scale_type: 'demand',
  autoscaling_cpu_threshold: 70,
}

async function targets() {
  const api = await shop.account.aws.autoscaling()
  const { ScalableTargets = [] } = await api.describeScalableTargets({ ServiceNamespace: 'ecs' })
  return ScalableTargets.map(({ ResourceId, MinCapacity, MaxCapacity, SuspendedState }) => ({
    id: ResourceId,
    min: MinCapacity,
    max: MaxCapacity,
    suspended: SuspendedState?.DynamicScalingOutSuspended ?? false,
  }))
}

async function policies() {
  const api = await shop.account.aws.autoscaling()
  const { ScalingPolicies = [] } = await api.describeScalingPolicies({ ServiceNamespace: 'ecs' })
  const all = ScalingPolicies.map(({ TargetTrackingScalingPolicyConfiguration: tracking }) => [
    tracking?.PredefinedMetricSpecification?.PredefinedMetricType ?? '',
    tracking?.TargetValue ?? 0,
  ])
  return Object.fromEntries(all) as Record<string, number>
}

async function rolled(before: ProcessState | null, after: ProcessState): Promise<void> {
  expect(await shop.roll(before, after)).toMatchObject({ outcome: 'steady', runs: 'after' })
  expect(await shop.observed()).toEqual(after)
}

function counts(): unknown[] {
  return shop.calls('UpdateService').map(({ input }) => input['desiredCount'])
}

describe('an autoscaled process', () => {
  it('is registered with its bounds and a policy for each threshold', async () => {
    await rolled(null, shop.state({ ...SCALED, autoscaling_memory_threshold: 80 }))
    const id = `service/default/${WEB}`
    expect(await targets()).toEqual([{ id, min: 2, max: 5, suspended: false }])
    expect(await policies()).toEqual({
      ECSServiceAverageCPUUtilization: 70,
      ECSServiceAverageMemoryUtilization: 80,
    })
  })

  it('ecs.md §4.1: keeps the count that the autoscaler has chosen through an update', async () => {
    const before = await shop.running(shop.state(SCALED))
    shop.fake.ecs.setDesired(WEB, 4)
    await rolled(before, shop.state({ ...SCALED, env: { LEVEL: 'debug' } }))
    expect(counts()).toEqual([undefined])
    expect((await shop.described())?.runningCount).toBe(4)
    expect(shop.writes().filter((operation) => /Scal/.test(operation))).toEqual([])
  })

  it('is brought within its new bounds, and no further', async () => {
    const before = await shop.running(shop.state(SCALED))
    shop.fake.ecs.setDesired(WEB, 4)
    const fewer = shop.state({ ...SCALED, scale_count: 1, autoscaling_cpu_threshold: 50 })
    await rolled(before, fewer)
    expect((await shop.described())?.desiredCount).toBe(3)
    expect(await targets()).toMatchObject([{ min: 2, max: 3 }])
    expect(await policies()).toEqual({ ECSServiceAverageCPUUtilization: 50 })
  })

  it('is suspended while it is stopped, and gets its counts back', async () => {
    const before = await shop.running(shop.state(SCALED))
    shop.fake.ecs.setDesired(WEB, 4)
    const stopped = shop.state({ ...SCALED, disabled: true })
    await rolled(before, stopped)
    expect(await targets()).toMatchObject([{ max: 5, suspended: true }])
    expect((await shop.described())?.desiredCount).toBe(0)
    await rolled(stopped, before)
    expect(await targets()).toMatchObject([{ min: 2, max: 5, suspended: false }])
    expect((await shop.described())?.desiredCount).toBe(2)
  })

  it('starts nothing when it is told of a process that is stopped', async () => {
    const before = await shop.running(shop.state({ ...SCALED, disabled: true }))
    await rolled(before, shop.state({ ...SCALED, demand_count: 3, disabled: true }))
    expect(shop.fake.ecs.tasks()).toEqual([])
  })

  it('is suspended while it makes way for a new one that must not overlap', async () => {
    const before = await shop.running(shop.state(SCALED, { overlap: false }))
    shop.fake.ecs.setDesired(WEB, 4)
    await rolled(before, shop.state({ ...SCALED, env: { LEVEL: 'debug' } }, { overlap: false }))
    const told = shop.calls('RegisterScalableTarget').map(({ input }) => input['SuspendedState'])
    expect(told).toMatchObject([{ DynamicScalingOutSuspended: true }, { DynamicScalingOutSuspended: false }])
    expect(counts()).toEqual([0, 4])
  })

  it('is the autoscaler’s no more when it asks for none, or is removed', async () => {
    const before = await shop.running(shop.state(SCALED))
    const after = shop.state({ demand_count: 2 })
    await rolled(before, after)
    expect([await targets(), await policies()]).toEqual([[], {}])
    await rolled(after, before)
    await shop.roll(before, null)
    expect([await targets(), await policies()]).toEqual([[], {}])
  })

  it('gets its old bounds back when an update fails', async () => {
    const before = await shop.running(shop.state(SCALED))
    const after = shop.state({ ...SCALED, scale_count: 9, command: ['/fake/fails'] })
    expect(await shop.roll(before, after)).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect(await targets()).toMatchObject([{ min: 2, max: 5 }])
    expect(await shop.observed()).toEqual(before)
  })

  it('ecs.md §4.2: waits until the autoscaler sees a service that ECS has just made', async () => {
    shop.fake.ecs.consistency.service = 3
    expect((await shop.roll(null, shop.state(SCALED))).outcome).toBe('steady')
    expect(await targets()).toMatchObject([{ min: 2, max: 5 }])
  })

  it('leaves no target of a new process that fails', async () => {
    await shop.roll(null, shop.state({ ...SCALED, command: ['/fake/fails'] }))
    expect([await targets(), await policies()]).toEqual([[], {}])
  })
})

describe('a deployer that is killed while it tells the autoscaler', () => {
  const half = (operation: string) =>
    shop.fake.faults.add({ when: (call) => call.operation === operation, kind: 'error' })

  it('leaves tags that promise nothing which is not so', async () => {
    const before = await shop.running(shop.state({ demand_count: 2 }))
    const after = shop.state(SCALED)
    half('PutScalingPolicy')
    // What is put back after the failure is not there either when one is killed.
    half('DeregisterScalableTarget')
    await shop.roll(before, after)
    shop.fake.faults.clear()
    const found = (await shop.observed())!
    expect(found).not.toEqual(after)
    await rolled(found, after)
    expect(await policies()).toEqual({ ECSServiceAverageCPUUtilization: 70 })
  })

  it('has its target found and removed when the config does not ask for it any more', async () => {
    const before = await shop.running(shop.state(SCALED))
    const after = shop.state({ demand_count: 2 })
    half('DeregisterScalableTarget')
    half('PutScalingPolicy')
    await shop.roll(before, after)
    shop.fake.faults.clear()
    const found = (await shop.observed())!
    expect(found.spec.scale_count).toBe(3)
    await rolled(found, after)
    expect(await targets()).toEqual([])
  })
})

describe('an endpoint without application autoscaling', () => {
  beforeEach(() => {
    shop.fake.missing.add('autoscaling')
  })

  it('deploys, says that nothing scales, and writes the counts itself', async () => {
    const before = shop.state(SCALED)
    await rolled(null, before)
    expect(shop.warnings).toEqual(['process web is not scaled: the endpoint has no application autoscaling'])
    await rolled(before, shop.state({ ...SCALED, demand_count: 3 }))
    expect((await shop.described())?.desiredCount).toBe(3)
    expect((await shop.observe()).warnings).toHaveLength(1)
  })

  it('is not asked, and says nothing, where nothing is to scale', async () => {
    await rolled(null, shop.state())
    expect(shop.warnings).toEqual([])
    expect((await shop.observe()).warnings).toEqual([])
    expect(shop.fake.calls.filter(({ service }) => service === 'autoscaling')).toEqual([])
  })
})

describe('observing autoscaled processes', () => {
  it('asks once for all of them', async () => {
    await shop.running(shop.state(SCALED))
    await shop.observe()
    expect(shop.calls('DescribeScalableTargets')).toHaveLength(1)
    expect(shop.fake.calls).toHaveLength(2)
  })

  it('finds bounds that somebody has changed, and a target that is gone', async () => {
    const before = await shop.running(shop.state(SCALED))
    const api = await shop.account.aws.autoscaling()
    const key = {
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: `service/default/${WEB}`,
    } as const
    await api.registerScalableTarget({ ...key, MinCapacity: 1, MaxCapacity: 9 })
    expect((await shop.observed())?.spec).toMatchObject({ demand_count: 1, scale_count: 8 })
    await api.deregisterScalableTarget(key)
    expect((await shop.observed())?.spec).toMatchObject({ demand_count: 2, scale_count: 0 })
    await rolled(await shop.observed(), before)
    expect(await targets()).toMatchObject([{ min: 2, max: 5 }])
  })

  it('finds thresholds that somebody has changed when it trusts nothing', async () => {
    await shop.running(shop.state(SCALED))
    const api = await shop.account.aws.autoscaling()
    await api.deleteScalingPolicy({
      ServiceNamespace: 'ecs',
      ScalableDimension: 'ecs:service:DesiredCount',
      ResourceId: `service/default/${WEB}`,
      PolicyName: 'gantry-cpu',
    })
    const { processes } = await shop.observe({ refresh: true })
    expect(processes[0]?.state.spec.autoscaling_cpu_threshold).toBeNull()
  })
})
