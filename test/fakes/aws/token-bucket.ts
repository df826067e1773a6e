export interface Rate {
  /** Calls that may come at once. */
  burst: number
  /** Calls a second that may come after those. */
  perSecond: number
}

/** How AWS throttles: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html */
export class TokenBucket {
  readonly #rate: Rate
  #tokens: number
  #filled: number | null = null

  constructor(rate: Rate) {
    this.#rate = rate
    this.#tokens = rate.burst
  }

  /** Whether a call at this time, in milliseconds, is let through. */
  take(now: number): boolean {
    const { burst, perSecond } = this.#rate
    const since = now - (this.#filled ?? now)
    this.#tokens = Math.min(burst, this.#tokens + (since / 1_000) * perSecond)
    this.#filled = now
    if (this.#tokens < 1) return false
    this.#tokens--
    return true
  }
}
