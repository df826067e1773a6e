import { once } from 'node:events'
import type { Writable } from 'node:stream'

/** Writes and waits until there is room for more. What has been closed takes everything and keeps nothing. */
export async function writeTo(stream: Writable, bytes: Uint8Array): Promise<void> {
  if (!stream.writable || stream.write(bytes)) return
  const done = new AbortController()
  const { signal } = done
  await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]).catch(() => {})
  done.abort()
}
