import { setTimeout as delay } from 'node:timers/promises'

import type { ShellOutput } from '../shell.ts'
import { keepForReader } from '../terminal/keep-for-reader.ts'
import { writeTo } from '../terminal/write-to.ts'
import type { Attach, Pipes, ShellLink } from './shell-link.ts'

/** How long pipes may stay silent that something has open when the child has ended, in ms. */
const QUIET = 500

/** Somebody who reads and writes bytes: every one gets through as it is. */
export class ShellPipes implements ShellLink {
  readonly attach: Attach = { kind: 'pipes' }
  readonly env = {}
  #pipes: Pipes | null = null
  readonly #released = Promise.withResolvers<void>()

  connect(pipes: Pipes | null): void {
    this.#pipes = pipes
    if (pipes === null) return
    keepForReader(pipes.stdout)
    keepForReader(pipes.stderr)
  }

  async *output(): AsyncGenerator<ShellOutput> {
    if (this.#pipes === null) return
    const { stdout, stderr } = this.#pipes
    const sources = { out: chunksOf(stdout), err: chunksOf(stderr) }
    const waiting = new Map((['out', 'err'] as const).map((name) => [name, next(name, sources[name])]))
    while (waiting.size > 0) {
      const silence = this.#released.promise.then(() => delay(QUIET, null))
      const said = await Promise.race([...waiting.values(), silence])
      if (said === null) break
      if (said.bytes === undefined) waiting.delete(said.stream)
      else {
        yield { stream: said.stream, bytes: said.bytes }
        waiting.set(said.stream, next(said.stream, sources[said.stream]))
      }
    }
    this.close()
  }

  async write(bytes: Uint8Array): Promise<void> {
    if (this.#pipes !== null) await writeTo(this.#pipes.stdin, bytes)
  }

  end(): void {
    this.#pipes?.stdin.end()
  }

  resize(): void {}

  release(): void {
    this.#released.resolve()
  }

  close(): void {
    for (const pipe of Object.values(this.#pipes ?? {})) pipe.destroy()
  }
}

type Chunks = AsyncIterator<Buffer>

function chunksOf(stream: AsyncIterable<Buffer>): Chunks {
  return stream[Symbol.asyncIterator]()
}

/** Without bytes at the end, which is also where a pipe was closed from our side. */
async function next(
  stream: 'out' | 'err',
  source: Chunks,
): Promise<{ stream: typeof stream; bytes?: Buffer }> {
  const read = await source.next().catch(() => ({ done: true as const }))
  return read.done ? { stream } : { stream, bytes: read.value }
}
