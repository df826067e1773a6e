import type { ShellOutput } from '../engine/shell.ts'

/** Bytes that may wait for somebody to read them. */
const MOST = 256 * 1024

/** Where frames come from. */
interface Source {
  pause(): void
  resume(): void
}

/** What a command has written and nobody has read. The source waits while it is too much. */
export class OutputQueue implements AsyncIterable<ShellOutput> {
  readonly #source: Source
  readonly #queue: ShellOutput[] = []
  #bytes = 0
  #ended = false
  #wake: () => void = () => {}

  constructor(source: Source) {
    this.#source = source
  }

  get isFull(): boolean {
    return this.#bytes > MOST
  }

  push(output: ShellOutput): void {
    this.#queue.push(output)
    this.#bytes += output.bytes.length
    if (this.isFull) this.#source.pause()
    this.#wake()
  }

  end(): void {
    this.#ended = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ShellOutput> {
    for (;;) {
      const output = this.#queue.shift()
      if (output !== undefined) {
        const wasFull = this.isFull
        this.#bytes -= output.bytes.length
        if (wasFull && !this.isFull) this.#source.resume()
        yield output
      } else if (this.#ended) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
