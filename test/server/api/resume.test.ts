import { once } from 'node:events'

import { afterAll, beforeAll, expect, test } from 'vitest'

import type { LogLine } from '../../../src/engine/logs.ts'
import { shop } from '../../e2e/apps.ts'
import { World } from '../../e2e/world.ts'
import { call, eventsIn, open } from './call.ts'

/** Many lines in the same millisecond, and more as long as it runs. */
const COUNTER = `
let count = 0
const write = (times) => { for (let each = 0; each < times; each += 1) console.log(String((count += 1))) }
write(200)
setInterval(() => write(20), 20)
`

let world: World
beforeAll(async () => {
  world = await World.create()
  const checkout = await world.createApp('shop')
  const files = { ...shop('1'), 'worker.mjs': COUNTER }
  expect((await checkout.deploy(files)).ok).toBe(true)
})
afterAll(() => world[Symbol.asyncDispose]())

type Event = ReturnType<typeof eventsIn>[number]

/** The first so many events of a stream that goes on; then the connection breaks. */
async function take(path: string, count: number, lastId: string | null): Promise<Event[]> {
  const response = await open(world, { path, headers: lastId === null ? {} : { 'last-event-id': lastId } })
  expect(response.statusCode).toBe(200)
  let text = ''
  for await (const chunk of response.setEncoding('utf8')) {
    text += chunk as string
    if (eventsIn(text.slice(0, text.lastIndexOf('\n\n'))).length >= count) break
  }
  const closed = once(response, 'close')
  response.destroy()
  await closed
  return eventsIn(text.slice(0, text.lastIndexOf('\n\n'))).slice(0, count)
}

/** The same stream, which breaks again and again and is taken up each time. */
async function inPieces(path: string, sizes: readonly number[]): Promise<Event[]> {
  const all: Event[] = []
  for (const size of sizes) all.push(...(await take(path, size, all.at(-1)?.id ?? null)))
  return all
}

test('what happened in a deployment goes on behind the last event', async () => {
  const path = '/apps/shop/deployments/1/events?follow=true'
  const whole = eventsIn((await call(world, { path })).text)
  expect(whole.map(({ id }) => id)).toEqual(whole.map((_, index) => String(index + 1)))
  const rest = await call(world, { path, headers: { 'last-event-id': '3' } })
  expect(eventsIn(rest.text)).toEqual(whole.slice(3))
  const none = await call(world, { path, headers: { 'last-event-id': String(whole.length) } })
  expect([none.status, none.text]).toEqual([200, ''])
})

test('logs have no gap and nothing twice, however often the connection breaks', async () => {
  const events = await inPieces('/apps/shop/logs?process=worker&follow=true&lines=5', [60, 7, 150, 1, 90])
  const counts = events.map(({ data }) => Number((data as LogLine).text))
  expect(counts).toEqual(counts.map((_, index) => counts[0]! + index))
  expect(counts).toHaveLength(308)
})

test('the log of a run is taken up as well', async () => {
  const { id } = await world.api<{ id: string }>('POST', '/apps/shop/tasks', { command: 'seq 1 500' })
  const events = await inPieces(`/apps/shop/tasks/${id}/logs?follow=true`, [10, 200, 291])
  const [started, ...written] = events.map(({ data }) => (data as LogLine).text)
  expect(started).toBe('started by owner')
  expect(written).toEqual(Array.from({ length: 500 }, (_, index) => String(index + 1)))
})

test('an id of another stream is refused', async () => {
  const headers = { 'last-event-id': 'of something else' }
  for (const path of ['/apps/shop/logs', '/apps/shop/deployments/1/events']) {
    const { status, text } = await call(world, { path, headers })
    expect([status, text]).toEqual([400, expect.stringContaining('not of this stream')])
  }
})
