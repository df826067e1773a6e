import type { Clock } from '../../../app/clock.ts'

/** Spreads calls over time, as a limit of so many at once and so many a second wants it. */
export class Pace {
  readonly #clock: Clock
  readonly #ahead: number
  readonly #interval: number
  /** When, in ms, the calls so far would have been made had none been let through early. */
  #due = 0

  constructor(clock: Clock, { burst, perSecond }: { burst: number; perSecond: number }) {
    this.#clock = clock
    this.#interval = 1_000 / perSecond
    this.#ahead = (burst - 1) * this.#interval
  }

  /** Takes a turn if one is free at once. */
  tryTurn(): boolean {
    const now = this.#clock.now()
    const due = Math.max(this.#due, now)
    if (due - this.#ahead > now) return false
    this.#due = due + this.#interval
    return true
  }

  /** Resolves when the next call may be made, or as soon as the signal fires. */
  async turn(signal?: AbortSignal): Promise<void> {
    const now = this.#clock.now()
    const due = Math.max(this.#due, now)
    this.#due = due + this.#interval
    const wait = due - this.#ahead - now
    if (wait > 0) await this.#clock.sleep(wait / 1_000, signal)
  }
}
