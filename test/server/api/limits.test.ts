import { once } from 'node:events'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'

import { expect, test } from 'vitest'

import { readBody } from '../../../src/server/api/body.ts'
import { sendEvents, type StreamedEvent } from '../../../src/server/api/events.ts'
import { limitStreams, STREAMS } from '../../../src/server/api/limits.ts'
import type { Identity } from '../../../src/server/identity.ts'
import { serveAs } from './doors.ts'

const ADA: Identity = { id: 'a1', name: 'ada', scope: 'read', app: 'shop' }

/** Waits until nobody reads any more. */
async function* silent(signal: AbortSignal): AsyncGenerator<StreamedEvent<unknown>> {
  await once(signal, 'abort')
  yield* []
}

test('a token has so many streams open and no more; one that is closed makes room', async () => {
  const url = await serveAs(ADA, (app) =>
    app.get('/', limitStreams(), (_request, response) => sendEvents(response, silent)),
  )
  const watchers = Array.from({ length: STREAMS }, () => new AbortController())
  const open = await Promise.all(watchers.map(({ signal }) => fetch(url, { signal })))
  expect(new Set(open.map(({ status }) => status))).toEqual(new Set([200]))
  const refused = await fetch(url)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
  expect(await refused.json()).toMatchObject({ error: { hint: 'close those that nobody reads' } })
  watchers[0]!.abort()
  await expect
    .poll(async () => {
      const { status, body } = await fetch(url)
      await body?.cancel()
      return status
    })
    .toBe(200)
  for (const each of watchers) each.abort()
})

test('a reader that is slow gets all of it, and leaves nothing behind at each pause', async () => {
  const listeners: number[] = []
  const large = 'x'.repeat(256 * 1024)
  const url = await serveAs(ADA, (app) =>
    app.get('/', (_request, response) =>
      sendEvents(response, async function* () {
        for (let sent = 0; sent < 40; sent += 1) {
          listeners.push(response.listenerCount('close'))
          yield { id: null, data: large }
        }
      }),
    ),
  )
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write('GET / HTTP/1.0\r\n\r\n')
  await expect.poll(() => listeners.length).toBeGreaterThan(0)
  expect((await text(socket)).match(/^data: /gm)).toHaveLength(40)
  expect(new Set(listeners).size).toBe(1)
})

test('a body that does not come to its end is not waited for', async () => {
  const url = await serveAs(ADA, (app) =>
    app.post('/', readBody(50), (request, response) => void response.json(request.body)),
  )
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{')
  expect(await text(socket)).toMatch(
    /^HTTP\/1\.1 408 .*connection: close.*the body took longer than 0\.05 s/is,
  )
  const quick = await fetch(url, {
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
  })
  expect(await quick.json()).toEqual({ a: 1 })
})
