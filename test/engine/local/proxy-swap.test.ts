import { once } from 'node:events'
import { Agent, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'

import {
  ask,
  begin,
  capitals,
  startApp,
  startFront,
  type App,
  type Answer,
  type Front,
} from './proxy-setup.ts'

const SWAPS = 10

let front: Front
let current: App[] = []

beforeEach(async () => {
  front = await startFront()
  current = await startVersion('v0')
  front.serve(...current)
})
afterEach(async () => {
  await Promise.all([front.close(), ...current.map((app) => app.kill())])
})

function startVersion(version: string): Promise<App[]> {
  const handler = (req: IncomingMessage, res: ServerResponse): void => {
    if (req.url === '/events')
      res.writeHead(200, { 'content-type': 'text/event-stream' }).write(`data: ${version}\n\n`)
    else if (req.url === '/slow') void slowly(res)
    else if (req.url === '/late') setTimeout(() => res.end('late'), 60)
    else void text(req).then((body) => res.end(body === '' ? 'empty' : body))
  }
  return Promise.all([startApp(handler, capitals), startApp(handler, capitals)])
}

async function slowly(res: ServerResponse): Promise<void> {
  for (let part = 0; part < 5; part++) {
    res.write(`${part} `)
    await delay(15)
  }
  res.end('end')
}

/** A rolling update as the engine does it: new instances, switch, drain, kill. */
async function swap(version: string): Promise<void> {
  const old = current
  current = await startVersion(version)
  front.serve(...current)
  await Promise.all(
    old.map(async (app) => {
      await front.router.drain(app.instance, { timeout: 10_000 })
      await app.kill()
    }),
  )
}

const BODY = 'x'.repeat(50_000)
const KINDS: { options: Parameters<typeof ask>[1]; body: string }[] = [
  { options: { path: '/' }, body: 'empty' },
  { options: { path: '/late' }, body: 'late' },
  { options: { path: '/slow' }, body: '0 1 2 3 4 end' },
  { options: { path: '/', method: 'POST', body: BODY }, body: BODY },
  {
    options: { path: '/', method: 'PUT', body: BODY, headers: { 'transfer-encoding': 'chunked' } },
    body: BODY,
  },
]

it('loses no request while instances are swapped under load', { timeout: 60_000 }, async () => {
  const failures: unknown[] = []
  let served = 0
  const stop = new AbortController()
  async function client(number: number): Promise<void> {
    // Half of the clients keep their connection.
    const agent = new Agent({ keepAlive: number % 2 === 0, maxSockets: 1 })
    for (let n = number; !stop.signal.aborted; n++) {
      const { options, body } = KINDS[n % KINDS.length]!
      const answer = await ask(front.port, { ...options, agent }).catch((error: unknown) => error)
      const { status, body: got } = answer as Answer
      if (status === 200 && got === body) served += 1
      else failures.push(answer)
    }
    agent.destroy()
  }
  const clients = Array.from({ length: 8 }, (_, number) => client(number))
  for (let n = 1; n <= SWAPS; n++) {
    const before = served
    await swap(`v${n}`)
    // Each version gets its share of the load.
    await expect.poll(() => served - before, { interval: 10, timeout: 10_000 }).toBeGreaterThan(40)
  }
  stop.abort()
  await Promise.all(clients)
  expect(failures).toEqual([])
  expect(served).toBeGreaterThan(SWAPS * 40)
})

it('swaps without waiting for streams, whose clients find the new instances at once', async () => {
  for (let n = 1; n <= 3; n++) {
    const events = await begin(front.port, { path: '/events' })
    expect(String((await once(events, 'data'))[0])).toBe(`data: v${n - 1}\n\n`)
    const socket = new WebSocket(`ws://127.0.0.1:${front.port}/`)
    await once(socket, 'open')
    const ended = new Promise((resolve) => events.on('error', resolve))
    const over = Promise.all([once(socket, 'close'), ended])
    const began = performance.now()
    await swap(`v${n}`)
    expect(performance.now() - began).toBeLessThan(5_000)
    await over
  }
})

it('waits for a request that an old instance has begun', async () => {
  const answer = ask(front.port, { path: '/slow' })
  await expect
    .poll(() => current.some((app) => front.router.inFlight(app.instance).requests === 1), { interval: 1 })
    .toBe(true)
  await swap('v1')
  expect(await answer).toMatchObject({ status: 200, body: '0 1 2 3 4 end' })
})
