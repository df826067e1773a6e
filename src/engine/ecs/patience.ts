import type { Clock } from '../../app/clock.ts'
import { isBusy, isThrottle } from './aws-error.ts'

/** How long, in seconds, a service may be broken or out of reach before whoever waits gives up. */
const LONGEST_TROUBLE = 300

const MOST_STRETCHED = 16

/**
 * For one that waits for something: refused calls make it wait longer between looks, and do not end its wait. Being
 * throttled never does; a service that is broken or out of reach does after five minutes.
 */
export class Patience {
  readonly #clock: Clock
  #stretch = 1
  #troubleSince: number | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Null when the call is to be made again later, or when the signal has fired; rejects when that has no sense. */
  async attempt<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T | null> {
    try {
      const answer = await call()
      this.#stretch = 1
      this.#troubleSince = null
      return answer
    } catch (error) {
      if (signal?.aborted) return null
      if (!isThrottle(error)) this.#trouble(error)
      this.#stretch = Math.min(this.#stretch * 2, MOST_STRETCHED)
      return null
    }
  }

  /** Sleeps so many seconds, and longer when calls were refused. */
  async pause(seconds: number, signal?: AbortSignal): Promise<void> {
    await this.#clock.sleep(seconds * this.#stretch, signal)
  }

  #trouble(error: unknown): void {
    this.#troubleSince ??= this.#clock.now()
    const seconds = (this.#clock.now() - this.#troubleSince) / 1_000
    if (!isBusy(error) || seconds > LONGEST_TROUBLE) throw error
  }
}
