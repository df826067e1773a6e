import { randomBytes } from 'node:crypto'

import { isoNow } from '../../app/clock.ts'
import { messageOf } from '../../app/errors.ts'
import type { ProcessSpec } from '../../app/spec.ts'
import type { Instance, InstanceState } from '../engine.ts'
import { showExit, type Child, type Exit } from './child.ts'
import type { Workplace } from './workplace.ts'
import { becomesUp, type Probing } from './readiness.ts'
import { HealthMonitor, probe } from './health.ts'
import { LastLines } from './last-lines.ts'

/** Restart back-off in seconds: doubles from the first to the last, begins anew after a life of some length. */
const BACKOFF = { first: 0.5, last: 60, reset: 30 }

export interface Failure {
  instance: string
  reason: string
  exit_code: number | null
  log: string[]
}

/** What happens in a place. `first` settles once: up, or the first failure before it ever was. */
export interface PlaceEvents {
  started(instance: string): void
  up(instance: string, address: string | null): void
  down(instance: string): void
  /** What the log of the instance says of it. */
  noted(instance: string, text: string): void
  failed(failure: Failure): void
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
  #ended: Promise<void> = Promise.resolve()
  #child: Child | null = null
  #status: Instance
  #port: number | null = null
  readonly #lines = new LastLines()
  #failuresInARow = 0

  constructor(number: number, spec: ProcessSpec, work: Workplace, events: PlaceEvents) {
    this.number = number
    this.#spec = spec
    this.#work = work
    this.#events = events
    this.#status = this.#newInstance(0, null)
  }

  get status(): Instance {
    return { ...this.#status }
  }
  get isUp(): boolean {
    return this.#status.state === 'up'
  }
  get lastLines(): string[] {
    return this.#lines.list()
  }
  get port(): number | null {
    return this.#port
  }

  start(): void {
    this.#ended = this.#live()
  }

  /** SIGTERM, the stop timeout, SIGKILL. The place stays empty. */
  async stop(): Promise<void> {
    this.#set('stopping')
    this.#stopping.abort()
    await this.#child?.stop(this.#spec.stop_timeout)
    await this.#ended
  }

  async #live(): Promise<void> {
    const { clock } = this.#work
    while (!this.#stopping.signal.aborted) {
      const began = clock.now()
      const exit = await this.#one()
      if (this.#port !== null) this.#work.giveBackPort(this.#port)
      this.#port = null
      if (exit === null || this.#stopping.signal.aborted) break
      const lived = (clock.now() - began) / 1_000
      this.#failuresInARow = lived >= BACKOFF.reset ? 1 : this.#failuresInARow + 1
      const pause = Math.min(BACKOFF.first * 2 ** (this.#failuresInARow - 1), BACKOFF.last)
      this.#note(`${showExit(exit)}; next start in ${pause} s`)
      this.#set('backing_off')
      await clock.sleep(pause, this.#stopping.signal)
      this.#status = this.#newInstance(this.#status.restarts + 1, this.#status.last_exit)
    }
    this.#set('exited')
  }

  /** The life of one instance; null when the place was stopped before it began. */
  async #one(): Promise<Exit | null> {
    this.#lines.clear()
    const { id } = this.#status
    let child: Child
    try {
      this.#port = await this.#work.takePort(this.#spec)
      if (this.#stopping.signal.aborted) return null
      child = this.#spawn(id)
    } catch (error) {
      const reason = messageOf(error)
      this.#note(reason)
      this.#events.failed({ instance: id, reason, exit_code: null, log: [] })
      return { code: null, signal: null, outOfMemory: false }
    }
    const port = this.#port
    this.#events.started(id)
    const life = new AbortController()
    const signal = AbortSignal.any([life.signal, this.#stopping.signal])
    const probing = this.#work.probing(this.#spec, { name: id, place: this.number, port })
    const answered = await Promise.race([
      child.exited.then((exit) => `${showExit(exit)} before it was up`),
      becomesUp(this.#spec.rollout, probing, this.#work.clock, signal),
    ])
    const stolen = answered === true && port !== null && !this.#work.ownsPort(port)
    const up = stolen ? 'another user listens on $PORT' : answered
    let monitor: HealthMonitor | null = null
    if (up === true && child.exit === null) {
      this.#set('up')
      this.#events.up(id, this.#status.address)
      monitor = this.#monitor(child, probing)
    } else if (!this.#stopping.signal.aborted) {
      this.#set('unhealthy')
      // A health check quotes what it was answered.
      const reason = up === true ? 'ended at once' : this.#work.redact(up)
      if (child.exit === null) {
        this.#note(reason)
        await child.stop(this.#spec.stop_timeout)
      }
      const exit = await child.exited
      this.#events.failed({ instance: id, reason, exit_code: exit.code, log: this.#lines.list() })
    }
    const exit = await child.exited
    life.abort()
    monitor?.stop()
    this.#status.last_exit = showExit(exit)
    this.#events.down(id)
    return exit
  }

  #spawn(id: string): Child {
    const child = this.#work.spawn(this.#spec, {
      name: id,
      place: this.number,
      port: this.#port,
      onLine: (stream, text) => this.#line(stream, text),
    })
    this.#child = child
    this.#status.pid = child.pid
    this.#status.address = this.#port === null ? null : `127.0.0.1:${this.#port}`
    return child
  }

  #monitor(child: Child, { check, target }: Probing): HealthMonitor | null {
    if (check === null) return null
    return new HealthMonitor({
      check,
      probe: (signal) => probe(check, target, signal),
      clock: this.#work.clock,
      onUnhealthy: (reason) => {
        this.#set('unhealthy')
        this.#note(`unhealthy: ${reason}; replacing it`)
        this.#events.down(this.#status.id)
        void child.stop(this.#spec.stop_timeout)
      },
    })
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

  #line(stream: 'out' | 'err', text: string): void {
    const clean = this.#work.log(this.#spec.name, this.#status.id, stream, text)
    this.#lines.push(clean)
  }

  #note(text: string): void {
    const { id } = this.#status
    this.#events.noted(id, this.#work.log(this.#spec.name, id, 'gantry', text))
  }
}
