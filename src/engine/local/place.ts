import { randomBytes } from 'node:crypto'

import { isoNow } from '../../app/clock.ts'
import { messageOf } from '../../app/errors.ts'
import { MAIN } from '../../app/app.ts'
import type { ProcessSpec } from '../../app/spec.ts'
import type { Instance, InstanceState } from '../running.ts'
import type { Child, Exit } from './child.ts'
import { Crew, type Workplaces } from './crew.ts'
import type { InstanceFolders } from './instance-folders.ts'
import { LastLines } from './last-lines.ts'
import { hasRun, Pod, type End } from './pod.ts'
import { followReadiness } from './readiness.ts'
import type { Workplace } from './workplace.ts'

/** Restart back-off in seconds: doubles from the first to the last, begins anew after a life of some length. */
const BACKOFF = { first: 0.5, last: 60, reset: 30 }

export interface Failure {
  instance: string
  reason: string
  exit_code: number | null
  log: string[]
}

/** An instance that runs. */
export interface Occupant {
  id: string
  place: number
  port: number | null
  isUp: boolean
  folders: InstanceFolders
  exited: Promise<Exit>
}

/** What happens in a place. `first` settles once: up, or the first failure before it ever was. */
export interface PlaceEvents {
  started(instance: string): void
  up(instance: string, address: string | null): void
  down(instance: string): void
  /** What the log of the instance says of it. */
  noted(instance: string, text: string): void
  failed(failure: Failure): void
  /** One that was up has ended, or was ended because it did not work any more. */
  lost(instance: string, reason: string): void
}

/**
 * One of the n places of a process. Keeps an instance in it: starts one, watches it, and starts another with growing
 * pauses when it ends or stays unhealthy, until it is stopped.
 */
export class Place {
  readonly number: number
  readonly #work: Workplace
  readonly #spec: ProcessSpec
  readonly #events: PlaceEvents
  readonly #stopping = new AbortController()
  readonly #folders: InstanceFolders
  readonly #crew: Crew
  #ended: Promise<void> = Promise.resolve()
  #pod: Pod | null = null
  #status: Instance
  readonly #lines = new LastLines()
  #failuresInARow = 0

  constructor(number: number, spec: ProcessSpec, work: Workplaces, events: PlaceEvents) {
    this.number = number
    this.#spec = spec
    this.#work = work.main
    this.#events = events
    this.#folders = work.main.folders(`${spec.name}.${number}-${randomBytes(6).toString('hex')}`)
    this.#crew = new Crew({ spec, work, place: number, folders: this.#folders })
    this.#status = this.#newInstance(0, null)
  }

  get status(): Instance {
    return { ...this.#status, pid: this.#main?.pid ?? null }
  }
  get isUp(): boolean {
    return this.#status.state === 'up'
  }
  /** Null between two instances, and before the process itself has been started. */
  get occupant(): Occupant | null {
    const { id, state } = this.#status
    const main = this.#main
    if (main === null || main.exit !== null || state === 'stopping') return null
    const { exited } = main
    return { id, place: this.number, port: this.port, isUp: this.isUp, folders: this.#folders, exited }
  }
  get lastLines(): string[] {
    return this.#lines.list()
  }
  get port(): number | null {
    return this.#crew.port
  }

  /** The process itself, once it has been started in the instance of now. */
  get #main(): Child | null {
    const main = this.#pod?.main ?? null
    return main?.name === this.#status.id ? main : null
  }

  start(): void {
    this.#ended = this.#live()
  }

  /** SIGTERM, the stop timeout, SIGKILL. The place stays empty. */
  async stop(): Promise<void> {
    this.#set('stopping')
    this.#stopping.abort()
    await this.#pod?.stop()
    await this.#ended
    // What cannot be deleted now is deleted when a server starts.
    await this.#folders.remove().catch((error: unknown) => this.#note(messageOf(error)))
  }

  async #live(): Promise<void> {
    const { clock } = this.#work
    while (!this.#stopping.signal.aborted) {
      const began = clock.now()
      const end = await this.#one()
      this.#crew.giveBack()
      if (end === null || this.#stopping.signal.aborted) break
      const lived = (clock.now() - began) / 1_000
      this.#failuresInARow = lived >= BACKOFF.reset ? 1 : this.#failuresInARow + 1
      const pause = Math.min(BACKOFF.first * 2 ** (this.#failuresInARow - 1), BACKOFF.last)
      this.#note(`${end.reason}; next start in ${pause} s`)
      this.#set('backing_off')
      await clock.sleep(pause, this.#stopping.signal)
      this.#status = this.#newInstance(this.#status.restarts + 1, this.#status.last_exit)
    }
    this.#set('exited')
  }

  /** The life of one instance; null when the place was stopped before it began. */
  async #one(): Promise<End | null> {
    this.#lines.clear()
    const { id } = this.#status
    let pod: Pod
    try {
      await this.#crew.prepare()
      if (this.#stopping.signal.aborted) return null
      pod = this.#begin(id)
    } catch (error) {
      const reason = messageOf(error)
      this.#note(reason)
      this.#events.failed({ instance: id, reason, exit_code: null, log: [] })
      return { code: null, signal: null, outOfMemory: false, reason }
    }
    this.#events.started(id)
    const life = new AbortController()
    const answered = await pod.becomesUp()
    const stolen = answered === true && this.port !== null && !this.#work.ownsPort(this.port)
    const up = stolen ? 'another user listens on $PORT' : answered
    const isUp = up === true && !pod.isOver
    let illness: string | null = null
    if (isUp) this.#watch(pod, life.signal, (why) => (illness = why))
    else if (!this.#stopping.signal.aborted) await this.#fail(pod, up === true ? 'ended at once' : up)
    const end = await pod.exited
    life.abort()
    this.#status.last_exit = end.reason
    this.#events.down(id)
    if (isUp && !this.#stopping.signal.aborted) this.#events.lost(id, illness ?? end.reason)
    return end
  }

  #begin(id: string): Pod {
    const members = this.#crew.members(id, (container, stream, text) => this.#line(container, stream, text))
    this.#status.address = this.port === null ? null : `127.0.0.1:${this.port}`
    this.#pod = new Pod(members)
    return this.#pod
  }

  async #fail(pod: Pod, why: string): Promise<void> {
    this.#set('unhealthy')
    // A health check quotes what it was answered.
    const reason = this.#work.redact(why)
    const isAlive = !pod.isOver
    if (isAlive) this.#note(reason)
    const end = await pod.stop()
    if (!isAlive && !hasRun(end)) this.#note(reason)
    const failure = { instance: this.#status.id, reason, exit_code: end.code, log: this.#lines.list() }
    this.#events.failed(failure)
  }

  /** Of one that works: until it does not any more, and whether it is to get requests meanwhile. */
  #watch(pod: Pod, over: AbortSignal, onIll: (why: string) => void): void {
    const monitors = this.#crew.watch(this.#status.id, (container, reason) => {
      const why = `${container === MAIN ? '' : `${container} `}unhealthy: ${reason}`
      onIll(this.#work.redact(why))
      this.#leave(`${why}; replacing it`)
      void pod.stop()
    })
    for (const monitor of monitors) over.addEventListener('abort', () => monitor.stop(), { once: true })
    if (this.#spec.readiness === null) this.#enter()
    else this.#followReadiness(over)
  }

  #followReadiness(over: AbortSignal): void {
    void followReadiness(this.#crew.readiness(this.#status.id), {
      clock: this.#work.clock,
      signal: AbortSignal.any([over, this.#stopping.signal]),
      onReady: () => this.#enter(),
      onNotReady: (reason) => this.#leave(`not ready: ${reason}; it gets no requests until it is`),
    })
  }

  #enter(): void {
    this.#set('up')
    if (this.isUp) this.#events.up(this.#status.id, this.#status.address)
  }

  #leave(why: string): void {
    this.#set('unhealthy')
    this.#note(why)
    this.#events.down(this.#status.id)
  }

  #newInstance(restarts: number, lastExit: string | null): Instance {
    return {
      id: `${this.#spec.name}.${this.number}-${randomBytes(3).toString('hex')}`,
      state: 'starting',
      since: isoNow(this.#work.clock),
      pid: null,
      address: null,
      image: this.#work.imageName,
      restarts,
      last_exit: lastExit,
    }
  }

  #set(state: InstanceState): void {
    if (this.#status.state !== 'stopping' || state === 'exited') this.#status.state = state
  }

  #line(container: string, stream: 'out' | 'err', text: string): void {
    const isMain = container === MAIN
    const beside = isMain ? '' : `/${container}`
    const { id } = this.#status
    const clean = this.#work.log(`${this.#spec.name}${beside}`, `${id}${beside}`, stream, text)
    this.#lines.push(isMain ? clean : `${container}: ${clean}`)
  }

  #note(text: string): void {
    const { id } = this.#status
    this.#events.noted(id, this.#work.log(this.#spec.name, id, 'gantry', text))
  }
}
