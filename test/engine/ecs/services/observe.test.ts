import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { ProcessState } from '../../../../src/app/spec.ts'
import { PLACEMENT, Shop, TARGET_GROUP } from './shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await Shop.open()
})
afterEach(() => shop[Symbol.asyncDispose]())

const WEB = 'shop--production--web'

describe('observing services', () => {
  it('ecs.md §4.2: takes one call for ten of them, and none for a definition that is known', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `w${index}`)
    await Promise.all(names.map((name) => shop.roll(null, shop.state({ name }))))
    shop.forget()
    const { processes } = await shop.observe({}, names)
    expect(processes.map((each) => each.process).toSorted()).toEqual(names.toSorted())
    expect(shop.fake.calls.map((call) => call.operation)).toEqual(['DescribeServices', 'DescribeServices'])
  })

  it('ecs.md §4.2: says of what is not there, deleted or draining that it does not run', async () => {
    shop.fake.ecs.durations.deprovisioning = 60
    expect(await shop.observe()).toMatchObject({ processes: [], obstacles: [], warnings: [] })
    await shop.running(shop.state())
    const ecs = await shop.account.aws.ecs()
    await ecs.deleteService({ cluster: 'default', service: WEB, force: true })
    expect(await shop.observe()).toMatchObject({ processes: [], warnings: [expect.stringContaining(WEB)] })
    await shop.account.clock.sleep(120)
    expect(await shop.observe()).toMatchObject({ processes: [], warnings: [] })
  })

  it('reads owners and origin from the tags, with the values that the process has', async () => {
    const state: ProcessState = {
      ...shop.state({ memory: 1024, demand_count: 3 }),
      owned: { demand_count: 3, memory: 1024 },
      origin: 'operator',
    }
    await shop.running(state)
    expect(await shop.observed()).toEqual(state)
    expect(await shop.observe({ stored: {} })).toMatchObject({ processes: [{ state }] })
  })

  it('calls a process settled only when nothing of it is under way', async () => {
    const before = await shop.running(shop.state())
    expect((await shop.observe()).processes[0]?.settled).toBe(true)
    const begun = Promise.withResolvers<void>()
    shop.fake.ecs.durations.healthy = 60
    void shop.roll(before, shop.state({ env: { A: '1' } }), undefined, ({ type }) => {
      if (type === 'instance.started') begun.resolve()
    })
    await begun.promise
    expect((await shop.observe()).processes[0]?.settled).toBe(false)
  })
})

describe('a deployment that has failed and was kept', () => {
  it('is what the process runs, and nothing is under way', async () => {
    const before = await shop.running(shop.state())
    const after = shop.state({ command: ['/fake/fails'] }, { on_failure: 'keep' })
    await shop.roll(before, after)
    await shop.account.clock.sleep(300)
    expect(shop.fake.ecs.service(WEB).deployments.map((each) => each.rolloutState)).toContain('FAILED')
    expect((await shop.observe()).processes).toMatchObject([{ state: after, settled: true }])
  })
})

describe('what is stored of a process', () => {
  const changed = () => shop.state({ env: { LEVEL: 'debug' } })

  it('is not trusted when the tags name another fingerprint, and the definition is read', async () => {
    const state = await shop.running(shop.state())
    const { revision, service } = shop.stored['web']!
    const stored = { web: { state: changed(), revision, service, hash: 'f'.repeat(32) } }
    expect((await shop.observe({ stored })).processes[0]?.state).toEqual(state)
    expect(shop.calls('DescribeTaskDefinition')).toHaveLength(1)
  })

  it('is not trusted when the service runs another revision', async () => {
    const before = await shop.running(shop.state())
    const known = { ...shop.stored }
    await shop.roll(before, changed())
    const ecs = await shop.account.aws.ecs()
    await ecs.updateService({ cluster: 'default', service: WEB, taskDefinition: `${WEB}:1` })
    await shop.account.clock.sleep(120)
    expect((await shop.observe({ stored: known })).processes[0]?.state).toEqual(before)
    expect((await shop.observe()).processes[0]?.state).toEqual(before)
  })

  it('is not trusted while a deployment of it is in progress', async () => {
    await shop.running(shop.state())
    shop.fake.ecs.durations.healthy = 60
    const ecs = await shop.account.aws.ecs()
    await ecs.updateService({ cluster: 'default', service: WEB, forceNewDeployment: true })
    await shop.observe()
    expect(shop.calls('DescribeTaskDefinition')).toHaveLength(1)
  })

  it('is not trusted when everything is to be looked at', async () => {
    const state = await shop.running(shop.state())
    expect((await shop.observe({ refresh: true })).processes[0]?.state).toEqual(state)
    expect(shop.calls('DescribeTaskDefinition')).toHaveLength(1)
  })
})

describe('what other hands have changed', () => {
  const update = async (input: object): Promise<void> => {
    const ecs = await shop.account.aws.ecs()
    await ecs.updateService({ cluster: 'default', service: WEB, ...input })
    // Until that is steady.
    await shop.account.clock.sleep(120)
  }
  const observed = async (options = {}) => (await shop.observe(options)).processes[0]!.state

  it('is the count that the service has; what the operator owns is still what they asked for', async () => {
    const state = shop.state({ demand_count: 2 })
    await shop.running({ ...state, owned: { demand_count: 2 } })
    await update({ desiredCount: 5 })
    const { spec, owned } = await observed()
    expect([spec.demand_count, owned.demand_count]).toEqual([5, 2])
  })

  it('is a process that is stopped where nothing of it is to run, with its counts kept', async () => {
    await shop.running(shop.state({ demand_count: 2 }))
    await update({ desiredCount: 0 })
    expect((await observed()).spec).toMatchObject({ disabled: true, demand_count: 2 })
  })

  it('is a process that runs although its tags say stopped', async () => {
    await shop.running(shop.state({ demand_count: 2, disabled: true }))
    await update({ desiredCount: 2 })
    expect((await observed()).spec).toMatchObject({ disabled: false, demand_count: 2 })
  })

  it('is the kind of instances, by the strategy', async () => {
    await shop.running(shop.state({ demand_count: 2 }))
    const capacityProviderStrategy = [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }]
    await update({ capacityProviderStrategy, forceNewDeployment: true })
    expect((await observed()).spec).toMatchObject({ demand_count: 0, spot_count: 2 })
  })

  it('is in the fields that the service itself tells, when everything is to be looked at', async () => {
    const state = shop.state({
      port: 3000,
      ecs: { target_group: TARGET_GROUP, service: null, health_check_grace_period: 45 },
      placement: { ...PLACEMENT, namespace: 'internal' },
    })
    await shop.running(state)
    await update({
      loadBalancers: [],
      serviceConnectConfiguration: { enabled: false },
      networkConfiguration: {
        awsvpcConfiguration: { subnets: ['subnet-9'], securityGroups: ['sg-2'], assignPublicIp: 'DISABLED' },
      },
    })
    const { spec } = await observed({ refresh: true })
    expect(spec.ecs.target_group).toBeNull()
    expect(spec.placement).toEqual({
      ...PLACEMENT,
      namespace: null,
      subnets: ['subnet-9'],
      security_groups: ['sg-2'],
      assign_public_ip: false,
    })
  })

  it('is found where the ledger says when its process is to be another service', async () => {
    const state = await shop.running(shop.state())
    const wanted = [{ process: 'web', service: 'new-web' }]
    expect((await shop.observe({ wanted })).processes).toMatchObject([{ service: WEB, state }])
  })

  it('is a service of the app that no name leads to, when everything is to be looked at', async () => {
    await shop.running(shop.state())
    await shop.running(shop.state({ name: 'old' }))
    expect((await shop.observe()).processes.map((each) => each.process)).toEqual(['web'])
    const { processes } = await shop.observe({ refresh: true })
    expect(processes.map((each) => each.process).toSorted()).toEqual(['old', 'web'])
  })
})

describe('a service that is not this process', () => {
  const retag = async (key: string, value: string): Promise<void> => {
    const ecs = await shop.account.aws.ecs()
    const { serviceArn } = (await shop.described())!
    await ecs.tagResource({ resourceArn: serviceArn, tags: [{ key, value }] })
  }

  it.each([
    ['gantry:app', 'other'],
    ['gantry:environment', 'staging'],
    ['gantry:process', 'worker'],
  ])('is foreign when its %s is %s', async (key, value) => {
    await shop.running(shop.state())
    await retag(key, value)
    expect(await shop.observe()).toMatchObject({
      processes: [],
      obstacles: [{ process: 'web', reason: expect.stringContaining('`gantry adopt web`') }],
    })
  })

  it('is no obstacle for a process that is to move away from it, or to be gone', async () => {
    await shop.running(shop.state())
    await retag('gantry:app', 'other')
    const wanted = [{ process: 'web', service: 'new-web' }]
    expect(await shop.observe({ wanted })).toMatchObject({ processes: [], obstacles: [] })
  })

  it('is named when two say that they are one process', async () => {
    await shop.running(shop.state())
    await shop.running(shop.state({ name: 'worker' }))
    const ecs = await shop.account.aws.ecs()
    const { serviceArn } = (await shop.described('shop--production--worker'))!
    await ecs.tagResource({ resourceArn: serviceArn, tags: [{ key: 'gantry:process', value: 'web' }] })
    delete shop.stored['worker']
    const { processes, warnings } = await shop.observe({ refresh: true })
    expect(processes).toMatchObject([{ process: 'web', service: WEB }])
    expect(warnings[0]).toContain('shop--production--worker')
  })
})
