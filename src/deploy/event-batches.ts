import type { AppId } from '../app/app.ts'
import type { Clock } from '../app/clock.ts'
import type { DeployEvent } from './events.ts'
import type { DeploymentLog } from './remote.ts'

/** Seconds between two writes: each is a call. */
const PAUSE = 2

/** Stores events as they come, many at a time. What cannot be stored is told once and fails nothing. */
export class EventBatches {
  readonly #log: DeploymentLog
  readonly #app: AppId
  readonly #clock: Clock
  readonly #onFailure: (error: unknown) => void
  readonly #closing = new AbortController()
  /** Lines that are to be written, by the number of their deployment. */
  #waiting = new Map<number, string[]>()
  #isScheduled = false
  #hasFailed = false
  #written: Promise<void> = Promise.resolve()

  constructor(log: DeploymentLog, app: AppId, clock: Clock, onFailure: (error: unknown) => void) {
    this.#log = log
    this.#app = app
    this.#clock = clock
    this.#onFailure = onFailure
  }

  add(number: number, event: DeployEvent): void {
    const lines = this.#waiting.get(number) ?? []
    this.#waiting.set(number, lines)
    lines.push(JSON.stringify(event))
    if (this.#isScheduled) return
    this.#isScheduled = true
    this.#written = this.#write(this.#written)
  }

  /** Resolves when all is written that could be. */
  async close(): Promise<void> {
    this.#closing.abort()
    await this.#written
  }

  async #write(before: Promise<void>): Promise<void> {
    await before
    await this.#clock.sleep(PAUSE, this.#closing.signal)
    const waiting = this.#waiting
    this.#waiting = new Map()
    this.#isScheduled = false
    for (const [number, lines] of waiting) {
      try {
        await this.#log.append(this.#app, number, lines)
      } catch (error) {
        if (!this.#hasFailed) this.#onFailure(error)
        this.#hasFailed = true
      }
    }
  }
}
