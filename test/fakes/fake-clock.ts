import type { Clock } from '../../src/app/clock.ts'

interface Sleeper {
  until: number
  wake: () => void
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00Z')
  #sleepers: Sleeper[] = []

  /** Whole milliseconds, as of a real clock. */
  now(): number {
    return Math.floor(this.#now)
  }

  sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve()
      const sleeper = { until: this.#now + seconds * 1_000, wake: resolve }
      this.#sleepers.push(sleeper)
      signal?.addEventListener('abort', () => {
        this.#sleepers = this.#sleepers.filter((each) => each !== sleeper)
        resolve()
      })
    })
  }

  /** Seconds until the next sleeper wakes; null when nobody sleeps. */
  get next(): number | null {
    const until = Math.min(...this.#sleepers.map((each) => each.until))
    return Number.isFinite(until) ? (until - this.#now) / 1_000 : null
  }

  advance(seconds: number): void {
    this.#now += seconds * 1_000
    const due = this.#sleepers.filter((each) => each.until <= this.#now)
    this.#sleepers = this.#sleepers.filter((each) => each.until > this.#now)
    for (const sleeper of due) sleeper.wake()
  }
}
