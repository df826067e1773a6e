import type { LogLine } from '../logs.ts'
import { noteLine } from './log-line.ts'

/** How much waits for a reader, in characters; a line counts its text and something for itself. */
const LARGEST_QUEUE = 1024 * 1024
const LINE_COST = 100

/**
 * Lines on their way to one reader. One that is too slow loses lines and is told how many, once it has had what was
 * waiting for it.
 */
export class LogFollower {
  readonly #now: () => Date
  #queue: LogLine[] = []
  #size = 0
  #skipped = 0
  #closed = false
  #wake = (): void => {}

  constructor(now: () => Date) {
    this.#now = now
  }

  push(line: LogLine): void {
    if (this.#skipped > 0 || this.#size > LARGEST_QUEUE) {
      this.#skipped += 1
      return
    }
    this.#queue.push(line)
    this.#size += costOf(line)
    this.#wake()
  }

  /** Ends the lines when those that wait are delivered. */
  close(): void {
    this.#closed = true
    this.#wake()
  }

  async *lines(signal: AbortSignal): AsyncGenerator<LogLine> {
    const wake = (): void => this.#wake()
    signal.addEventListener('abort', wake)
    try {
      while (!signal.aborted) {
        const batch = this.#queue.splice(0)
        for (const line of batch) {
          this.#size -= costOf(line)
          yield line
          if (signal.aborted) return
        }
        if (this.#queue.length > 0) continue
        if (this.#skipped > 0) yield this.#notice()
        else if (this.#closed) return
        else await new Promise<void>((resolve) => (this.#wake = resolve))
      }
    } finally {
      signal.removeEventListener('abort', wake)
    }
  }

  #notice(): LogLine {
    const skipped = this.#skipped
    this.#skipped = 0
    return noteLine(this.#now(), `${skipped} lines skipped: this reader is too slow; the log has them`)
  }
}

function costOf(line: LogLine): number {
  return line.text.length + LINE_COST
}
