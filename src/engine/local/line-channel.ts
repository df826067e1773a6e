/** How many lines wait for a reader that is slow or absent; the log store has them all. */
const LONGEST_QUEUE = 10_000

/** Lines from one that pushes to one that iterates. */
export class LineChannel implements AsyncIterable<string> {
  readonly #queue: string[] = []
  #dropped = 0
  #closed = false
  #wake: () => void = () => {}

  push(line: string): void {
    if (this.#queue.length >= LONGEST_QUEUE) {
      this.#queue.shift()
      this.#dropped += 1
    }
    this.#queue.push(line)
    this.#wake()
  }

  close(): void {
    this.#closed = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncIterator<string> {
    while (true) {
      if (this.#dropped > 0) {
        yield `(${this.#dropped} lines are only in the log)`
        this.#dropped = 0
      }
      const line = this.#queue.shift()
      if (line !== undefined) yield line
      else if (this.#closed) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}
