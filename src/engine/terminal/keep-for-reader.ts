import type { Readable } from 'node:stream'

/** Node throws away what a process has written when that has ended and nobody listens yet: now somebody does. */
export function keepForReader(stream: Readable): void {
  stream.on('readable', () => {})
}
