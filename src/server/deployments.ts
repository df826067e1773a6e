import type { AppId } from '../app/app.ts'
import { isoNow, type Clock } from '../app/clock.ts'
import { CancelledError, messageOf, UserError } from '../app/errors.ts'
import { deploy, type DeployRequest, type DeployResult } from '../deploy/deploy.ts'
import type { DeployEvent } from '../deploy/events.ts'
import { findDeployment } from '../deploy/find-deployment.ts'
import { recover } from '../deploy/recover.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deployment, NewDeployment } from '../engine/ledger.ts'
import type { Database } from '../store/database.ts'
import type { AppEngine } from './engines.ts'
import { entriesOf, sinkOf, type EventSink } from './engines-log.ts'
import { EventLog, type EntryQuery, type LogEntry } from './event-log.ts'

export interface StartedDeployment {
  deployment: Deployment
  result: Promise<DeployResult>
}

/** Gives who is told the events of a deployment as they happen. */
type Teller = (app: AppId, number: number) => (event: DeployEvent) => void

/** Deployments as the server runs them: each on its own, whoever watches or goes away. */
export class Deployments {
  readonly #engineOf: (app: AppId) => Promise<AppEngine>
  readonly #clock: Clock
  readonly #events: EventLog
  readonly #running = new Map<string, { abort: AbortController; result: Promise<DeployResult> }>()
  readonly #onBug: (error: unknown) => void
  readonly #closing = new AbortController()
  readonly #recoveries: Promise<unknown>[] = []
  readonly #mayBegin: (app: AppId) => void
  readonly #onEnd: (app: AppId) => unknown
  readonly #teller: Teller

  /**
   * `mayBegin` is asked before one is opened and throws when the app has gone meanwhile; `onEnd` is told when one has
   * ended, whatever its outcome.
   */
  constructor(
    engineOf: (app: AppId) => Promise<AppEngine>,
    db: Database,
    clock: Clock,
    {
      onBug,
      mayBegin,
      onEnd,
      teller = () => () => {},
    }: {
      onBug: (error: unknown) => void
      mayBegin: (app: AppId) => void
      onEnd: (app: AppId) => unknown
      teller?: Teller
    },
  ) {
    this.#mayBegin = mayBegin
    this.#onEnd = onEnd
    this.#teller = teller
    this.#engineOf = engineOf
    this.#clock = clock
    this.#events = new EventLog(db)
    this.#onBug = onBug
  }

  async start(
    app: AppId,
    entry: NewDeployment,
    request: (deployment: Deployment) => Promise<Omit<DeployRequest, 'app' | 'deployment'>>,
  ): Promise<StartedDeployment> {
    this.#checkMayBegin(app)
    const where = await this.#engineOf(app)
    const { engine } = where
    const deployment = await engine.ledger.open(app, entry)
    // To write that down may have taken a while.
    this.#checkMayBegin(app)
    const { number } = deployment
    const sink = sinkOf(this.#events, where, { app, number, clock: this.#clock })
    const tell = this.#teller(app, number)
    const emit = (event: DeployEvent): void => {
      tell(event)
      sink.emit(event)
    }
    const abort = new AbortController()
    const result = (async (): Promise<DeployResult> => {
      try {
        return await deploy(
          engine,
          { app, deployment, ...(await request(deployment)) },
          { signal: abort.signal, clock: this.#clock, onBug: this.#onBug, ...sink, emit },
        )
      } catch (error) {
        this.#onBug(error)
        await this.#abandon(engine, emit, { app, number, reason: messageOf(error) })
        return { outcome: 'failed', release: null, reason: messageOf(error) }
      } finally {
        await sink.close()
        this.#running.delete(key(app, number))
        this.#onEnd(app)
      }
    })()
    this.#running.set(key(app, number), { abort, result })
    return { deployment, result }
  }

  #checkMayBegin(app: AppId): void {
    if (this.#closing.signal.aborted) throw new CancelledError('the server stops')
    this.#mayBegin(app)
  }

  /** Ends one that could not end itself, for those who watch it. */
  async #abandon(
    { ledger }: Engine,
    emit: EventSink['emit'],
    { app, number, reason }: { app: AppId; number: number; reason: string },
  ): Promise<void> {
    await ledger.finish(app, number, { outcome: 'failed', reason, release: null }).catch(this.#onBug)
    const at = isoNow(this.#clock)
    const rest = { hint: null, diagnostics: [], release: null, seconds: 0 }
    emit({ at, type: 'deployment.finished', outcome: 'failed', reason, ...rest })
  }

  async get(app: AppId, number: number): Promise<Deployment> {
    const { engine } = await this.#engineOf(app)
    return findDeployment(engine.ledger, app, number)
  }

  async *events(
    app: AppId,
    number: number,
    follow: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<DeployEvent> {
    for await (const { event } of this.entries(app, number, { follow, after: 0, signal })) yield event
  }

  /** The same with their numbers, from the one behind `after` on. */
  async *entries(app: AppId, number: number, query: EntryQuery): AsyncGenerator<LogEntry> {
    yield* entriesOf(this.#events, await this.#engineOf(app), { app, number }, query)
  }

  /** Also one that another door to the engine carries out: that one sees it when it renews its lock. */
  async cancel(app: AppId, number: number): Promise<void> {
    const { status, finished_at } = await this.get(app, number)
    const running = this.#running.get(key(app, number))
    if (running !== undefined) {
      running.abort.abort()
      return
    }
    const { remote } = await this.#engineOf(app)
    if (remote === null || finished_at !== null) {
      throw new UserError(`deployment #${number} has ended already: ${status}`)
    }
    await remote.cancel(app, number)
  }

  /** Whether this server had begun it before it was started anew. */
  wasCutOff(app: AppId, number: number): boolean {
    return this.#events.has(app, number) && !this.#running.has(key(app, number))
  }

  forgetLogs(app: AppId, kept: number): void {
    this.#events.forget(app, kept)
  }

  /** Whether any deployment of the app waits or works. */
  isBusy(app: AppId): boolean {
    return [...this.#running.keys()].some((each) => each.startsWith(`${app.name}#`))
  }

  /** Ends what the server that died before left unfinished, on an engine that is its alone. */
  async recover(app: AppId): Promise<Deployment[]> {
    const { engine } = await this.#engineOf(app)
    const emit = ({ number }: Deployment, event: DeployEvent): void => this.#events.append(app, number, event)
    const recovered = recover(engine, app, this.#clock, emit, this.#closing.signal)
    this.#recoveries.push(recovered)
    return recovered
  }

  /** Cancels all; none starts any more. */
  async close(): Promise<void> {
    this.#closing.abort()
    const all = [...this.#running.values()]
    for (const { abort } of all) abort.abort()
    await Promise.allSettled([...all.map((each) => each.result), ...this.#recoveries])
  }
}

function key(app: AppId, number: number): string {
  return `${app.name}#${number}`
}
