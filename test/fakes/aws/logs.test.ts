import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { awsOf } from '../../engine/ecs/aws.ts'
import { FakeClock } from '../fake-clock.ts'
import { FakeAws } from './fake-aws.ts'

const GROUP = '/gantry/shop/default'
const logGroupName = GROUP
const logStreamName = 'web/main/1'

let clock: FakeClock
let fake: FakeAws
let logs: CloudWatchLogs

beforeEach(async () => {
  clock = new FakeClock()
  fake = await FakeAws.start({ clock })
  logs = (await awsOf(fake).logs()) as CloudWatchLogs
  await logs.createLogGroup({ logGroupName })
})
afterEach(() => fake[Symbol.asyncDispose]())

/** Writes messages a millisecond apart. */
function write(stream: string, ...messages: string[]): void {
  const events = messages.map((message, n) => ({ timestamp: clock.now() + n, message }))
  fake.logs.put(GROUP, stream, events)
}

const messages = (found: { events?: { message?: string | undefined }[] | undefined }) =>
  found.events?.map(({ message }) => message)

const get = (more: object = {}) => logs.getLogEvents({ logGroupName, logStreamName, ...more })
const filter = (more: object = {}) => logs.filterLogEvents({ logGroupName, ...more })
const putEvents = (logEvents: { timestamp: number; message: string }[]) =>
  logs.putLogEvents({ logGroupName, logStreamName, logEvents })

describe('groups and streams', () => {
  it('exist once', async () => {
    await expect(logs.createLogGroup({ logGroupName })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    })
    await logs.createLogStream({ logGroupName, logStreamName })
    await expect(logs.createLogStream({ logGroupName, logStreamName })).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    })
    expect(fake.logs.has(GROUP)).toBe(true)
  })

  it('are refused where they are missing', async () => {
    const gone = { name: 'ResourceNotFoundException' }
    await expect(get()).rejects.toMatchObject(gone)
    await expect(filter({ logStreamNames: ['none'] })).rejects.toMatchObject(gone)
    await logs.deleteLogGroup({ logGroupName })
    await expect(filter()).rejects.toMatchObject(gone)
    await expect(logs.deleteLogGroup({ logGroupName })).rejects.toMatchObject(gone)
    await expect(logs.createLogStream({ logGroupName, logStreamName })).rejects.toMatchObject(gone)
    await expect(putEvents([{ timestamp: clock.now(), message: 'a' }])).rejects.toMatchObject(gone)
    write(logStreamName, 'lost')
    expect(fake.logs.has(GROUP)).toBe(false)
  })

  it('refuse names with other characters', async () => {
    const invalid = { name: 'InvalidParameterException' }
    await expect(logs.createLogGroup({ logGroupName: 'a:b' })).rejects.toMatchObject(invalid)
    await expect(logs.createLogGroup({ logGroupName: 'aws/b' })).rejects.toMatchObject(invalid)
    await expect(logs.createLogStream({ logGroupName, logStreamName: 'a*' })).rejects.toMatchObject(invalid)
  })

  it('are kept for one of the documented numbers of days', async () => {
    await logs.putRetentionPolicy({ logGroupName, retentionInDays: 30 })
    const { logGroups } = await logs.describeLogGroups({ logGroupNamePrefix: '/gantry/' })
    expect(logGroups).toMatchObject([{ logGroupName: GROUP, retentionInDays: 30 }])
    await expect(logs.putRetentionPolicy({ logGroupName, retentionInDays: 31 })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  it('are listed by name, or by their last event, in pages', async () => {
    for (const stream of ['c', 'a', 'b']) {
      write(stream, 'hello')
      clock.advance(1)
    }
    const list = async (more: object) => {
      const found = await logs.describeLogStreams({ logGroupName, ...more })
      return { names: found.logStreams?.map((stream) => stream.logStreamName), nextToken: found.nextToken }
    }
    const first = await list({ limit: 2 })
    expect(first.names).toEqual(['a', 'b'])
    expect((await list({ limit: 2, nextToken: first.nextToken })).names).toEqual(['c'])
    expect((await list({ orderBy: 'LastEventTime', descending: true })).names).toEqual(['b', 'a', 'c'])
    expect((await list({ logStreamNamePrefix: 'b' })).names).toEqual(['b'])
    await expect(list({ orderBy: 'LastEventTime', logStreamNamePrefix: 'b' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })
})

describe('PutLogEvents', () => {
  const at = (seconds: number, message = 'm') => ({ timestamp: clock.now() + seconds * 1_000, message })
  const DAY = 86_400

  beforeEach(() => logs.createLogStream({ logGroupName, logStreamName }))

  it('refuses a batch that is unsorted, too large, or longer than a day', async () => {
    await expect(putEvents([at(2), at(1)])).rejects.toThrow('chronological')
    await expect(putEvents([at(0, 'x'.repeat(1_048_551))])).rejects.toThrow('too large')
    await expect(putEvents([at(-DAY - 1), at(0)])).rejects.toThrow('24 hours')
    await expect(putEvents(Array.from({ length: 10_001 }, () => at(0)))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
    await putEvents([at(0, 'x'.repeat(1_048_550))])
  })

  it('takes the rest when some are too old or too new', async () => {
    const { rejectedLogEventsInfo } = await putEvents([at(0, 'fine'), at(3 * 3_600, 'too new')])
    expect(rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 })
    expect(await putEvents([at(-15 * DAY)])).toMatchObject({
      rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1 },
    })
    await logs.putRetentionPolicy({ logGroupName, retentionInDays: 1 })
    expect(await putEvents([at(-2 * DAY)])).toMatchObject({
      rejectedLogEventsInfo: { expiredLogEventEndIndex: 1 },
    })
    expect(messages(await get())).toEqual(['fine'])
  })
})

describe('GetLogEvents', () => {
  it('reads forward from the head, and gives the same token back at the end', async () => {
    write(logStreamName, 'a', 'b', 'c')
    const first = await get({ startFromHead: true, limit: 2 })
    expect(messages(first)).toEqual(['a', 'b'])
    const second = await get({ startFromHead: true, nextToken: first.nextForwardToken })
    expect(messages(second)).toEqual(['c'])
    const end = await get({ startFromHead: true, nextToken: second.nextForwardToken })
    expect(end).toMatchObject({ events: [], nextForwardToken: second.nextForwardToken })

    clock.advance(1)
    write(logStreamName, 'd')
    expect(messages(await get({ startFromHead: true, nextToken: end.nextForwardToken }))).toEqual(['d'])
  })

  it('begins with the latest otherwise, and reads backward', async () => {
    write(logStreamName, 'a', 'b', 'c')
    const last = await get({ limit: 2 })
    expect(messages(last)).toEqual(['b', 'c'])
    const back = await get({ nextToken: last.nextBackwardToken })
    expect(messages(back)).toEqual(['a'])
    expect(await get({ nextToken: back.nextBackwardToken })).toMatchObject({
      events: [],
      nextBackwardToken: back.nextBackwardToken,
    })
  })

  it('can be followed from the end of an empty stream', async () => {
    await logs.createLogStream({ logGroupName, logStreamName })
    const empty = await get()
    write(logStreamName, 'a')
    expect(messages(await get({ nextToken: empty.nextForwardToken, startFromHead: true }))).toEqual(['a'])
  })

  it('wants startFromHead with a forward token', async () => {
    write(logStreamName, 'a')
    const { nextForwardToken } = await get({ startFromHead: true })
    await expect(get({ nextToken: nextForwardToken })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
    await expect(get({ nextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  it('leaves out the end of the time range', async () => {
    write(logStreamName, 'a', 'b', 'c')
    expect(messages(await get({ startTime: clock.now() + 1, endTime: clock.now() + 2 }))).toEqual(['b'])
  })

  it('fits a page into a megabyte', async () => {
    write(logStreamName, ...['a', 'b', 'c'].map((letter) => letter.repeat(400_000)))
    expect(messages(await get({ startFromHead: true }))?.map((text) => text?.[0])).toEqual(['a', 'b'])
    expect(messages(await get())?.map((text) => text?.[0])).toEqual(['b', 'c'])
  })
})

describe('FilterLogEvents', () => {
  beforeEach(() => {
    write('web/main/1', 'w1', 'w2', 'w3')
    write('worker/main/1', 'k1', 'k2', 'k3')
  })

  it('puts the events of all streams into the order of time', async () => {
    expect(messages(await filter())).toEqual(['w1', 'k1', 'w2', 'k2', 'w3', 'k3'])
  })

  it('searches by prefix or names of streams, not both', async () => {
    expect(messages(await filter({ logStreamNamePrefix: 'web/' }))).toEqual(['w1', 'w2', 'w3'])
    expect(messages(await filter({ logStreamNames: ['worker/main/1'] }))).toEqual(['k1', 'k2', 'k3'])
    await expect(filter({ logStreamNamePrefix: 'a', logStreamNames: ['b'] })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  it('includes the end of the time range, and ends without a token', async () => {
    const found = await filter({ startTime: clock.now() + 1, endTime: clock.now() + 1 })
    expect(messages(found)).toEqual(['w2', 'k2'])
    expect(found.nextToken).toBeUndefined()
  })

  it('gives every event its own id, and pages without loss', async () => {
    const first = await filter({ limit: 4 })
    const second = await filter({ limit: 4, nextToken: first.nextToken })
    expect(messages(second)).toEqual(['w3', 'k3'])
    expect(second.nextToken).toBeUndefined()
    const ids = [...first.events!, ...second.events!].map(({ eventId }) => eventId)
    expect(new Set(ids).size).toBe(6)
  })
})

describe('the trouble that a test can ask for', () => {
  it('shows events only after a delay', async () => {
    fake.logs.delay = 5
    write(logStreamName, 'a')
    expect(messages(await get())).toEqual([])
    expect(messages(await filter())).toEqual([])
    clock.advance(5)
    expect(messages(await get())).toEqual(['a'])
  })

  it('answers with small and with empty pages, behind which there is more', async () => {
    fake.logs.sparse = true
    fake.logs.pageSize = 1
    write(logStreamName, 'a', 'b')
    const pages: (string | undefined)[][] = []
    let nextToken: string | undefined
    do {
      const found = await filter({ nextToken })
      pages.push(messages(found) ?? [])
      nextToken = found.nextToken
    } while (nextToken !== undefined)
    expect(pages).toEqual([[], ['a'], [], ['b']])

    const read: (string | undefined)[] = []
    let before: string | undefined
    let token: string | undefined
    do {
      before = token
      const found = await get({ startFromHead: true, nextToken: token })
      read.push(...(messages(found) ?? []))
      token = found.nextForwardToken
    } while (token !== before)
    expect(read).toEqual(['a', 'b'])
  })
})
