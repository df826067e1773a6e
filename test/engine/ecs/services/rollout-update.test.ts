import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { ProcessState } from '../../../../src/app/spec.ts'
import { PLACEMENT, Shop, TARGET_GROUP } from './shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await Shop.open()
})
afterEach(() => shop[Symbol.asyncDispose]())

const WEB = 'shop--production--web'
const behind = {
  expose: 'private',
  port: 3000,
  ecs: { target_group: TARGET_GROUP, service: null, health_check_grace_period: 45 },
  placement: { ...PLACEMENT, namespace: 'internal' },
} as const

/** The inputs of the UpdateService calls, without what is in each. */
function updates(): Record<string, unknown>[] {
  return shop.calls('UpdateService').map(({ input }) => {
    const { cluster: _cluster, service: _service, ...rest } = input
    return rest
  })
}

async function rolled(before: ProcessState, after: ProcessState): Promise<void> {
  const verdict = await shop.roll(before, after)
  expect(verdict).toMatchObject({ outcome: 'steady', runs: 'after' })
  expect(await shop.observed()).toEqual(after)
}

describe('updating a service', () => {
  it('ecs.md §4.1: names the new revision, and sends nothing else', async () => {
    const before = await shop.running(shop.state())
    await rolled(before, shop.state({ env: { LEVEL: 'debug' } }))
    expect(updates()).toEqual([{ taskDefinition: `${WEB}:2` }])
  })

  it('writes the fingerprint before the service is told', async () => {
    const before = await shop.running(shop.state())
    await shop.roll(before, shop.state({ env: { LEVEL: 'debug' } }))
    expect(shop.writes()).toEqual(['RegisterTaskDefinition', 'TagResource', 'UpdateService'])
    expect((await shop.tags())['gantry:fingerprint']).toMatch(new RegExp(`^${WEB}:2:[0-9a-f]+$`))
    expect(shop.stored['web']).toMatchObject({ revision: `${WEB}:2`, service: WEB })
  })

  it('ecs.md §4.1: takes away what is to go by explicit empty values', async () => {
    const before = await shop.running(shop.state(behind))
    await rolled(before, shop.state({ port: 3000 }))
    expect(updates()).toEqual([
      {
        taskDefinition: `${WEB}:2`,
        loadBalancers: [],
        healthCheckGracePeriodSeconds: 0,
        serviceConnectConfiguration: { enabled: false },
      },
    ])
    expect((await shop.described())?.loadBalancers).toEqual([])
  })

  it('takes a new subnet over, in whatever order ECS shows them', async () => {
    const before = await shop.running(shop.state())
    const placement = { ...PLACEMENT, subnets: ['subnet-3', 'subnet-1'] }
    await rolled(before, shop.state({ placement }))
    expect(Object.keys(updates()[0]!).toSorted()).toEqual(['networkConfiguration', 'taskDefinition'])
  })

  it('ecs.md §4.1: forces a new deployment when the capacity provider strategy changes, and only then', async () => {
    const before = await shop.running(shop.state({ demand_count: 2 }))
    const mixed = shop.state({ demand_count: 1, spot_count: 1 })
    await rolled(before, mixed)
    expect(updates()).toEqual([
      {
        capacityProviderStrategy: [
          { capacityProvider: 'FARGATE', base: 1, weight: 0 },
          { capacityProvider: 'FARGATE_SPOT', base: 0, weight: 1 },
        ],
        forceNewDeployment: true,
      },
    ])
    shop.forget()
    await rolled(mixed, shop.state({ demand_count: 1, spot_count: 2 }))
    expect(updates()).toEqual([{ desiredCount: 3 }])
  })

  it('ecs.md §4.1: takes settings over without a deployment', async () => {
    const before = await shop.running(shop.state())
    await rolled(before, shop.state({}, { timeout: 99 }))
    expect(shop.writes()).toEqual(['TagResource'])
    shop.forget()
    await rolled(shop.state({}, { timeout: 99 }), shop.state({}, { on_failure: 'keep' }))
    expect(updates()).toEqual([
      {
        deploymentConfiguration: {
          deploymentCircuitBreaker: { enable: true, rollback: false },
          minimumHealthyPercent: 100,
          maximumPercent: 200,
        },
      },
    ])
    expect(shop.fake.ecs.service(WEB).serviceDeployments).toHaveLength(1)
  })

  it('writes owners as tags alone', async () => {
    const before = await shop.running(shop.state({ memory: 1024 }))
    const after: ProcessState = { ...before, owned: { memory: 1024 } }
    await rolled(before, after)
    expect(shop.writes()).toEqual(['TagResource'])
    expect(shop.calls('TagResource')[0]!.input).toMatchObject({
      tags: [{ key: 'gantry:owned', value: 'memory' }],
    })
  })

  it('ecs.md §4.3: keeps the tags of others, and takes away its own that mean nothing any more', async () => {
    const before = await shop.running(shop.state())
    const ecs = await shop.account.aws.ecs()
    const { serviceArn } = (await shop.described())!
    const tags = [
      { key: 'team', value: 'blue' },
      { key: 'gantry:old', value: '1' },
    ]
    await ecs.tagResource({ resourceArn: serviceArn, tags })
    await rolled(before, shop.state({ env: { LEVEL: 'debug' } }))
    const now = await shop.tags()
    expect(now['team']).toBe('blue')
    expect(now).not.toHaveProperty('gantry:old')
  })

  it('goes on with the deployment that a killed deployer has started', async () => {
    const before = await shop.running(shop.state())
    const after = shop.state({ env: { LEVEL: 'debug' } })
    shop.fake.ecs.durations.healthy = 60
    const begun = Promise.withResolvers<void>()
    void shop.roll(before, after, undefined, ({ type }) => type === 'instance.started' && begun.resolve())
    await begun.promise
    const { processes } = await shop.observe()
    expect(processes[0]).toMatchObject({ state: after, settled: false })
    shop.forget()
    await rolled(after, after)
    expect(updates()).toEqual([])
  })
})

describe('counts', () => {
  it('change without a look at the definition, and without a deployment', async () => {
    const before = await shop.running(shop.state({ demand_count: 1 }))
    const tasks = shop.fake.ecs.tasks().map(({ id }) => id)
    await rolled(before, shop.state({ demand_count: 3 }))
    expect(updates()).toEqual([{ desiredCount: 3 }])
    expect(shop.calls('DescribeTaskDefinition')).toEqual([])
    expect(shop.fake.ecs.tasks({ status: 'RUNNING' }).map(({ id }) => id)).toEqual(
      expect.arrayContaining(tasks),
    )
    expect(shop.fake.ecs.service(WEB).serviceDeployments).toHaveLength(1)
  })

  it('go down without waiting for instances that are ill', async () => {
    const ill = { command: ['/fake/fails'] }
    const two = shop.state({ ...ill, demand_count: 2 }, { on_failure: 'keep' })
    expect(await shop.roll(null, two)).toMatchObject({ outcome: 'failed', runs: 'after' })
    await rolled(two, shop.state({ ...ill, demand_count: 1 }, { on_failure: 'keep' }))
  })

  it('go back where there is no capacity for more', async () => {
    const before = await shop.running(shop.state({ demand_count: 1 }))
    shop.fake.ecs.exhaustCapacity('FARGATE')
    const verdict = await shop.roll(before, shop.state({ demand_count: 3 }, { timeout: 120 }))
    expect(verdict).toMatchObject({ outcome: 'timed_out', runs: 'before' })
    expect(await shop.observed()).toEqual(before)
    expect((await shop.described())?.desiredCount).toBe(1)
  })
})

describe('stop and start', () => {
  it('stops every instance and keeps the counts', async () => {
    const before = await shop.running(shop.state({ demand_count: 2 }))
    await rolled(before, shop.state({ demand_count: 2, disabled: true }))
    expect(updates()).toEqual([{ desiredCount: 0 }])
    expect(shop.fake.ecs.tasks().every(({ lastStatus }) => lastStatus === 'STOPPED')).toBe(true)
    expect(shop.events.filter(({ type }) => type === 'instance.stopped')).toHaveLength(2)
    await rolled(shop.state({ demand_count: 2, disabled: true }), before)
    expect(shop.fake.ecs.tasks({ status: 'RUNNING' })).toHaveLength(2)
  })

  it('updates the definition of a stopped process without starting it', async () => {
    const before = await shop.running(shop.state({ disabled: true }))
    const after = shop.state({ disabled: true, env: { LEVEL: 'debug' } })
    await rolled(before, after)
    expect(shop.fake.ecs.tasks()).toEqual([])
    await rolled(after, { ...after, spec: { ...after.spec, disabled: false } })
    expect(shop.fake.ecs.tasks()).toHaveLength(1)
  })
})

describe('without overlap', () => {
  const alone = { overlap: false }

  it('starts new instances only when every old one has STOPPED', async () => {
    const before = await shop.running(shop.state({ demand_count: 2 }, alone))
    const old = shop.fake.ecs.tasks()
    shop.fake.ecs.durations.deprovisioning = 30
    await rolled(before, shop.state({ demand_count: 2, env: { NEW: '1' } }, alone))
    expect(updates()).toEqual([{ desiredCount: 0 }, { taskDefinition: `${WEB}:2`, desiredCount: 2 }])
    const gone = Math.max(...old.map((task) => task.stoppedAt!))
    const fresh = shop.fake.ecs.tasks({ status: 'RUNNING' })
    expect(fresh).toHaveLength(2)
    expect(fresh.every((task) => task.createdAt >= gone)).toBe(true)
    const order = shop.events.map((event) => event.type)
    expect(order.lastIndexOf('instance.stopped')).toBeLessThan(order.indexOf('instance.started'))
  })

  it('keeps the counts in tags while there is none, so that a killed deployer loses nothing', async () => {
    const before = await shop.running(shop.state({ demand_count: 2 }, alone))
    const ecs = await shop.account.aws.ecs()
    await ecs.updateService({ cluster: 'default', service: WEB, desiredCount: 0 })
    expect(await shop.observed()).toEqual({ ...before, spec: { ...before.spec, disabled: true } })
  })

  it('leaves going back after a failure to whoever asked, who can', async () => {
    const before = await shop.running(shop.state({}, alone))
    const after = shop.state({ command: ['/fake/fails'] }, alone)
    expect(await shop.roll(before, after)).toMatchObject({ outcome: 'failed', runs: 'neither' })
    expect(await shop.roll(after, before)).toMatchObject({ outcome: 'steady', runs: 'after' })
    expect(await shop.observed()).toEqual(before)
    expect(shop.fake.ecs.tasks({ status: 'RUNNING' })).toHaveLength(1)
  })
})

describe('removing', () => {
  it('ecs.md §4.2: ends when the last task has stopped and the service is gone', async () => {
    const before = await shop.running(shop.state({ demand_count: 2 }))
    expect(await shop.roll(before, null)).toMatchObject({ outcome: 'steady', runs: 'after' })
    expect(shop.calls('DeleteService')[0]!.input).toMatchObject({ service: WEB, force: true })
    expect(shop.fake.ecs.tasks().every(({ lastStatus }) => lastStatus === 'STOPPED')).toBe(true)
    expect((await shop.described())?.status).not.toBe('ACTIVE')
    expect(shop.stored).toEqual({})
    expect(await shop.observed()).toBeNull()
  })

  it('is done where there is no service', async () => {
    expect(await shop.roll(shop.state(), null)).toMatchObject({ outcome: 'steady', runs: 'after' })
  })

  it('does not touch a service that is not its own', async () => {
    const before = await shop.running(shop.state())
    const ecs = await shop.account.aws.ecs()
    const { serviceArn } = (await shop.described())!
    await ecs.untagResource({ resourceArn: serviceArn, tagKeys: ['gantry:process'] })
    shop.forget()
    expect(await shop.roll(before, null)).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect(shop.writes()).toEqual([])
  })
})

describe('a process that moves to a service of another name', () => {
  const named = (service: string) => ({
    ecs: { target_group: null, service, health_check_grace_period: null },
  })

  it('runs in the new one before the old one is deleted', async () => {
    const before = await shop.running(shop.state())
    const after = shop.state(named('frontend'))
    expect(await shop.roll(before, after)).toMatchObject({ outcome: 'steady', runs: 'after' })
    expect(shop.writes().slice(-2)).toEqual(['CreateService', 'DeleteService'])
    expect((await shop.described('frontend'))?.runningCount).toBe(1)
    expect((await shop.described())?.status).not.toBe('ACTIVE')
    expect(shop.stored['web']?.service).toBe('frontend')
  })

  it('stays in the old one when the new one fails', async () => {
    const before = await shop.running(shop.state())
    const after = shop.state({ ...named('frontend'), command: ['/fake/fails'] })
    expect(await shop.roll(before, after)).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect((await shop.described('frontend'))?.status).not.toBe('ACTIVE')
    expect(await shop.observed()).toEqual(before)
  })
})
