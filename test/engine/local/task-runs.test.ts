import { expect, it } from 'vitest'

import { Shop } from './shop.ts'

const NOBODY = new AbortController().signal

const textsOf = async (shop: Shop, id: string): Promise<string[]> =>
  (await Array.fromAsync(shop.engine.taskRuns.logs(shop.app, id, { follow: false, signal: NOBODY }))).map(
    ({ text }) => text,
  )

it('a run that the server stopped has that reason, and is remembered by the next one', async () => {
  await using shop = await Shop.open()
  const { id } = await shop.task('sleep 600')
  await shop.restart()
  expect(await shop.engine.taskRuns.find(shop.app, id)).toMatchObject({
    status: 'stopped',
    reason: 'the server stopped',
    exit_code: null,
    ended_at: expect.any(String),
  })
})

it('a run that nobody saw end, because the server died, has ended with that reason', async () => {
  await using shop = await Shop.open()
  const { run } = await shop.task('true')
  // As a server leaves it that is killed.
  const left = { ...run, id: 'task.job-left' }
  shop.engine.db.run(
    'INSERT INTO task_runs (app, id, active, run) VALUES (?, ?, 1, ?)',
    shop.app.name,
    left.id,
    JSON.stringify(left),
  )
  await shop.restart()
  expect(await shop.engine.taskRuns.find(shop.app, left.id)).toMatchObject({
    status: 'stopped',
    reason: 'the server ended while it ran',
    ended_at: expect.any(String),
  })
  await shop.engine.taskRuns.forget(shop.app, left.id)
})

it('a run that cannot be started is not remembered', async () => {
  await using shop = await Shop.open()
  const image = { kind: 'pinned', reference: 'key:0123456789' } as const
  await expect(shop.task('true', { image })).rejects.toThrow('no image of shop')
  expect(await shop.engine.taskRuns.list(shop.app, 10)).toEqual([])
})

it('the oldest runs make room, but not those that go on', async () => {
  await using shop = await Shop.open()
  const going = await shop.task('sleep 600')
  const insert = (number: number): void =>
    void shop.engine.db.run(
      'INSERT INTO task_runs (app, id, active, run) VALUES (?, ?, 0, ?)',
      shop.app.name,
      `task.job-${number}`,
      JSON.stringify({ ...going.run, id: `task.job-${number}`, status: 'succeeded' }),
    )
  for (let number = 0; number < 600; number++) insert(number)
  await (
    await shop.task('true')
  ).result
  const ids = (await shop.engine.taskRuns.list(shop.app, 1_000)).map(({ id }) => id)
  expect(ids).toHaveLength(501)
  expect(ids.at(-1)).toBe(going.id)
  expect(ids).not.toContain('task.job-0')
})

it('TT-09: the log of a run has what it and nobody else wrote, who started it and how it ended', async () => {
  await using shop = await Shop.open()
  const [one, other] = await Promise.all([
    shop.task('echo one; echo trouble >&2'),
    shop.task('echo other; exit 3'),
  ])
  await Promise.all([one.result, other.result])
  expect((await textsOf(shop, one.id)).toSorted()).toEqual(['exit 0', 'one', 'started by test', 'trouble'])
  expect((await textsOf(shop, other.id)).toSorted()).toEqual(['exit 3', 'other', 'started by test'])
})

it('an app that is removed takes its runs along', async () => {
  await using shop = await Shop.open()
  await (
    await shop.task('true')
  ).result
  await shop.engine.removeApp(shop.app)
  expect(await shop.engine.taskRuns.list(shop.app, 10)).toEqual([])
})

it('TT-14: tags are digits of content keys, and releases', async () => {
  await using shop = await Shop.open()
  const tagged = (tag: string) => shop.engine.taggedImage(shop.app, tag)
  expect(await tagged('aaaaaaaa')).toEqual({ kind: 'pinned', reference: 'key:aaaaaaaa' })
  expect(await tagged('key:aaaaaaaa')).toEqual({ kind: 'pinned', reference: 'key:aaaaaaaa' })
  expect(await tagged('v3')).toEqual({ kind: 'pinned', reference: 'release:v3' })
  expect(await tagged('release:v3')).toEqual({ kind: 'pinned', reference: 'release:v3' })
  await expect(tagged('latest')).rejects.toMatchObject({ hint: expect.stringContaining('release:v3') })
})
