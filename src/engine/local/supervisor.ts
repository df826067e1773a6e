import type { AppId } from '../../app/app.ts'
import { replacesInstances } from '../../app/fields.ts'
import type { ProcessSpec, ProcessState } from '../../app/spec.ts'
import type { Instance, RolloutEvent, RolloutIo, Transition, Verdict } from '../engine.ts'
import { Generation } from './generation.ts'
import { logWriter, type Host } from './host.ts'
import { hintFor } from './hints.ts'
import type { Images } from './images.ts'
import type { Failure } from './place.ts'
import type { ProcessTable } from './process-table.ts'
import { Workplace } from './workplace.ts'

/** One process: what it should be, in the database, and the generation that makes it so. */
export class Supervisor {
  readonly app: AppId
  readonly name: string
  readonly #host: Host
  readonly #images: Images
  readonly #table: ProcessTable
  #generation: Generation | null = null

  constructor(app: AppId, name: string, host: Host, images: Images, table: ProcessTable) {
    this.app = app
    this.name = name
    this.#host = host
    this.#images = images
    this.#table = table
  }

  instances(): Instance[] {
    return this.#generation?.instances() ?? []
  }

  /** Starts what the database says, without waiting for it: after a start of the server. */
  async boot(state: ProcessState): Promise<void> {
    this.#route(state.spec)
    if (state.spec.disabled) return
    this.#generation = await this.#newGeneration(state.spec, new AbortController().signal)
    this.#generation.grow()
  }

  /** Stops the instances and keeps the desired state: when the server stops. */
  async shutdown(): Promise<void> {
    await this.#generation?.retire()
    this.#generation = null
  }

  async transition(transition: Transition, io: RolloutIo): Promise<Verdict> {
    const { after } = transition
    if (after === null) return this.#remove(io)
    const timer = new AbortController()
    const timeout = setTimeout(() => timer.abort(), after.spec.rollout.timeout * 1_000)
    const signal = AbortSignal.any([io.signal, timer.signal])
    try {
      const verdict = await this.#become(after, { ...io, signal })
      if (verdict.outcome !== 'cancelled' || io.signal.aborted) return verdict
      return { ...verdict, outcome: 'timed_out', reason: `not steady after ${after.spec.rollout.timeout} s` }
    } finally {
      clearTimeout(timeout)
    }
  }

  async #become(after: ProcessState, io: RolloutIo): Promise<Verdict> {
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
  async #replace(old: Generation | null, after: ProcessState, io: RolloutIo): Promise<Verdict> {
    const { overlap, on_failure: onFailure } = after.spec.rollout
    let next: Generation
    try {
      next = await this.#newGeneration(after.spec, io.signal)
    } catch (error) {
      return this.#verdict('failed', 'before', {
        reason: error instanceof Error ? error.message : String(error),
      })
    }
    this.#route(after.spec)
    if (!overlap && old !== null) {
      this.#generation = null
      await old.retire(io.report)
    }
    next.grow()
    const failure = await next.steady(io.signal, io.report)
    if (failure !== null && (onFailure === 'rollback' || failure === 'aborted')) {
      await next.retire()
      const runs = old !== null && !overlap ? 'neither' : 'before'
      return this.#judge(failure, runs, after.spec)
    }
    // From here on a crash brings back the new one.
    this.#commit(after)
    this.#generation = next
    this.#publish()
    if (old !== null && overlap) await old.retire(io.report)
    return failure === null ? this.#steady(io) : this.#judge(failure, 'after', after.spec)
  }

  /** More or fewer instances of the same kind; settings are taken over in passing. */
  async #resize(current: Generation, after: ProcessState, io: RolloutIo): Promise<Verdict> {
    const before = current.spec
    this.#route(after.spec)
    current.spec = after.spec
    current.grow()
    const failure = await current.steady(io.signal, io.report)
    if (failure !== null && after.spec.rollout.on_failure === 'rollback') {
      current.spec = before
      await current.shrink()
      return this.#judge(failure, 'before', after.spec)
    }
    this.#commit(after)
    await current.shrink()
    return failure === null ? this.#steady(io) : this.#judge(failure, 'after', after.spec)
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
    const write = logWriter(this.#host, this.app)
    const log = (line: string): void => void write(spec.name, spec.name, 'gantry', line)
    const image = await this.#images.fetch(this.app, `process:${spec.name}`, spec.image, { signal, log })
    const work = new Workplace(this.#host, this.app, spec.name, spec.name, image)
    return new Generation(spec, work, () => this.#publish())
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

  #judge(failure: Failure | 'aborted', runs: Verdict['runs'], spec: ProcessSpec): Verdict {
    if (failure === 'aborted') return this.#verdict('cancelled', runs, { reason: 'cancelled' })
    const { reason, exit_code, log } = failure
    return this.#verdict('failed', runs, {
      reason: `${failure.instance}: ${reason}`,
      exit_code,
      log,
      hint: hintFor({ reason, exit_code, log, spec }),
    })
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
