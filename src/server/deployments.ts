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
import { EventLog } from './event-log.ts'

export interface StartedDeployment {
  deployment: Deployment
  result: Promise<DeployResult>
}

/** Deployments as the server runs them: each on its own, whoever watches or goes away. */
export class Deployments {
  readonly #engine: Engine
  readonly #clock: Clock
  readonly #events: EventLog
  readonly #running = new Map<string, { abort: AbortController; result: Promise<DeployResult> }>()
  readonly #onBug: (error: unknown) => void
  readonly #closing = new AbortController()
  readonly #recoveries: Promise<unknown>[] = []
  readonly #mayBegin: (app: AppId) => void
  readonly #onEnd: (app: AppId) => unknown

  /**
   * `mayBegin` is asked before one is opened and throws when the app has gone meanwhile; `onEnd` is told when one has
   * ended, whatever its outcome.
   */
  constructor(
    engine: Engine,
    db: Database,
    clock: Clock,
    {
      onBug,
      mayBegin,
      onEnd,
    }: {
      onBug: (error: unknown) => void
      mayBegin: (app: AppId) => void
      onEnd: (app: AppId) => unknown
    },
  ) {
    this.#mayBegin = mayBegin
    this.#onEnd = onEnd
    this.#engine = engine
    this.#clock = clock
    this.#events = new EventLog(db)
    this.#onBug = onBug
  }

  async start(
    app: AppId,
    entry: NewDeployment,
    request: (deployment: Deployment) => Promise<Omit<DeployRequest, 'app' | 'deployment'>>,
  ): Promise<StartedDeployment> {
    if (this.#closing.signal.aborted) throw new CancelledError('the server stops')
    this.#mayBegin(app)
    const deployment = await this.#engine.ledger.open(app, entry)
    const { number } = deployment
    this.#events.open(app, number)
    const abort = new AbortController()
    const result = (async (): Promise<DeployResult> => {
      try {
        return await deploy(
          this.#engine,
          { app, deployment, ...(await request(deployment)) },
          {
            signal: abort.signal,
            clock: this.#clock,
            emit: (event) => this.#events.append(app, number, event),
            onBug: this.#onBug,
          },
        )
      } catch (error) {
        this.#onBug(error)
        await this.#abandon(app, number, messageOf(error))
        return { outcome: 'failed', release: null, reason: messageOf(error) }
      } finally {
        this.#running.delete(key(app, number))
        this.#onEnd(app)
      }
    })()
    this.#running.set(key(app, number), { abort, result })
    return { deployment, result }
  }

  /** Ends one that could not end itself, for those who watch it. */
  async #abandon(app: AppId, number: number, reason: string): Promise<void> {
    await this.#engine.ledger
      .finish(app, number, { outcome: 'failed', reason, release: null })
      .catch(this.#onBug)
    const at = isoNow(this.#clock)
    const rest = { hint: null, diagnostics: [], release: null, seconds: 0 }
    this.#events.append(app, number, { at, type: 'deployment.finished', outcome: 'failed', reason, ...rest })
  }

  get(app: AppId, number: number): Promise<Deployment> {
    return findDeployment(this.#engine.ledger, app, number)
  }

  events(app: AppId, number: number, follow: boolean, signal: AbortSignal): AsyncIterable<DeployEvent> {
    return this.#events.read(app, number, follow, signal)
  }

  async cancel(app: AppId, number: number): Promise<void> {
    const deployment = await this.get(app, number)
    const running = this.#running.get(key(app, number))
    if (running === undefined) {
      throw new UserError(`deployment #${number} has ended already: ${deployment.status}`)
    }
    running.abort.abort()
  }

  forgetLogs(app: AppId, kept: number): void {
    this.#events.forget(app, kept)
  }

  /** Whether any deployment of the app waits or works. */
  isBusy(app: AppId): boolean {
    return [...this.#running.keys()].some((each) => each.startsWith(`${app.name}#`))
  }

  /** Ends what the server that died before left unfinished. */
  async recover(app: AppId): Promise<Deployment[]> {
    const emit = ({ number }: Deployment, event: DeployEvent): void => this.#events.append(app, number, event)
    const recovered = recover(this.#engine, app, this.#clock, emit, this.#closing.signal)
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
