import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { ProcessState } from '../../../../src/app/spec.ts'
import { APP, PLACEMENT, Shop } from './shop.ts'

let shop: Shop
beforeEach(async () => {
  shop = await Shop.open()
})
afterEach(() => shop[Symbol.asyncDispose]())

const WEB = 'shop--production--web'
const FAILS = { command: ['/fake/prints', 'out of luck', '3'] }

/** Back means: it runs what it did, with the tags it had, so that what is stored of it is trusted without a look. */
async function isBack(before: ProcessState, tags: Record<string, string>): Promise<void> {
  expect(await shop.tags()).toEqual(tags)
  shop.forget()
  expect(await shop.observe()).toMatchObject({ processes: [{ state: before, settled: true }] })
  expect(shop.calls('DescribeTaskDefinition')).toEqual([])
  expect((await shop.described())?.deployments).toHaveLength(1)
}

describe('an update that fails', () => {
  it('ecs.md §4.5: is rolled back by the circuit breaker, and the tags go back with it', async () => {
    const before = await shop.running(shop.state({ demand_count: 2 }))
    const tags = await shop.tags()
    const after = shop.state({ ...FAILS, demand_count: 3 }, { timeout: 99 })
    const verdict = await shop.roll(before, after)
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before', exit_code: 3 })
    expect(verdict.log).toContain('out of luck')
    await isBack(before, tags)
    expect((await shop.described())?.desiredCount).toBe(2)
  })

  it('is rolled back without the service-deployments API too', async () => {
    for (const name of ['ListServiceDeployments', 'DescribeServiceDeployments', 'StopServiceDeployment']) {
      shop.fake.missing.add(`ecs:${name}`)
    }
    const before = await shop.running(shop.state())
    const tags = await shop.tags()
    const verdict = await shop.roll(before, shop.state(FAILS))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before', exit_code: 3 })
    await isBack(before, tags)
  })

  it('stays where on_failure says so', async () => {
    const before = await shop.running(shop.state())
    const after = shop.state(FAILS, { on_failure: 'keep' })
    expect(await shop.roll(before, after)).toMatchObject({ outcome: 'failed', runs: 'after', exit_code: 3 })
    expect(await shop.observed()).toEqual(after)
    expect(shop.calls('StopServiceDeployment')).toEqual([])
  })

  it('gets its old capacity provider strategy back', async () => {
    const before = await shop.running(shop.state({ demand_count: 2 }))
    const tags = await shop.tags()
    const verdict = await shop.roll(before, shop.state({ ...FAILS, demand_count: 1, spot_count: 1 }))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before' })
    await isBack(before, tags)
    expect((await shop.described())?.capacityProviderStrategy).toMatchObject([
      { capacityProvider: 'FARGATE', weight: 1 },
    ])
  })

  it('has touched only tags when ECS refuses it, and puts them back', async () => {
    const before = await shop.running(shop.state())
    const tags = await shop.tags()
    const verdict = await shop.roll(before, shop.state({ placement: { ...PLACEMENT, subnets: [] } }))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect(verdict.reason).toMatch(/subnet/i)
    await isBack(before, tags)
  })

  it('has written nothing when its definition cannot be registered', async () => {
    const before = await shop.running(shop.state())
    const verdict = await shop.roll(before, shop.state({ cpu: 256, memory: 16_384 }))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect(shop.writes().filter((operation) => operation !== 'RegisterTaskDefinition')).toEqual([])
  })

  it('has its time, and is put back when that is up', async () => {
    const before = await shop.running(shop.state())
    const tags = await shop.tags()
    const { durations } = shop.fake.ecs
    durations.pending = 3_000
    shop.fake.faults.add({
      when: ({ operation }) => {
        if (operation === 'StopServiceDeployment') durations.pending = 1
        return false
      },
      kind: 'error',
    })
    const verdict = await shop.roll(before, shop.state({ env: { LEVEL: 'debug' } }, { timeout: 60 }))
    expect(verdict).toMatchObject({ outcome: 'timed_out', runs: 'before' })
    await isBack(before, tags)
  })

  it('is between the two when what was before does not come back, and says so', async () => {
    const before = await shop.running(shop.state())
    shop.fake.ecs.failPull('example.com/shop:1')
    const verdict = await shop.roll(before, shop.state({ env: { LEVEL: 'debug' } }))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'neither' })
    expect(verdict.reason).toContain('CannotPullContainerError')
  })
})

describe('a cancel', () => {
  it('ecs.md §4.5: stops the deployment that is going on, and has ECS roll it back', async () => {
    const before = await shop.running(shop.state())
    const tags = await shop.tags()
    const abort = new AbortController()
    const after = shop.state({ env: { LEVEL: 'debug' } })
    const verdict = await shop.roll(before, after, abort.signal, ({ type }) => {
      if (type === 'instance.started') abort.abort()
    })
    expect(verdict).toMatchObject({ outcome: 'cancelled', runs: 'before', reason: 'cancelled' })
    expect(shop.calls('StopServiceDeployment')[0]!.input).toMatchObject({ stopType: 'ROLLBACK' })
    await isBack(before, tags)
  })

  it('updates to the old revision where ECS does not offer that', async () => {
    shop.fake.missing.add('ecs:StopServiceDeployment')
    const before = await shop.running(shop.state())
    const tags = await shop.tags()
    const abort = new AbortController()
    const verdict = await shop.roll(
      before,
      shop.state({ env: { LEVEL: 'debug' } }),
      abort.signal,
      ({ type }) => type === 'instance.started' && abort.abort(),
    )
    expect(verdict).toMatchObject({ outcome: 'cancelled', runs: 'before' })
    expect(shop.calls('UpdateService').at(-1)!.input).toMatchObject({ taskDefinition: `${WEB}:1` })
    await isBack(before, tags)
  })

  it('of many sends every stop before it waits for the first', async () => {
    const names = ['web', 'worker', 'beat']
    const states = names.map((name) => shop.state({ name }))
    await Promise.all(states.map((state) => shop.roll(null, state)))
    shop.forget()
    const abort = new AbortController()
    const started = new Set<string>()
    const transitions = states.map((before) => ({
      name: before.spec.name,
      before,
      after: shop.state({ name: before.spec.name, env: { LEVEL: 'debug' } }),
    }))
    shop.fake.ecs.durations.healthy = 20
    const verdicts = await shop.rollouts.rollout(APP, transitions, {
      signal: abort.signal,
      report: (event) => {
        if (event.type === 'instance.started') started.add(event.process)
        if (started.size === names.length) abort.abort()
      },
    })
    expect(verdicts.map(({ outcome, runs }) => [outcome, runs])).toEqual(
      names.map(() => ['cancelled', 'before']),
    )
    const stops = shop.calls('StopServiceDeployment').map(({ at }) => at)
    expect(stops).toHaveLength(3)
    expect(new Set(stops).size).toBe(1)
  })
})

describe('a newer deployment of somebody else', () => {
  it('ecs.md §4.5: supersedes ours, which touches nothing more', async () => {
    const before = await shop.running(shop.state())
    const ecs = await shop.account.aws.ecs()
    shop.fake.ecs.durations.healthy = 60
    let writes = 0
    const verdict = await shop.roll(before, shop.state({ env: { LEVEL: 'debug' } }), undefined, (event) => {
      if (event.type !== 'instance.started' || writes > 0) return
      writes = shop.writes().length
      void ecs.updateService({ cluster: 'default', service: WEB, taskDefinition: `${WEB}:1` })
    })
    expect(verdict).toMatchObject({ outcome: 'superseded', runs: 'neither' })
    expect(shop.writes().slice(writes)).toEqual(['UpdateService'])
  })
})

describe('throttling', () => {
  it('of a write that the client gives up on only takes longer', async () => {
    const before = await shop.running(shop.state())
    shop.fake.faults.add({
      when: ({ operation }) => operation === 'UpdateService',
      kind: 'throttle',
      times: 20,
    })
    const after = shop.state({ env: { LEVEL: 'debug' } })
    expect(await shop.roll(before, after)).toMatchObject({ outcome: 'steady', runs: 'after' })
  })

  it('of every third call fails nothing', async () => {
    let count = 0
    shop.fake.faults.add({ when: ({ service }) => service === 'ecs' && ++count % 3 === 0, kind: 'throttle' })
    const state = shop.state({}, { overlap: false })
    expect((await shop.roll(null, state)).outcome).toBe('steady')
    expect((await shop.roll(state, shop.state(FAILS, { overlap: false }))).outcome).toBe('failed')
    expect((await shop.roll(shop.state(FAILS, { overlap: false }), state)).outcome).toBe('steady')
    expect((await shop.roll(state, null)).outcome).toBe('steady')
  })

  it('is a verdict when it does not end', async () => {
    const before = await shop.running(shop.state())
    shop.fake.faults.add({ when: ({ operation }) => operation === 'UpdateService', kind: 'throttle' })
    const verdict = await shop.roll(before, shop.state({ demand_count: 2 }))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect(verdict.reason).toContain('too often')
  })
})

describe('many processes', () => {
  it('roll out at once, and each is judged alone', async () => {
    const names = Array.from({ length: 12 }, (_, index) => `w${index}`)
    const transitions = names.map((name, index) => ({
      name,
      before: null,
      after: shop.state({ name, ...(index === 5 && FAILS) }),
    }))
    const verdicts = await shop.rollouts.rollout(APP, transitions, {
      signal: new AbortController().signal,
      report: () => {},
    })
    expect(verdicts.map(({ process, outcome }) => [process, outcome])).toEqual(
      names.map((name, index) => [name, index === 5 ? 'failed' : 'steady']),
    )
    expect(shop.calls('DescribeServices')[0]!.input['services']).toHaveLength(10)
    expect(shop.calls('DescribeServices')[1]!.input['services']).toHaveLength(2)
  })
})
