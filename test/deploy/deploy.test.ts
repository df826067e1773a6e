import { expect, it } from 'vitest'

import { fullDisk } from '../engine/local/full-disk.ts'
import { Workshop } from './workshop.ts'

const process = (command = 'sleep 600', more: object = {}): object => ({
  command,
  rollout: { min_up: 0.1 },
  ...more,
})

it('when one process cannot be carried over for a reason of ours, all go back and the outcome says so', async () => {
  await using shop = await Workshop.open()
  const processes = { api: process(), worker: process() }
  await shop.deploy(await shop.commit({ processes }))
  const before = await shop.engine.observe(shop.app)
  {
    const when = `NEW.name = 'worker' AND NEW.state LIKE '%LEVEL%'`
    using _full = fullDisk(shop.engine.db, 'processes', { when })
    const result = await shop.deploy(await shop.commit({ env: { LEVEL: 'debug' }, processes }))
    expect(result).toMatchObject({ outcome: 'rolled_back', release: null })
    expect(result.reason).toContain('process worker failed: database or disk is full')
  }
  const after = await shop.engine.observe(shop.app)
  expect(after.processes.map(({ spec }) => spec)).toEqual(before.processes.map(({ spec }) => spec))
  const ids = after.processes.flatMap(({ instances }) => instances.map(({ id }) => id))
  const children = shop.engine.db.all('SELECT name FROM children').map((row) => row['name'])
  expect(new Set(children)).toEqual(new Set(ids))
})

it('when one process fails, the others are stopped on their way, and keep their instances', async () => {
  await using shop = await Workshop.open()
  const slow = process('sleep 600', { rollout: { min_up: 30 } })
  await shop.deploy(await shop.commit({ processes: { api: process(), worker: process(), beat: process() } }))
  const before = await shop.engine.observe(shop.app)
  const kept = process('sleep 600', { rollout: { min_up: 30, on_failure: 'keep' } })
  const broken = process('sleep 0.5; exit 3', { rollout: { min_up: 30 } })
  const processes = { api: broken, worker: slow, beat: kept }
  const { events, ...result } = await shop.deploy(await shop.commit({ env: { LEVEL: 'debug' }, processes }))
  expect(result).toMatchObject({
    outcome: 'rolled_back',
    reason: expect.stringContaining('process api failed'),
  })
  const after = await shop.engine.observe(shop.app)
  const ids = ({ processes: all }: typeof before) => all.map((each) => each.instances.map(({ id }) => id))
  expect(ids(after)).toEqual(ids(before))
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'notice',
      text: 'api failed, so what is on its way is stopped: worker, beat',
    }),
  )
  const verdicts = events.flatMap((event) => (event.type === 'process.failed' ? [event] : []))
  expect(verdicts).toMatchObject([
    { process: 'api', kept: false, verdict: { outcome: 'failed', exit_code: 3 } },
    { process: 'worker', kept: false, verdict: { outcome: 'cancelled', reason: 'api failed', log: [] } },
    { process: 'beat', kept: false, verdict: { outcome: 'cancelled', reason: 'api failed', log: [] } },
  ])
  expect(
    events.filter(({ type }) => ['process.steady', 'instance.stopped', 'rollback.started'].includes(type)),
  ).toEqual([])
})

it('when a removal cannot be carried out, what was rolled out before it goes back too', async () => {
  await using shop = await Workshop.open()
  const api = process()
  await shop.deploy(await shop.commit({ processes: { api, worker: process() } }))
  const before = await shop.engine.observe(shop.app)
  {
    using _full = fullDisk(shop.engine.db, 'processes', { on: 'DELETE', when: `OLD.name = 'worker'` })
    const result = await shop.deploy(await shop.commit({ env: { LEVEL: 'debug' }, processes: { api } }))
    expect(result).toMatchObject({ outcome: 'rolled_back', release: null })
    expect(result.reason).toContain('process worker failed: database or disk is full')
  }
  const after = await shop.engine.observe(shop.app)
  expect(after.processes.map(({ spec }) => spec)).toEqual(before.processes.map(({ spec }) => spec))
  expect(after.processes.map(({ instances }) => instances.length)).toEqual([1, 1])
})

it('a process that goes back has the value of the variable that it had', async () => {
  await using shop = await Workshop.open()
  const set = (value: string): Promise<void> =>
    shop.engine.setVariable(shop.app, { name: 'DATABASE', value, process: null, secret: false })
  const command = 'test "$DATABASE" = good && exec sleep 600'
  const alone = process(command, { rollout: { min_up: 0.2, overlap: false } })
  await set('good')
  const commit = await shop.commit({ processes: { worker: alone } })
  expect((await shop.deploy(commit)).outcome).toBe('succeeded')
  await set('bad')
  expect((await shop.deploy(commit)).outcome).toBe('rolled_back')
  const [worker] = (await shop.engine.observe(shop.app)).processes
  expect(worker!.instances.map((each) => each.state)).toEqual(['up'])
})

it('that old images cannot be deleted does not change the outcome, and is told to who runs the server', async () => {
  await using shop = await Workshop.open()
  const write = async (): Promise<void> => {}
  const { build } = (await shop.want(await shop.commit({ processes: { api: process() } }))).app
  await shop.engine.makeImage(
    shop.app,
    { key: 'f'.repeat(64), build, source: { bytes: 0, files: 0, write } },
    { signal: new AbortController().signal, log: () => {} },
  )
  using _full = fullDisk(shop.engine.db, 'images', { on: 'DELETE' })
  const result = await shop.deploy(await shop.git('rev-parse', 'HEAD'))
  expect(result).toMatchObject({ outcome: 'succeeded', release: { number: 1 } })
  expect(result.events.at(-1)).toMatchObject({ type: 'deployment.finished', outcome: 'succeeded' })
  expect(result.bugs.map(String)).toEqual([expect.stringContaining('disk is full')])
})
