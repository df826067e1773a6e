import { once } from 'node:events'

import type { Response } from 'express'

export interface StreamedEvent<T> {
  /** By which a reader that was cut off names it in `Last-Event-ID`; null where a stream cannot be taken up again. */
  id: string | null
  data: T
}

/** A comment now and then tells both ends that the other is there. */
const HEARTBEAT_MS = 15_000

/** Sends a stream of Server-Sent Events; the data of each is JSON. */
export async function sendEvents(
  response: Response,
  source: (signal: AbortSignal) => AsyncIterable<StreamedEvent<unknown>>,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  if (response.closed) gone.abort()
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  const heartbeat = setInterval(() => response.write(':\n\n'), HEARTBEAT_MS)
  try {
    for await (const { id, data } of source(gone.signal)) {
      if (gone.signal.aborted) break
      const named = id === null ? '' : `id: ${id}\n`
      if (!response.write(`${named}data: ${JSON.stringify(data)}\n\n`)) {
        await once(response, 'drain', { signal: gone.signal })
      }
    }
    response.end()
  } catch (error) {
    // Nobody is there to be told.
    if (!gone.signal.aborted) throw error
  } finally {
    clearInterval(heartbeat)
  }
}

/** Events without ids. */
export async function* unnamed<T>(items: AsyncIterable<T>): AsyncGenerator<StreamedEvent<T>> {
  for await (const data of items) yield { id: null, data }
}
