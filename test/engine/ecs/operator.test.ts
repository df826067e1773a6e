import { beforeEach, describe, expect, it } from 'vitest'

import type { Process } from '../../../src/app/app.ts'
import type { OwnedFields, ProcessSpec } from '../../../src/app/spec.ts'
import { isEmpty } from '../../../src/plan/plan.ts'
import { aProcess, aTask } from '../../plan/fixtures.ts'
import type { Deployed } from '../deployer.ts'
import { anEcsApp, SETTINGS, Yard } from './yard.ts'

const web = aProcess('web', { command: '/fake/stays-up' })
const migrate = aTask('migrate', { command: '/fake/prints migrated 0', run: 'pre_deploy' })
const app = anEcsApp({ processes: [web], tasks: [migrate] })

let yard: Yard
beforeEach(async () => {
  yard = await Yard.open()
  return () => yard[Symbol.asyncDispose]()
})

const specOf = async (name: string): Promise<ProcessSpec> => {
  const { processes } = await yard.engine.observe(app)
  return processes.find(({ spec }) => spec.name === name)!.spec
}
const calls = (operation: string) => yard.fake.calls.filter((call) => call.operation === operation)

describe('a process that only an operator made', () => {
  const create = (set: object = {}): Promise<Deployed> =>
    yard.operate(app, { process: 'extra', create: true, set: { command: '/fake/stays-up', ...set } })

  it('runs where the settings of the app say', async () => {
    await yard.deploy(app)
    expect(await create()).toMatchObject({ outcome: 'succeeded' })
    const { region: _region, cluster: _cluster, ...places } = SETTINGS
    expect((await specOf('extra')).placement).toEqual({
      ...places,
      scheduler_role: null,
      architecture: 'x86_64',
    })
    expect(isEmpty(await yard.plan(app))).toBe(true)
  })

  it('follows the settings of the app, as it does its variables', async () => {
    await yard.deploy(app)
    await create()
    const moved = anEcsApp({ processes: [web], tasks: [migrate] }, { security_groups: ['sg-2'] })
    expect(await yard.deploy(moved)).toMatchObject({ outcome: 'succeeded' })
    expect((await specOf('extra')).placement).toMatchObject({ security_groups: ['sg-2'] })
    expect(isEmpty(await yard.plan(moved, 'one', { refresh: true }))).toBe(true)
  })

  it('gets as much memory as its vCPU takes, and says so', async () => {
    await yard.deploy(app)
    const { outcome, plan } = await create({ cpu: 1024 })
    expect(outcome).toBe('succeeded')
    expect(plan?.warnings.map((each) => each.message)).toEqual([
      'memory of extra: 512 MB with 1 vCPU is not offered by Fargate, the next is 2 GB',
    ])
    expect(await specOf('extra')).toMatchObject({ cpu: 1024, memory: 2048 })
    expect(isEmpty(await yard.plan(app))).toBe(true)
  })
})

describe('what an operator sets and Fargate does not offer', () => {
  it.each<[string, Partial<Process>, string]>([
    [
      'a size',
      { memory: 600 },
      'memory of web (memory set by operator, cpu set by the config) cannot be kept: 600 MB with 0.25 vCPU is not offered by Fargate, the next is 1 GB: set it anew, or hand it back with `gantry process unset web memory`',
    ],
    [
      'a size above the largest',
      { memory: 250_000, cpu: 512 },
      'memory of web (memory set by operator, cpu set by operator): Fargate offers no 250000 MB with 0.5 vCPU: the largest is 244 GB with 32 vCPU, or hand it back with `gantry process unset web memory cpu`',
    ],
    [
      'a time to stop',
      { stop_timeout: 300 },
      'stop_timeout of web (stop_timeout set by operator): Fargate waits 2m at most before it kills, not 5m: say 2m or less, and let the process keep what it has not finished, or hand it back with `gantry process unset web stop_timeout`',
    ],
    [
      'being reached from outside, without a load balancer',
      { expose: 'public' },
      'expose of web (expose set by operator): web is public, and nothing leads to it from outside: Gantry makes no load balancer: name the target group of yours under `ecs.target_group` of the process, or say `expose: none`, or hand it back with `gantry process unset web expose`',
    ],
    [
      'being reached by others, without a port',
      { expose: 'private' },
      'port of web (port set by the config, expose set by operator): web is private and has no port to be reached on: say on which `port` it listens, or hand it back with `gantry process unset web expose`',
    ],
    [
      'a check that nothing makes',
      {
        health_check: {
          path: null,
          command: null,
          tcp: true,
          interval: 10,
          timeout: 5,
          retries: 3,
          start_period: 0,
        },
      },
      'health_check.tcp of web (health_check set by operator) cannot be kept: ECS cannot check whether a port accepts connections: this check does nothing: set it anew, or hand it back with `gantry process unset web health_check`',
    ],
  ])('is refused before anything is touched: %s', async (_name, set, sentence) => {
    await yard.deploy(app)
    const before = await specOf('web')
    yard.fake.calls.length = 0
    const { outcome, plan } = await yard.operate(app, { process: 'web', set })
    expect({ outcome, blocked: plan?.blocked }).toEqual({ outcome: 'refused', blocked: [sentence] })
    expect(await specOf('web')).toEqual(before)
    expect(calls('RegisterTaskDefinition')).toEqual([])
  })

  it('is refused before the migration, where a later config makes it so', async () => {
    await yard.deploy(app)
    expect(await yard.operate(app, { process: 'web', set: { memory: 512 } })).toMatchObject({
      outcome: 'succeeded',
    })
    yard.fake.calls.length = 0
    const grown = anEcsApp({
      processes: [{ ...web, cpu: 1024, memory: 2048 }],
      tasks: [{ ...migrate, command: '/fake/prints again 0' }],
    })
    const { outcome, plan } = await yard.deploy(grown)
    expect(outcome).toBe('refused')
    expect(plan?.blocked).toEqual([expect.stringContaining('512 MB with 1 vCPU is not offered')])
    expect(calls('RunTask')).toEqual([])
  })
})

describe('what an operator says of scaling', () => {
  const SERVICE = 'orderdesk--default--web'
  const set = {
    demand_count: 1,
    spot_count: 1,
    scale_count: 3,
    scale_type: 'spot',
    autoscaling_cpu_threshold: 70,
    autoscaling_memory_threshold: 80,
  } as const
  const targets = async () => {
    const api = await yard.aws.autoscaling()
    const { ScalableTargets = [] } = await api.describeScalableTargets({ ServiceNamespace: 'ecs' })
    return ScalableTargets.map(({ MinCapacity, MaxCapacity, SuspendedState }) => ({
      min: MinCapacity,
      max: MaxCapacity,
      suspended: SuspendedState?.DynamicScalingInSuspended && SuspendedState.DynamicScalingOutSuspended,
    }))
  }
  const desired = () => yard.fake.ecs.service(SERVICE).desiredCount
  const operate = async (fields: OwnedFields): Promise<void> => {
    expect(await yard.operate(app, { process: 'web', set: fields })).toMatchObject({ outcome: 'succeeded' })
  }

  it('becomes a target with its bounds, and extra instances of the kind that was named (TP-06 TP-07 TP-28 TP-29)', async () => {
    await yard.deploy(app)
    await operate(set)
    expect(await targets()).toEqual([{ min: 2, max: 5, suspended: false }])
    const { services = [] } = await (await yard.aws.ecs()).describeServices({ services: [SERVICE] })
    expect(services[0]?.capacityProviderStrategy).toMatchObject([
      { capacityProvider: 'FARGATE', base: 1, weight: 0 },
      { capacityProvider: 'FARGATE_SPOT', weight: 1 },
    ])
  })

  // With one target tracking policy for each metric AWS scales out when any of them asks for it, and in only when all that
  // may scale in agree:
  // https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
  it('scales out if CPU or memory is over its threshold, and in only if both are under (TP-30)', async () => {
    await yard.deploy(app)
    await operate(set)
    const api = await yard.aws.autoscaling()
    const { ScalingPolicies = [] } = await api.describeScalingPolicies({ ServiceNamespace: 'ecs' })
    const policies = ScalingPolicies.map((each) => ({
      type: each.PolicyType,
      metric:
        each.TargetTrackingScalingPolicyConfiguration?.PredefinedMetricSpecification?.PredefinedMetricType,
      target: each.TargetTrackingScalingPolicyConfiguration?.TargetValue,
      scalesIn: each.TargetTrackingScalingPolicyConfiguration?.DisableScaleIn !== true,
    }))
    expect(policies).toEqual([
      {
        type: 'TargetTrackingScaling',
        metric: 'ECSServiceAverageCPUUtilization',
        target: 70,
        scalesIn: true,
      },
      {
        type: 'TargetTrackingScaling',
        metric: 'ECSServiceAverageMemoryUtilization',
        target: 80,
        scalesIn: true,
      },
    ])
  })

  it('is respected by deploys, which leave the count that the autoscaler has chosen (TP-28)', async () => {
    await yard.deploy(app)
    await operate(set)
    yard.fake.ecs.setDesired(SERVICE, 4)
    const grown = anEcsApp({ processes: [{ ...web, env: { LEVEL: 'debug' }, demand_count: 3 }] })
    expect(await yard.deploy(grown, 'two')).toMatchObject({ outcome: 'succeeded' })
    expect(desired()).toBe(4)
    expect(await targets()).toEqual([{ min: 2, max: 5, suspended: false }])
    expect(await specOf('web')).toMatchObject(set)
  })

  it('is suspended by a stop, through deploys, until the start that brings the counts back (TP-16)', async () => {
    await yard.deploy(app)
    await operate(set)
    yard.fake.ecs.setDesired(SERVICE, 4)
    await operate({ disabled: true })
    expect(await targets()).toEqual([{ min: 0, max: 5, suspended: true }])
    expect(desired()).toBe(0)
    expect(await yard.deploy(app, 'two')).toMatchObject({ outcome: 'succeeded' })
    expect(await targets()).toEqual([{ min: 0, max: 5, suspended: true }])
    expect(desired()).toBe(0)
    await operate({ disabled: false })
    expect(await targets()).toEqual([{ min: 2, max: 5, suspended: false }])
    expect(desired()).toBe(2)
    expect(await specOf('web')).toMatchObject(set)
  })

  it('is gone when all of it is handed back, and with the process', async () => {
    await yard.deploy(app)
    await operate(set)
    const unset = Object.keys(set)
    expect(await yard.operate(app, { process: 'web', unset })).toMatchObject({ outcome: 'succeeded' })
    expect(await targets()).toEqual([])
    await yard.operate(app, { process: 'extra', create: true, set: { command: '/fake/stays-up', ...set } })
    expect(await targets()).toHaveLength(1)
    expect(await yard.operate(app, { process: 'extra', delete: true })).toMatchObject({
      outcome: 'succeeded',
    })
    expect(await targets()).toEqual([])
    expect(isEmpty(await yard.plan(app, 'one', { refresh: true }))).toBe(true)
  })
})
