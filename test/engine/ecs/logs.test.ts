import { expect, it } from 'vitest'

import { ATTEMPTS } from '../../../src/engine/ecs/aws.ts'
import type { LogLine, LogQuery } from '../../../src/engine/logs.ts'
import { APP, GROUP, TasksShop } from './tasks-shop.ts'

const NOBODY = new AbortController().signal
const WEB = 'web/main/aaaaaaaa11111111aaaaaaaa11111111'
const WORKER = 'worker/main/bbbbbbbb22222222bbbbbbbb22222222'
const MIGRATE = 'task.migrate/main/cccccccc33333333cccccccc33333333'
const HOUR = 3_600_000
const DAY = 24 * HOUR

/** Log streams with what was written so many milliseconds ago. */
async function openWith(streams: Record<string, [ago: number, message: string][]>): Promise<TasksShop> {
  const shop = await TasksShop.open()
  await shop.logs.ensureGroup(APP)
  for (const [stream, events] of Object.entries(streams)) write(shop, stream, events)
  return shop
}

function write(shop: TasksShop, stream: string, events: [ago: number, message: string][]): void {
  const now = shop.fake.clock.now()
  shop.fake.logs.put(
    GROUP,
    stream,
    events.map(([ago, message]) => ({ timestamp: now - ago, message })),
  )
}

async function read(shop: TasksShop, query: Partial<LogQuery> = {}): Promise<LogLine[]> {
  const all = { process: null, follow: false, lines: 100, signal: NOBODY, ...query }
  return Array.fromAsync(shop.logs.read(APP, all))
}

const texts = (lines: readonly LogLine[]): string[] => lines.map((line) => line.text)

it('makes the log group once, with a time that it keeps its events', async () => {
  await using shop = await TasksShop.open()
  await Promise.all([shop.logs.ensureGroup(APP), shop.logs.ensureGroup(APP)])
  await shop.logs.ensureGroup(APP)
  expect(shop.fake.calls.map((call) => call.operation)).toEqual(['CreateLogGroup', 'PutRetentionPolicy'])
  const logs = await shop.account.aws.logs()
  const { logGroups = [] } = await logs.describeLogGroups({})
  expect(logGroups).toMatchObject([{ logGroupName: GROUP, retentionInDays: 30 }])
})

it('finishes the log group of one that was killed before it said how long to keep events', async () => {
  await using shop = await TasksShop.open()
  const logs = await shop.account.aws.logs()
  await logs.createLogGroup({ logGroupName: GROUP })
  await shop.logs.ensureGroup(APP)
  expect((await logs.describeLogGroups({})).logGroups).toMatchObject([{ retentionInDays: 30 }])
})

it('leaves alone how long somebody else wants events to be kept', async () => {
  await using shop = await TasksShop.open()
  const logs = await shop.account.aws.logs()
  await logs.createLogGroup({ logGroupName: GROUP })
  await logs.putRetentionPolicy({ logGroupName: GROUP, retentionInDays: 365 })
  await shop.logs.ensureGroup(APP)
  expect((await logs.describeLogGroups({})).logGroups).toMatchObject([{ retentionInDays: 365 }])
})

it('keeps events as long as it is told to, whoever said otherwise, and writes only what is new', async () => {
  await using shop = await TasksShop.open()
  const logs = await shop.account.aws.logs()
  await logs.createLogGroup({ logGroupName: `${GROUP}-2` })
  const kept = async () => (await logs.describeLogGroups({ logGroupNamePrefix: GROUP })).logGroups![0]
  expect(await shop.logs.setRetention(APP, 90)).toBe(true)
  expect(await kept()).toMatchObject({ logGroupName: GROUP, retentionInDays: 90 })
  const written = shop.count('PutRetentionPolicy')
  expect(await shop.logs.setRetention(APP, 90)).toBe(false)
  expect(shop.count('PutRetentionPolicy')).toBe(written)
  expect(await shop.logs.setRetention(APP, 7)).toBe(true)
  await shop.logs.ensureGroup(APP)
  expect(await kept()).toMatchObject({ retentionInDays: 7 })
})

it('tries again to make a log group that could not be made', async () => {
  await using shop = await TasksShop.open()
  shop.fake.faults.add({
    when: ({ operation }) => operation === 'CreateLogGroup',
    kind: 'error',
    times: ATTEMPTS,
  })
  await expect(shop.logs.ensureGroup(APP)).rejects.toThrow('could not make the log group')
  await shop.logs.ensureGroup(APP)
  expect(shop.fake.logs.has(GROUP)).toBe(true)
})

it('reads the output of all instances in the order of time', async () => {
  await using shop = await openWith({
    [WEB]: [
      [3_000, 'first'],
      [1_000, 'third'],
    ],
    [WORKER]: [[2_000, 'second']],
    [MIGRATE]: [[500, 'fourth']],
    'deployments/7': [[400, '{"type":"notice"}']],
  })
  const lines = await read(shop)
  expect(texts(lines)).toEqual(['first', 'second', 'third', 'fourth'])
  expect(lines[0]).toEqual({
    time: new Date(shop.fake.clock.now() - 3_000).toISOString(),
    instance: 'web-aaaaaaaa',
    stream: 'out',
    text: 'first',
  })
  expect(lines[3]!.instance).toBe('task.migrate-cccccccc')
})

it('reads the output of one process, and not of one whose name begins alike', async () => {
  await using shop = await openWith({
    [WEB]: [[10, 'web']],
    'web-admin/main/dddd4444': [[10, 'admin']],
    [MIGRATE]: [[10, 'migrate']],
  })
  expect(texts(await read(shop, { process: 'web' }))).toEqual(['web'])
  expect(texts(await read(shop, { process: 'task.migrate' }))).toEqual(['migrate'])
  expect(await read(shop, { process: 'worker' })).toEqual([])
})

it('goes back in time only as far as it must for the last lines', async () => {
  await using shop = await openWith({
    [WEB]: [
      [20 * DAY, 'old'],
      [5 * HOUR, 'a'],
      [570_000, 'b'],
      [20_000, 'c'],
      [10_000, 'd'],
    ],
  })
  expect(texts(await read(shop, { lines: 2 }))).toEqual(['c', 'd'])
  expect(shop.count('FilterLogEvents')).toBe(1)
  expect(texts(await read(shop, { lines: 4 }))).toEqual(['a', 'b', 'c', 'd'])
  expect(texts(await read(shop))).toEqual(['old', 'a', 'b', 'c', 'd'])
  expect(await read(shop, { lines: 0 })).toEqual([])
})

it('looks back as far as it is told to, and no further', async () => {
  await using shop = await openWith({
    [WEB]: [
      [200 * DAY, 'ancient'],
      [20 * DAY, 'old'],
      [5 * HOUR, 'a'],
      [20_000, 'b'],
    ],
  })
  const ago = (time: number): string => new Date(shop.fake.clock.now() - time).toISOString()
  expect(texts(await read(shop, { since: ago(30_000) }))).toEqual(['b'])
  expect(shop.count('FilterLogEvents')).toBe(1)
  expect(texts(await read(shop, { since: ago(6 * HOUR) }))).toEqual(['a', 'b'])
  expect(texts(await read(shop, { since: ago(300 * DAY) }))).toEqual(['ancient', 'old', 'a', 'b'])
  expect(texts(await read(shop, { before: ago(5 * HOUR - 1) }))).toEqual(['old', 'a'])
  expect(texts(await read(shop, { since: ago(30 * DAY), before: ago(6 * HOUR) }))).toEqual(['old'])
  expect(await read(shop, { since: ago(HOUR), before: ago(HOUR) })).toEqual([])
})

it('reads the output of one instance, also of one that is long gone', async () => {
  await using shop = await openWith({
    [WEB]: [[10 * DAY, 'gone']],
    'web/main/aaaaaaaa22222222': [[10, 'of the same short name']],
    'web/main/bbbbbbbb11111111': [[10, 'other']],
    [MIGRATE]: [[10, 'migrate']],
  })
  expect(texts(await read(shop, { instance: 'web-aaaaaaaa' }))).toEqual(['gone', 'of the same short name'])
  expect(texts(await read(shop, { instance: 'task.migrate-cccccccc' }))).toEqual(['migrate'])
  expect(await read(shop, { process: 'worker', instance: 'web-aaaaaaaa' })).toEqual([])
  expect(await read(shop, { instance: 'web-aaaa' })).toEqual([])
  expect(await read(shop, { instance: 'no such thing' })).toEqual([])
})

it('does not bring what is older than asked for as something new', async () => {
  await using shop = await openWith({
    [WEB]: [
      [20_000, 'before'],
      [5_000, 'after'],
    ],
  })
  const { clock } = shop.fake
  const since = new Date(clock.now() - 10_000).toISOString()
  const abort = new AbortController()
  const seen: string[] = []
  const writeOn = async (): Promise<void> => {
    await clock.sleep(5)
    write(shop, WEB, [[0, 'new']])
    await clock.sleep(20)
    abort.abort()
  }
  const query = { process: null, follow: true, lines: 50, since, signal: abort.signal }
  for await (const line of shop.logs.read(APP, query)) {
    if (line.text === 'after') void writeOn()
    seen.push(line.text)
  }
  expect(seen).toEqual(['after', 'new'])
})

it('counts lines and not events, over pages that may be empty', async () => {
  await using shop = await openWith({ [WEB]: [[1_000, 'one\ntwo\rthree\r\n']] })
  shop.fake.logs.sparse = true
  shop.fake.logs.pageSize = 1
  write(shop, WORKER, [[500, 'four']])
  expect(texts(await read(shop, { lines: 3 }))).toEqual(['two', 'three', 'four'])
})

it('has nothing to tell where there is no log group', async () => {
  await using shop = await TasksShop.open()
  expect(await read(shop)).toEqual([])
  expect(await shop.logs.names(APP)).toEqual([])
  expect(await shop.logs.tail(APP, 'web', 'aaaa', 5)).toEqual([])
  await shop.logs.removeGroup(APP)
})

it('follows what is written, each line once, also what comes late or out of order', async () => {
  await using shop = await openWith({ [WEB]: [[5_000, 'before']] })
  const { clock } = shop.fake
  const abort = new AbortController()
  const seen: string[] = []
  const writeOn = async (): Promise<void> => {
    for (const index of [1, 2, 3]) {
      await clock.sleep(4)
      // Older than what the other instance has written by then.
      write(shop, WEB, [[6_000, `late ${index}`]])
      await clock.sleep(4)
      write(shop, WORKER, [[0, `now ${index}`]])
    }
    await clock.sleep(30)
    abort.abort()
  }
  const query = { process: null, follow: true, lines: 1, signal: abort.signal }
  for await (const line of shop.logs.read(APP, query)) {
    if (line.text === 'before') void writeOn()
    seen.push(line.text)
  }
  expect(seen.toSorted()).toEqual(['before', 'late 1', 'late 2', 'late 3', 'now 1', 'now 2', 'now 3'])
  expect(shop.count('FilterLogEvents')).toBeGreaterThan(10)
})

it('does not show as new what was left out of the last lines', async () => {
  await using shop = await openWith({
    [WEB]: [
      [3_000, 'a'],
      [2_000, 'b'],
    ],
  })
  const { clock } = shop.fake
  const abort = new AbortController()
  const writeOn = async (): Promise<void> => {
    await clock.sleep(5)
    write(shop, WEB, [[0, 'c']])
    await clock.sleep(10)
    abort.abort()
  }
  shop.fake.faults.add({
    when: ({ operation }) => {
      if (operation === 'FilterLogEvents' && shop.count(operation) === 1) void writeOn()
      return false
    },
    kind: 'error',
  })
  expect(texts(await read(shop, { follow: true, lines: 0, signal: abort.signal }))).toEqual(['c'])
})

it('is throttled for minutes and goes on (complaint #7)', async () => {
  await using shop = await openWith({ [WEB]: [[1_000, 'a']] })
  shop.fake.faults.add({
    when: ({ operation }) => operation === 'FilterLogEvents',
    kind: 'throttle',
    times: 60,
  })
  expect(texts(await read(shop, { lines: 1 }))).toEqual(['a'])
})

it('ends at once when nobody wants it any more, even while AWS does not answer', async () => {
  await using shop = await openWith({})
  const abort = new AbortController()
  shop.fake.faults.add({
    when: ({ operation }) => {
      if (operation === 'FilterLogEvents') setImmediate(() => abort.abort())
      return operation === 'FilterLogEvents'
    },
    kind: 'hang',
  })
  expect(await read(shop, { follow: true, signal: abort.signal })).toEqual([])
})

it('says what is not allowed', async () => {
  await using shop = await openWith({})
  shop.fake.missing.add('logs')
  await expect(read(shop)).rejects.toThrow('FilterLogEvents')
})

it('knows whose output there is, through all pages', async () => {
  await using shop = await openWith({
    [WEB]: [[1, 'a']],
    [MIGRATE]: [[1, 'a']],
    'deployments/3': [[1, '{}']],
  })
  for (let task = 0; task < 120; task++) write(shop, `worker/main/${task}`, [[task, 'a']])
  expect(await shop.logs.names(APP)).toEqual(['task.migrate', 'web', 'worker'])
})

it('gives the last messages of one instance', async () => {
  await using shop = await openWith({
    [WEB]: [
      [3, 'a'],
      [2, 'b'],
      [1, 'c'],
    ],
  })
  expect(await shop.logs.tail(APP, 'web', 'aaaaaaaa11111111aaaaaaaa11111111', 2)).toEqual(['b', 'c'])
})

it('removes the log group with all output', async () => {
  await using shop = await openWith({ [WEB]: [[1, 'a']] })
  await shop.logs.removeGroup(APP)
  expect(shop.fake.logs.has(GROUP)).toBe(false)
  await shop.logs.ensureGroup(APP)
  expect(shop.fake.logs.has(GROUP)).toBe(true)
})

it('shows what runs beside a process with it, and alone', async () => {
  const PROXY = 'web/proxy/aaaaaaaa11111111aaaaaaaa11111111'
  await using shop = await openWith({
    [WEB]: [[3_000, 'web']],
    [PROXY]: [[2_000, 'proxy']],
    [WORKER]: [[1_000, 'worker']],
  })
  const of = async (query: Partial<LogQuery>) => texts(await read(shop, query))
  expect(await of({ process: 'web' })).toEqual(['web', 'proxy'])
  expect(await of({ process: 'web/proxy' })).toEqual(['proxy'])
  expect(await of({ process: 'web', instance: 'web-aaaaaaaa' })).toEqual(['web'])
  expect(await of({ process: 'web', instance: 'web/proxy-aaaaaaaa' })).toEqual(['proxy'])
  expect((await read(shop, { process: 'web/proxy' })).map((line) => line.instance)).toEqual([
    'web/proxy-aaaaaaaa',
  ])
  expect(await shop.logs.names(APP)).toEqual(['web', 'web/proxy', 'worker'])
  expect(await shop.logs.tail(APP, 'web/proxy', 'aaaaaaaa11111111aaaaaaaa11111111', 5)).toEqual(['proxy'])
})
