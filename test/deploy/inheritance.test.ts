import { expect, it } from 'vitest'

import { requestOperation } from '../../src/deploy/requests.ts'
import { dead } from './dead.ts'
import { Workshop } from './workshop.ts'

const FAILS = 'echo no; exit 3'
const process = (v: string, command = 'sleep 600'): object => ({
  command,
  env: { V: v },
  // One that fails does so before it could count as up, however slow the machine is.
  rollout: { min_up: command === FAILS ? 20 : 0.05 },
})

async function versions(shop: Workshop): Promise<Record<string, string | undefined>> {
  const { processes } = await shop.engine.observe(shop.app)
  return Object.fromEntries(processes.map(({ spec }) => [spec.name, spec.env['V']]))
}

async function deployed(shop: Workshop, config: object) {
  return shop.deployHere(await shop.request(await shop.commit(config)))
}

it('the next deployment goes on from what a dead one had done, and ends it', async () => {
  await using shop = await Workshop.open()
  await deployed(shop, { processes: { api: process('1'), worker: process('1') } })
  const commit = await shop.commit({ processes: { api: process('2'), worker: process('2') } })
  const number = await dead(shop, commit, ['api'])
  const instance = async () => (await shop.engine.observe(shop.app)).processes[0]!.instances[0]!.id
  const before = await instance()
  const result = await shop.deployHere(await shop.request(commit))
  expect(result).toMatchObject({ outcome: 'succeeded', release: { number: 2 }, bugs: [] })
  expect(await versions(shop)).toEqual({ api: '2', worker: '2' })
  // What was rolled out already is not rolled out again.
  expect(await instance()).toBe(before)
  expect(await shop.engine.ledger.deployment(shop.app, number)).toMatchObject({
    status: 'interrupted',
    reason: 'the deployer stopped; deployment #3 went on from there',
  })
  expect(shop.log.events(shop.app, number).at(-1)).toMatchObject({
    type: 'deployment.finished',
    outcome: 'interrupted',
  })
})

it('when the next one fails, everything goes back to what it was before the dead one', async () => {
  await using shop = await Workshop.open()
  await deployed(shop, { processes: { api: process('1'), worker: process('1'), old: process('1') } })
  const second = { api: process('2'), worker: process('2'), extra: process('2') }
  await dead(shop, await shop.commit({ processes: second }), ['api', 'extra', 'old'])
  expect(await versions(shop)).toEqual({ api: '2', worker: '1', extra: '2' })
  // The third leaves api and extra as the second has made them.
  const result = await deployed(shop, { processes: { ...second, worker: process('3', FAILS) } })
  expect(result).toMatchObject({ outcome: 'rolled_back', release: null, bugs: [] })
  expect(await versions(shop)).toEqual({ api: '1', worker: '1', old: '1' })
  expect(result.events).toContainEqual(
    expect.objectContaining({ type: 'rollback.started', processes: ['api', 'extra', 'old'] }),
  )
})

it('one that died with nothing left to do but its release gets that from the next', async () => {
  await using shop = await Workshop.open()
  await deployed(shop, { processes: { api: process('1') } })
  const commit = await shop.commit({ processes: { api: process('2') } })
  await dead(shop, commit, ['api'])
  const requested = await shop.request(commit)
  expect(await shop.deployHere(requested)).toMatchObject({
    outcome: 'succeeded',
    release: { number: 2, commit },
  })
  expect(await shop.deployHere(requested)).toMatchObject({ number: null, outcome: 'unchanged' })
})

it('one that is not taken over is still there for the one after', async () => {
  await using shop = await Workshop.open()
  await deployed(shop, { processes: { api: process('1'), worker: process('1') } })
  const second = { api: process('2'), worker: process('2') }
  const number = await dead(shop, await shop.commit({ processes: second }), ['api'])
  const tasks = { migrate: { command: 'exit 1', run: 'pre_deploy' } }
  expect(await deployed(shop, { processes: second, tasks })).toMatchObject({ outcome: 'failed' })
  expect(await shop.engine.ledger.deployment(shop.app, number)).toMatchObject({ status: 'running' })
  const third = { ...second, worker: process('3', FAILS) }
  expect(await deployed(shop, { processes: third })).toMatchObject({ outcome: 'rolled_back' })
  expect(await versions(shop)).toEqual({ api: '1', worker: '1' })
  expect(await shop.engine.ledger.unfinished(shop.app)).toEqual([])
})

it('of several dead ones the state before the first counts', async () => {
  await using shop = await Workshop.open()
  await deployed(shop, { processes: { api: process('1'), worker: process('1') } })
  await dead(shop, await shop.commit({ processes: { api: process('2'), worker: process('1') } }), ['api'])
  await dead(shop, await shop.commit({ processes: { api: process('3'), worker: process('1') } }), ['api'])
  expect(await versions(shop)).toEqual({ api: '3', worker: '1' })
  const failing = { api: process('3'), worker: process('4', FAILS) }
  expect(await deployed(shop, { processes: failing })).toMatchObject({ outcome: 'rolled_back' })
  expect(await versions(shop)).toEqual({ api: '1', worker: '1' })
})

it('an operator who changes one process takes over that one, and leaves the others to the next deployment', async () => {
  await using shop = await Workshop.open()
  await deployed(shop, { processes: { api: process('1'), worker: process('1') } })
  const second = { api: process('2'), worker: process('2') }
  const number = await dead(shop, await shop.commit({ processes: second }), ['api', 'worker'])
  const operations = [{ process: 'worker', set: { demand_count: 2 } }]
  const requested = await requestOperation(shop.engine, shop.app, 'scale worker=2', operations)
  expect(await shop.deployHere(requested)).toMatchObject({ outcome: 'succeeded' })
  // The release that is in force is the first.
  expect(await versions(shop)).toEqual({ api: '2', worker: '1' })
  expect((await shop.engine.ledger.deployment(shop.app, number))?.record?.processes).toEqual([
    expect.objectContaining({ name: 'api' }),
  ])
  const third = { api: process('2'), worker: process('3', FAILS) }
  expect(await deployed(shop, { processes: third })).toMatchObject({ outcome: 'rolled_back' })
  const { processes } = await shop.engine.observe(shop.app)
  expect(processes.map(({ spec }) => [spec.name, spec.env['V'], spec.demand_count])).toEqual([
    ['api', '1', 1],
    ['worker', '1', 2],
  ])
})

it('one that was queued lately may wait for its turn and is left alone; an old one has no deployer', async () => {
  await using shop = await Workshop.open()
  const { engine, app } = shop
  const open = () => engine.ledger.open(app, { kind: 'deploy', commit: null, by: 'test', title: 'Waits' })
  const [old, young] = [await open(), await open()]
  const yesterday = new Date(Date.now() - 24 * 3_600_000).toISOString()
  engine.db.run('UPDATE deployments SET created_at = ? WHERE number = ?', yesterday, old.number)
  expect(await deployed(shop, { processes: { api: process('1') } })).toMatchObject({ outcome: 'succeeded' })
  const statuses = (await engine.ledger.deployments(app, 3)).map(({ number, status }) => [number, status])
  expect(statuses).toEqual([
    [3, 'succeeded'],
    [young.number, 'queued'],
    [old.number, 'interrupted'],
  ])
})
