import type { IncomingMessage } from 'node:http'
import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Why a request cannot be read to its end, with the status that says so. */
export class BodyError extends Error {
  readonly status: 400 | 408 | 413

  constructor(status: 400 | 408 | 413, message: string, cause?: unknown) {
    super(message, { cause })
    this.status = status
  }
}

export interface BodyLimits {
  /** Bytes after decompression. */
  size: number
  /** Milliseconds in which at least one byte must come. There is no limit for the whole: a slow push may take hours. */
  idle: number
}

export function isGzip(request: IncomingMessage): boolean {
  return /^(?:x-)?gzip$/i.test(request.headers['content-encoding'] ?? '')
}

/**
 * The body of a request, unpacked where it is gzip. Holds one chunk at a time.
 *
 * @throws BodyError for a body that is too large, too slow, damaged or broken off
 */
export async function* requestBody(request: IncomingMessage, limits: BodyLimits): AsyncGenerator<Buffer> {
  const received = receivedChunks(request, limits.idle)
  let size = 0
  try {
    for await (const chunk of isGzip(request) ? gunzip(received) : received) {
      size += chunk.length
      if (size > limits.size) throw new BodyError(413, `the request is larger than ${limits.size} bytes`)
      yield chunk
    }
  } catch (error) {
    throw error instanceof BodyError ? error : new BodyError(400, 'the request cannot be read', error)
  }
}

async function* receivedChunks(request: IncomingMessage, idle: number): AsyncGenerator<Buffer> {
  // A request that is destroyed takes its connection along, and with it the answer.
  const chunks = request.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>
  for (;;) {
    const tooSlow = Promise.withResolvers<never>()
    const timer = setTimeout(() => tooSlow.reject(new BodyError(408, 'the request stopped coming')), idle)
    const next = chunks.next()
    try {
      const { done, value } = await Promise.race([next, tooSlow.promise])
      if (done) return
      yield value
    } catch (error) {
      next.catch(() => {})
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}

function gunzip(received: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  // What fails on the way is thrown to whoever reads the result.
  return pipeline(Readable.from(received), createGunzip(), () => {})
}
