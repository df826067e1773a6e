import type { AppId } from '../../app/app.ts'
import { messageOf } from '../../app/errors.ts'
import { replacesInstances } from '../../app/fields.ts'
import { instanceCount, type ProcessSpec, type ProcessState } from '../../app/spec.ts'
import type { RolloutEvent, RolloutIo, Transition, Verdict } from '../rollout.ts'
import type { Instance, ProcessEvent } from '../running.ts'
import { Generation } from './generation.ts'
import { logWriter, type Host } from './host.ts'
import { hintFor } from './hints.ts'
import type { Images } from './images.ts'
import type { ProcessTable } from './process-table.ts'
import { RecentEvents } from './recent-events.ts'
import { openWorkplaces } from './workplaces.ts'

/** What was booted and fails is tried again with pauses of at most this many seconds. */
const LONGEST_BOOT_PAUSE = 60

interface TimedIo extends RolloutIo {
  /** Fires for a cancel alone; `signal` fires for the rollout's timeout too. */
  cancel: AbortSignal
}

interface Unsteady {
  outcome: 'failed' | 'timed_out' | 'cancelled'
  reason: string
  exit_code: number | null
  log: string[]
}

/** One process: what it should be, in the database, and the generation that makes it so. */
export class Supervisor {
  readonly app: AppId
  readonly name: string
  readonly #host: Host
  readonly #images: Images
  readonly #table: ProcessTable
  /** Ended by the first thing that is done with the process. */
  readonly #booting = new AbortController()
  readonly #events: RecentEvents
  #generation: Generation | null = null

  constructor(app: AppId, name: string, host: Host, images: Images, table: ProcessTable) {
    this.app = app
    this.name = name
    this.#host = host
    this.#images = images
    this.#table = table
    this.#events = new RecentEvents(host.clock)
  }

  instances(): Instance[] {
    return this.#generation?.instances() ?? []
  }

  /** What runs now; null: nothing does. */
  get generation(): Generation | null {
    return this.#generation
  }

  events(): ProcessEvent[] {
    return this.#events.list()
  }

  /**
   * Starts what the database says, without waiting for it, and tries again until it can be started: after a start of the
   * machine Docker may come up later than Gantry.
   */
  boot(state: ProcessState): void {
    this.#route(state.spec)
    if (!state.spec.disabled) void this.#bootUntil(state.spec, this.#booting.signal)
  }

  async #bootUntil(spec: ProcessSpec, signal: AbortSignal): Promise<void> {
    for (let pause = 1; !signal.aborted; pause = Math.min(pause * 2, LONGEST_BOOT_PAUSE)) {
      try {
        const generation = await this.#newGeneration(spec, signal)
        if (signal.aborted) return
        this.#generation = generation
        generation.grow()
        return
      } catch (error) {
        // The engine may have been closed meanwhile, and its database with it.
        if (signal.aborted) return
        this.#note(`cannot start: ${messageOf(error)}; trying again in ${pause} s`)
        await this.#host.clock.sleep(pause, signal)
      }
    }
  }

  /** Stops the instances and keeps the desired state: when the server stops. */
  async shutdown(): Promise<void> {
    this.#booting.abort()
    await this.#generation?.retire()
    this.#generation = null
  }

  async transition(transition: Transition, io: RolloutIo): Promise<Verdict> {
    this.#booting.abort()
    const { after } = transition
    const timer = new AbortController()
    const timeout =
      after === null ? null : setTimeout(() => timer.abort(), after.spec.rollout.timeout * 1_000)
    const signal = AbortSignal.any([io.signal, timer.signal])
    try {
      return after === null
        ? await this.#remove(io)
        : await this.#become(after, { ...io, signal, cancel: io.signal })
    } catch (error) {
      // Of a full disk, for example. Who asked takes it back, and the others with it.
      io.failing?.(this.name)
      return this.#verdict('failed', 'neither', { reason: messageOf(error) })
    } finally {
      if (timeout !== null) clearTimeout(timeout)
    }
  }

  async #become(after: ProcessState, io: TimedIo): Promise<Verdict> {
    const current = this.#generation
    if (after.spec.disabled) {
      this.#commit(after)
      this.#generation = null
      await current?.retire(io.report)
      return this.#steady(io)
    }
    if (current === null) return this.#replace(null, after, io)
    if (replacesInstances(current.spec, after.spec)) return this.#replace(current, after, io)
    return this.#resize(current, after, io)
  }

  /** From one generation to the next: side by side, or one after the other where they must not overlap. */
  async #replace(old: Generation | null, after: ProcessState, io: TimedIo): Promise<Verdict> {
    const { overlap, on_failure: onFailure } = after.spec.rollout
    let next: Generation
    try {
      next = await this.#newGeneration(after.spec, io.signal)
      io.cancel.throwIfAborted()
    } catch (error) {
      if (io.cancel.aborted) return this.#verdict('cancelled', 'before', { reason: 'cancelled' })
      io.failing?.(this.name)
      return this.#verdict('failed', 'before', { reason: messageOf(error) })
    }
    if (!overlap && old !== null) {
      this.#generation = null
      await old.retire(io.report)
    }
    const failure = await this.#steadied(next, io)
    if (failure !== null && (onFailure === 'rollback' || failure.outcome === 'cancelled')) {
      await next.retire()
      return this.#judge(failure, old !== null && !overlap ? 'neither' : 'before', after.spec)
    }
    try {
      // From here on a crash brings back the new one.
      this.#commit(after)
    } catch (error) {
      await next.retire()
      throw error
    }
    this.#generation = next
    this.#route(after.spec)
    this.#publish()
    if (old !== null && overlap) await old.retire(io.report)
    return failure === null ? this.#steady(io) : this.#judge(failure, 'after', after.spec)
  }

  /** More or fewer instances of the same kind; settings are taken over in passing. */
  async #resize(current: Generation, after: ProcessState, io: TimedIo): Promise<Verdict> {
    const before = current.spec
    current.spec = after.spec
    // Fewer need not wait for those that go, nor for those that were ill before.
    const grows = instanceCount(after.spec) > instanceCount(before)
    const failure = grows ? await this.#steadied(current, io) : null
    const cancelled = failure?.outcome === 'cancelled'
    if (failure !== null && (after.spec.rollout.on_failure === 'rollback' || cancelled)) {
      current.spec = before
      await current.shrink()
      return this.#judge(failure, 'before', after.spec)
    }
    this.#commit(after)
    await current.shrink()
    return failure === null ? this.#steady(io) : this.#judge(failure, 'after', after.spec)
  }

  /** Starts what is missing and waits for it; null when all is up. */
  async #steadied(generation: Generation, io: TimedIo): Promise<Unsteady | null> {
    if (!io.signal.aborted) generation.grow()
    const failure = await generation.steady(io.signal, io.report)
    if (failure === null) return null
    if (failure !== 'aborted') {
      io.failing?.(this.name)
      return { outcome: 'failed', ...failure, reason: `${failure.instance}: ${failure.reason}` }
    }
    const seen = { exit_code: null, log: generation.lastLines() }
    if (io.cancel.aborted) return { outcome: 'cancelled', reason: 'cancelled', ...seen }
    io.failing?.(this.name)
    return { outcome: 'timed_out', reason: `not steady after ${generation.spec.rollout.timeout} s`, ...seen }
  }

  async #remove(io: RolloutIo): Promise<Verdict> {
    const current = this.#generation
    this.#table.remove(this.app, this.name)
    this.#generation = null
    await current?.retire(io.report)
    this.#host.router.remove(this.app.name, this.name)
    return this.#steady(io)
  }

  #commit(state: ProcessState): void {
    this.#table.put(this.app, state)
  }

  async #newGeneration(spec: ProcessSpec, signal: AbortSignal): Promise<Generation> {
    const log = (line: string): void => this.#note(line)
    const work = await openWorkplaces(this.#host, this.#images, { app: this.app, spec, io: { signal, log } })
    return new Generation(spec, work, {
      changed: () => this.#publish(),
      happened: (text) => this.#events.add(text),
      lost: (instance, reason) => this.#host.onLost(this.app, instance, reason),
    })
  }

  #note(text: string): void {
    this.#events.add(logWriter(this.#host, this.app)(this.name, this.name, 'gantry', text))
  }

  #route(spec: ProcessSpec): void {
    this.#host.router.expose(this.app.name, this.name, spec.expose === 'public')
  }

  #publish(): void {
    this.#host.router.set(this.app.name, this.name, this.#generation?.upstreams() ?? [])
  }

  #steady(io: RolloutIo): Verdict {
    const event: RolloutEvent = {
      type: 'process.steady',
      process: this.name,
      instances: this.instances().length,
    }
    io.report(event)
    return this.#verdict('steady', 'after', {})
  }

  #judge({ outcome, reason, exit_code, log }: Unsteady, runs: Verdict['runs'], spec: ProcessSpec): Verdict {
    const hint = outcome === 'cancelled' ? null : hintFor({ reason, exit_code, log, spec })
    return this.#verdict(outcome, runs, { reason, exit_code, log, hint })
  }

  #verdict(outcome: Verdict['outcome'], runs: Verdict['runs'], details: Partial<Verdict>): Verdict {
    return {
      process: this.name,
      outcome,
      runs,
      reason: null,
      exit_code: null,
      log: [],
      hint: null,
      ...details,
    }
  }
}
