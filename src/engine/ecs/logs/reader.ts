import type { LogLine, LogQuery } from '../../logs.ts'
import type { AppId } from '../../../app/app.ts'
import type { Account } from '../account.ts'
import { Patience } from '../patience.ts'
import { eventsIn, linesOf, type EventQuery, type LogEvent } from './events.ts'
import { pauseFor } from './stream.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** How far back, in milliseconds, one looks for the last lines, step by step: an app that writes much is asked for little. */
const WINDOWS = [MINUTE, 10 * MINUTE, 120 * MINUTE, DAY, 7 * DAY, 30 * DAY]

/** How late, in milliseconds, an event may come into sight after others that are younger. */
const LATENESS = MINUTE

/** The output of an app's instances: its last lines, then what comes, each event once. */
export class LogReader {
  readonly #account: Account
  readonly #app: AppId
  readonly #query: LogQuery
  /** Events from the last minute of what was read, which are found again by the next look: id to time. */
  readonly #seen = new Map<string, number>()
  /** Time of the youngest event. */
  #youngest: number
  /** Milliseconds since the epoch. */
  readonly #since: number
  readonly #patience: Patience

  constructor(account: Account, app: AppId, query: LogQuery) {
    this.#account = account
    this.#app = app
    this.#query = query
    this.#youngest = account.clock.now()
    this.#since = query.since === undefined ? -Infinity : Date.parse(query.since)
    this.#patience = new Patience(account.clock)
  }

  async *lines(): AsyncGenerator<LogLine> {
    yield* await this.#lastLines()
    if (this.#query.follow && this.#query.before === undefined) yield* this.#follow()
  }

  /** Goes back in time until there are enough. */
  async #lastLines(): Promise<LogLine[]> {
    const { lines: wanted, since, before } = this.#query
    const end = before === undefined ? this.#account.clock.now() : Date.parse(before)
    let lines: LogLine[] = []
    let to = before === undefined ? null : end - 1
    // Who says since when looks as far back as that.
    for (const window of since === undefined ? WINDOWS : [...WINDOWS, Infinity]) {
      const from = Math.max(end - window, this.#since)
      if (to !== null && to < from) break
      // Also where no line is wanted: what was written just now must not come as something new.
      lines = [...(await this.#read(from, to)).flatMap(linesOf), ...lines]
      if (lines.length >= wanted || this.#query.signal.aborted) break
      to = from - 1
    }
    return wanted === 0 ? [] : lines.slice(-wanted)
  }

  async *#follow(): AsyncGenerator<LogLine> {
    const { clock } = this.#account
    const { signal } = this.#query
    let last = clock.now()
    while (!signal.aborted) {
      await clock.sleep(pauseFor((clock.now() - last) / 1_000), signal)
      if (signal.aborted) return
      const events = await this.#read(Math.max(this.#youngest - LATENESS, this.#since), null)
      if (events.length > 0) last = clock.now()
      yield* events.flatMap(linesOf)
    }
  }

  /** Events of a span of time that were not read before, in the order of their times. */
  async #read(from: number, to: number | null): Promise<LogEvent[]> {
    const all = await this.#events(from, to)
    const events = all.filter(({ id }) => !this.#seen.has(id)).sort((a, b) => a.time - b.time)
    for (const { id, time } of events) {
      this.#seen.set(id, time)
      this.#youngest = Math.max(this.#youngest, time)
    }
    for (const [id, time] of this.#seen) {
      if (time < this.#youngest - LATENESS) this.#seen.delete(id)
    }
    return events
  }

  async #events(from: number, to: number | null): Promise<LogEvent[]> {
    const { process: component, instance = null, signal } = this.#query
    const query: EventQuery = { app: this.#app, component, instance, from, to, signal }
    while (!signal.aborted) {
      const events = await this.#patience.attempt(
        () => Array.fromAsync(eventsIn(this.#account, query)),
        signal,
      )
      if (events !== null) return events
      await this.#patience.pause(1, signal)
    }
    return []
  }
}
