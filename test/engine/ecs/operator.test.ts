import { beforeEach, describe, expect, it } from 'vitest'

import type { Process } from '../../../src/app/app.ts'
import type { ProcessSpec } from '../../../src/app/spec.ts'
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
