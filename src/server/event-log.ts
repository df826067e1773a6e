import type { AppId } from '../app/app.ts'
import type { DeployEvent } from '../deploy/events.ts'
import { fromJson, type Database } from '../store/database.ts'

/** Lines of output are written together, this many milliseconds apart: each on its own would wait for the disk. */
const FLUSH_MS = 40

const RETRY_MS = 2_000

/** How much output of one deployment is kept. What comes after is not stored, and that is said. */
const LONGEST_LOG_BYTES = 20 * 1024 * 1024

/** What is stored of a line beside its text. */
const LINE_COST = 130

/** An event of a deployment and its number there: 1, 2, 3 … */
export interface LogEntry {
  sequence: number
  event: DeployEvent
}

export interface EntryQuery {
  follow: boolean
  /** The number of the last one that is known already. */
  after: number
  signal: AbortSignal
}

interface Tail {
  seq: number
  bytes: number
  pending: DeployEvent[]
  timer: NodeJS.Timeout | null
  wake: PromiseWithResolvers<void>
}

/** The events of all deployments: stored as they come, and followed by any number of readers. */
export class EventLog {
  readonly #db: Database
  readonly #tails = new Map<string, Tail>()

  constructor(db: Database) {
    this.#db = db
  }

  /** From now on a reader that follows waits for what is to come. */
  open(app: AppId, number: number): void {
    this.#tail(app, number)
  }

  /** Whether it has anything of this deployment. */
  has(app: AppId, number: number): boolean {
    return this.#tails.has(key(app, number)) || this.#lastOf(app, number) > 0
  }

  append(app: AppId, number: number, event: DeployEvent): void {
    const tail = this.#tail(app, number)
    const isOutput = event.type === 'task.log' || event.type === 'image.log'
    if (isOutput && tail.bytes > LONGEST_LOG_BYTES) return
    tail.bytes += isOutput ? event.line.length + LINE_COST : 0
    tail.pending.push(event)
    if (isOutput && tail.bytes > LONGEST_LOG_BYTES) {
      tail.pending.push({
        at: event.at,
        type: 'notice',
        text: 'the output is too long: the rest is not kept',
      })
    }
    if (!isOutput) this.#flush(app, number, tail)
    else tail.timer ??= setTimeout(() => this.#flush(app, number, tail), FLUSH_MS)
  }

  #flush(app: AppId, number: number, tail: Tail): void {
    if (tail.timer !== null) clearTimeout(tail.timer)
    tail.timer = null
    const events = tail.pending
    try {
      this.#insert(app, number, tail.seq, events)
    } catch {
      // A full disk must not end the deployment; the next flush tries again.
      tail.timer = setTimeout(() => this.#flush(app, number, tail), RETRY_MS).unref()
      return
    }
    tail.pending = []
    tail.seq += events.length
    const { wake } = tail
    tail.wake = Promise.withResolvers()
    wake.resolve()
    if (events.some((event) => event.type === 'deployment.finished')) this.#tails.delete(key(app, number))
  }

  #insert(app: AppId, number: number, last: number, events: readonly DeployEvent[]): void {
    this.#db.transaction(() => {
      for (const [index, event] of events.entries()) {
        this.#db.run(
          'INSERT INTO deployment_events (app, number, seq, event) VALUES (?, ?, ?, ?)',
          app.name,
          number,
          last + index + 1,
          JSON.stringify(event),
        )
      }
    })
  }

  /** All events from the first on; with `follow` until the deployment has finished or the signal fires. */
  async *read(app: AppId, number: number, follow: boolean, signal: AbortSignal): AsyncIterable<DeployEvent> {
    for await (const { event } of this.entries(app, number, { follow, after: 0, signal })) yield event
  }

  /** The same with their numbers, from the one behind `after` on. */
  async *entries(
    app: AppId,
    number: number,
    { follow, after, signal }: EntryQuery,
  ): AsyncGenerator<LogEntry> {
    let seen = after
    while (!signal.aborted) {
      const wake = this.#tails.get(key(app, number))?.wake.promise
      const rows = this.#db.all(
        'SELECT seq, event FROM deployment_events WHERE app = ? AND number = ? AND seq > ? ORDER BY seq LIMIT 500',
        app.name,
        number,
        seen,
      )
      for (const row of rows) {
        const event = fromJson<DeployEvent>(row['event'])
        seen = Number(row['seq'])
        yield { sequence: seen, event }
        if (event.type === 'deployment.finished') return
      }
      if (rows.length > 0) continue
      if (!follow || wake === undefined) return
      await wokenOr(signal, wake)
    }
  }

  /** Deletes the events of all deployments but the latest. */
  forget(app: AppId, kept: number): void {
    this.#db.run(
      `DELETE FROM deployment_events WHERE app = ? AND number <=
        (SELECT coalesce(max(number), 0) FROM deployment_events WHERE app = ?) - ?`,
      app.name,
      app.name,
      kept,
    )
  }

  #lastOf(app: AppId, number: number): number {
    const row = this.#db.get(
      'SELECT max(seq) AS seq FROM deployment_events WHERE app = ? AND number = ?',
      app.name,
      number,
    )
    return Number(row?.['seq'] ?? 0)
  }

  #tail(app: AppId, number: number): Tail {
    let tail = this.#tails.get(key(app, number))
    if (tail === undefined) {
      tail = {
        seq: this.#lastOf(app, number),
        bytes: 0,
        pending: [],
        timer: null,
        wake: Promise.withResolvers(),
      }
      this.#tails.set(key(app, number), tail)
    }
    return tail
  }
}

async function wokenOr(signal: AbortSignal, wake: Promise<void>): Promise<void> {
  const aborted = Promise.withResolvers<void>()
  const onAbort = (): void => aborted.resolve()
  signal.addEventListener('abort', onAbort)
  await Promise.race([wake, aborted.promise])
  signal.removeEventListener('abort', onAbort)
}

function key(app: AppId, number: number): string {
  return `${app.name}#${number}`
}
