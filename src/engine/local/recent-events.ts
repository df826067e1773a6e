import { isoNow, type Clock } from '../../app/clock.ts'
import { LATEST_EVENTS, type ProcessEvent } from '../running.ts'

/** What happened to a process lately. In memory: it begins anew with the server, as the instances do. */
export class RecentEvents {
  readonly #clock: Clock
  #events: readonly ProcessEvent[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  add(text: string): void {
    this.#events = [{ at: isoNow(this.#clock), text }, ...this.#events].slice(0, LATEST_EVENTS)
  }

  /** Newest first. */
  list(): ProcessEvent[] {
    return [...this.#events]
  }
}
