import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { PLACEMENT, Shop, TARGET_GROUP } from './shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await Shop.open()
})
afterEach(() => shop[Symbol.asyncDispose]())

const WEB = 'shop--production--web'
const FAILS = { command: ['/fake/prints', 'out of luck', '3'] }

describe('creating a service', () => {
  it('ends steady, with what it is written down', async () => {
    const state = shop.state({ demand_count: 2 })
    expect(await shop.roll(null, state)).toMatchObject({ outcome: 'steady', runs: 'after' })
    expect(shop.stored['web']).toMatchObject({ state, service: WEB, revision: `${WEB}:1` })
    expect(await shop.observed()).toEqual(state)
    const types = shop.events.map((event) => event.type)
    expect(types).toEqual(expect.arrayContaining(['instance.started', 'instance.up']))
    expect(shop.events.at(-1)).toEqual({ type: 'process.steady', process: 'web', instances: 2 })
  })

  it('ecs.md §4.2: sends a client token of 36 printable characters at most, and another one each time', async () => {
    await shop.roll(null, shop.state())
    await shop.roll(shop.state(), null)
    await shop.roll(null, shop.state())
    const tokens = shop.calls('CreateService').map(({ input }) => String(input['clientToken']))
    expect(tokens.every((token) => /^[!-~]{1,36}$/.test(token))).toBe(true)
    expect(new Set(tokens).size).toBe(2)
  })

  it('makes one service when the answer was lost', async () => {
    shop.fake.faults.add({ when: ({ operation }) => operation === 'CreateService', kind: 'lost', times: 1 })
    expect((await shop.roll(null, shop.state())).outcome).toBe('steady')
    expect(shop.calls('CreateService')).toHaveLength(2)
  })

  it('ecs.md §4.1: asks for a circuit breaker, room for new instances beside the old, and tags', async () => {
    await shop.roll(null, shop.state({ demand_count: 1, spot_count: 2 }))
    expect(shop.calls('CreateService')[0]!.input).toMatchObject({
      serviceName: WEB,
      taskDefinition: `${WEB}:1`,
      desiredCount: 3,
      capacityProviderStrategy: [
        { capacityProvider: 'FARGATE', base: 1, weight: 0 },
        { capacityProvider: 'FARGATE_SPOT', base: 0, weight: 1 },
      ],
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true },
        minimumHealthyPercent: 100,
        maximumPercent: 200,
      },
      enableECSManagedTags: true,
      propagateTags: 'NONE',
    })
    expect(await shop.tags()).toMatchObject({ 'gantry:app': 'shop', 'gantry:process': 'web' })
  })

  it('ecs.md §4.2: never has two at once where they must not overlap: no room, and no zone rebalancing', async () => {
    await shop.roll(null, shop.state({}, { overlap: false, on_failure: 'keep' }))
    expect(shop.calls('CreateService')[0]!.input).toMatchObject({
      availabilityZoneRebalancing: 'DISABLED',
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: false },
        minimumHealthyPercent: 0,
        maximumPercent: 100,
      },
    })
  })

  it('ecs.md §4.2: registers its instances in the target group and in the namespace that the user brings', async () => {
    const state = shop.state({
      expose: 'private',
      port: 3000,
      ecs: { target_group: TARGET_GROUP, service: null, health_check_grace_period: 45 },
      placement: { ...PLACEMENT, namespace: 'internal' },
    })
    await shop.roll(null, state)
    expect(shop.calls('CreateService')[0]!.input).toMatchObject({
      loadBalancers: [{ targetGroupArn: TARGET_GROUP, containerName: 'main', containerPort: 3000 }],
      healthCheckGracePeriodSeconds: 45,
      serviceConnectConfiguration: {
        enabled: true,
        namespace: 'internal',
        services: [
          { portName: 'main', discoveryName: 'web', clientAliases: [{ port: 3000, dnsName: 'web' }] },
        ],
      },
    })
    expect((await shop.observe({ refresh: true })).processes[0]?.state).toEqual(state)
  })

  it('starts nothing of a process that is stopped', async () => {
    const state = shop.state({ disabled: true, demand_count: 2 })
    expect((await shop.roll(null, state)).outcome).toBe('steady')
    expect(shop.fake.ecs.tasks()).toEqual([])
    expect(await shop.observed()).toEqual(state)
  })

  it('ecs.md §4.2: waits for a service of that name that is still draining', async () => {
    shop.fake.ecs.durations.deprovisioning = 120
    await shop.running(shop.state())
    const ecs = await shop.account.aws.ecs()
    await ecs.deleteService({ cluster: 'default', service: WEB, force: true })
    expect((await shop.observe()).warnings).toEqual([
      `service ${WEB} was deleted and still has tasks: web begins when they have stopped`,
    ])
    expect((await shop.roll(null, shop.state())).outcome).toBe('steady')
    expect(shop.calls('CreateService').length).toBe(1)
  })

  it('ecs.md §4.2: takes a service for not there yet when ECS does not show it for some seconds', async () => {
    shop.fake.ecs.consistency.service = 8
    shop.fake.ecs.consistency.deployment = 8
    expect((await shop.roll(null, shop.state())).outcome).toBe('steady')
  })

  it('goes on with the service that a killed deployer has made', async () => {
    await shop.running(shop.state({ env: { LEVEL: 'old' } }))
    const state = shop.state({ env: { LEVEL: 'new' } })
    expect(await shop.roll(null, state)).toMatchObject({ outcome: 'steady', runs: 'after' })
    expect(shop.calls('CreateService')).toEqual([])
    expect(await shop.observed()).toEqual(state)
  })

  it('does not touch a service of that name that is not its own, and says what to do', async () => {
    const ecs = await shop.account.aws.ecs()
    await shop.running(shop.state())
    const { serviceArn } = (await shop.described())!
    await ecs.untagResource({ resourceArn: serviceArn, tagKeys: ['gantry:app'] })
    shop.forget()
    const verdict = await shop.roll(null, shop.state({ cpu: 512, memory: 1024 }))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect(verdict.reason).toContain(WEB)
    expect(verdict.hint).toContain('gantry adopt web')
    expect(shop.writes()).toEqual([])
    const { processes, obstacles } = await shop.observe()
    expect({ processes, obstacles }).toEqual({
      processes: [],
      obstacles: [{ process: 'web', reason: expect.stringContaining(WEB) }],
    })
  })
})

describe('creating a service that fails', () => {
  it('deletes it again and says why', async () => {
    const verdict = await shop.roll(null, shop.state(FAILS))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before', exit_code: 3 })
    expect(verdict.log).toContain('out of luck')
    expect((await shop.described())?.status).not.toBe('ACTIVE')
    expect(shop.fake.ecs.tasks().every(({ lastStatus }) => lastStatus === 'STOPPED')).toBe(true)
    expect(await shop.observed()).toBeNull()
    expect(shop.stored).toEqual({})
  })

  it('keeps it where on_failure says so', async () => {
    const state = shop.state(FAILS, { on_failure: 'keep' })
    expect(await shop.roll(null, state)).toMatchObject({ outcome: 'failed', runs: 'after', exit_code: 3 })
    expect(await shop.observed()).toEqual(state)
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const abort = new AbortController()
    const verdict = await shop.roll(null, shop.state(), abort.signal, (event) => {
      if (event.type === 'instance.started') abort.abort()
    })
    expect(verdict).toMatchObject({ outcome: 'cancelled', runs: 'before', reason: 'cancelled' })
    expect(await shop.observed()).toBeNull()
  })

  it('writes nothing when it was cancelled before', async () => {
    const verdict = await shop.roll(null, shop.state(), AbortSignal.abort())
    expect(verdict).toMatchObject({ outcome: 'cancelled', runs: 'before' })
    expect(shop.fake.calls).toEqual([])
  })

  it('is over when its time is up', async () => {
    shop.fake.ecs.exhaustCapacity('FARGATE')
    const verdict = await shop.roll(null, shop.state({}, { timeout: 120 }))
    expect(verdict).toMatchObject({ outcome: 'timed_out', runs: 'before' })
    expect(await shop.observed()).toBeNull()
  })

  it('is refused with what ECS says, and leaves nothing', async () => {
    const state = shop.state({ placement: { ...PLACEMENT, subnets: [] } })
    const verdict = await shop.roll(null, state)
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect(verdict.reason).toMatch(/subnet/i)
    expect(await shop.described()).toBeNull()
  })
})
