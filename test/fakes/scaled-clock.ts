import { setTimeout as delay } from 'node:timers/promises'

import type { Clock } from '../../src/app/clock.ts'

/** A clock that starts with the real one and runs so many times as fast. Who sleeps by it does not keep the process alive. */
export class ScaledClock implements Clock {
  readonly #speed: number
  readonly #started = Date.now()

  constructor(speed: number) {
    this.#speed = speed
  }

  now(): number {
    return this.#started + (Date.now() - this.#started) * this.#speed
  }

  async sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    const options = { ref: false, ...(signal !== undefined && { signal }) }
    await delay((seconds * 1_000) / this.#speed, undefined, options).catch(() => {})
  }
}
