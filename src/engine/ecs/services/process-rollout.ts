import type { Service } from '@aws-sdk/client-ecs'

import { CancelledError, messageOf, TimeoutError, UserError } from '../../../app/errors.ts'
import type { ProcessState } from '../../../app/spec.ts'
import type { RolloutIo, Transition, Verdict } from '../../rollout.ts'
import { problemOf } from '../aws-problem.ts'
import { serviceName } from '../names.ts'
import { ServiceCalls } from './calls.ts'
import { drained, runningTasks } from './drain.ts'
import { foreignService, isOurs } from './in-the-way.ts'
import { throwIfAborted } from '../patiently.ts'
import { TakenOver } from './put-back.ts'
import { removeService } from './remove.ts'
import { limitsOf, type Change, type RolloutTools, type Written } from './rollout-tools.ts'
import type { Ended, Watched } from './verdict.ts'
import { explain } from './why.ts'
import { write } from './write.ts'

/** What ECS does not say by itself. */
const TAKEN_OVER = 'somebody else has deployed to the service meanwhile'

/** Services by name, as they were when the rollout began. */
type Services = ReadonlyMap<string, Service>

/** One process on its way from one state to the next. Never rejects: how it went is its verdict. */
export class ProcessRollout {
  readonly #tools: RolloutTools
  readonly #transition: Transition
  readonly #io: RolloutIo
  /** As Change.undo, for all that was changed for the process. */
  #undo: Change['undo'] = async () => true

  constructor(tools: RolloutTools, transition: Transition, io: RolloutIo) {
    this.#tools = tools
    this.#transition = transition
    this.#io = io
  }

  /** `describe`: the services of all that roll out together, asked for once. */
  async run(describe: () => Promise<Services>): Promise<Verdict> {
    const { before, after } = this.#transition
    try {
      throwIfAborted(this.#io.signal)
      const services = await describe()
      throwIfAborted(this.#io.signal)
      if (after !== null) return await this.#become(after, services)
      if (before !== null) await this.#remove(before, services)
      this.#tools.remember(this.#transition.name, null)
      return this.#steady(0)
    } catch (error) {
      return this.#giveUp(error)
    }
  }

  async #become(after: ProcessState, services: Services): Promise<Verdict> {
    const { before } = this.#transition
    const service = serviceNameOf(this.#tools, after)
    const moves = before !== null && serviceNameOf(this.#tools, before) !== service
    if (moves && !after.spec.rollout.overlap) await this.#empty(before, services)
    const change = this.#change(service, moves ? null : before, after)
    const clear = this.#undo
    this.#undo = async (ended) => (await change.undo(ended)) && clear(ended)

    const written = await write(change, services.get(service) ?? null)
    let note: string | null = null
    if (written.watched !== null) {
      const ended = await this.#tools.watcher.watch(written.watched, this.#io)
      if (ended.outcome === 'cancelled') throw new CancelledError('cancelled')
      if (ended.outcome !== 'steady') return await this.#judge(change, written, written.watched, ended)
      // Instances on spot may still be missing.
      note = ended.reason
    }
    await written.complete()
    if (moves) await this.#remove(before, services)
    this.#remember(change, written)
    return this.#steady(written.count, note)
  }

  async #judge(change: Change, written: Written, watched: Watched, ended: Ended): Promise<Verdict> {
    const { account, app } = this.#tools
    const outcome = ended.outcome as Exclude<Ended['outcome'], 'steady'>
    // What is kept is completed first, which the signal would stop.
    const isKept = outcome !== 'superseded' && change.after.spec.rollout.on_failure === 'keep'
    if (!isKept) this.#io.failing?.(change.process)
    // It is not ours any more: whoever took its place answers for it.
    if (outcome === 'superseded') return this.#verdict(outcome, 'neither', { reason: ended.reason })
    const why = await explain(account, app, watched)
    const reason = why.reason ?? ended.reason ?? `not steady after ${watched.timeout} s`
    const details = { ...why, reason }
    if (!isKept) {
      const runs = await this.#back(ended)
      return runs === null
        ? this.#verdict('superseded', 'neither', { reason: TAKEN_OVER })
        : this.#verdict(outcome, runs, details)
    }
    await written.complete()
    this.#remember(change, written)
    this.#io.failing?.(change.process)
    return this.#verdict(outcome, 'after', details)
  }

  async #giveUp(error: unknown): Promise<Verdict> {
    const { name } = this.#transition
    const problem = problemOf(error, `roll out ${name}`)
    const isCancelled = this.#io.signal.aborted
    const outcome = problem instanceof TimeoutError ? 'timed_out' : 'failed'
    if (!isCancelled) this.#io.failing?.(name)
    const runs = await this.#back({ rolledBack: false })
    if (runs === null) return this.#verdict('superseded', 'neither', { reason: TAKEN_OVER })
    if (isCancelled) return this.#verdict('cancelled', runs, { reason: 'cancelled' })
    return this.#verdict(outcome, runs, {
      reason: messageOf(problem),
      hint: problem instanceof UserError ? (problem.hint ?? null) : null,
    })
  }

  /** Undoes what was done; what cannot be undone is for whoever asked to put right. Null: others have taken it over. */
  async #back(ended: Parameters<Change['undo']>[0]): Promise<Verdict['runs'] | null> {
    try {
      return (await this.#undo(ended)) ? 'before' : 'neither'
    } catch (error) {
      return error instanceof TakenOver ? null : 'neither'
    }
  }

  async #remove(state: ProcessState, services: Services): Promise<void> {
    const service = serviceNameOf(this.#tools, state)
    const there = services.get(service)
    if (there?.status === 'ACTIVE') this.#refuseForeign(service, there)
    this.#undo = async () => false
    await removeService(this.#tools, { service, state, report: this.#io.report })
  }

  /** Of a process that moves to a service of another name and must not be there twice: stops the old one first. */
  async #empty(before: ProcessState, services: Services): Promise<void> {
    const { account, looks } = this.#tools
    const service = serviceNameOf(this.#tools, before)
    const there = services.get(service)
    if (there?.status !== 'ACTIVE') return
    this.#refuseForeign(service, there)
    const { signal, report } = this.#io
    const limits = () => limitsOf(this.#tools, before, signal)
    const tasks = await runningTasks(account, service, limits())
    this.#undo = async () => false
    await new ServiceCalls(account, service, limits).update({ desiredCount: 0 })
    await drained(account, looks, { process: before.spec.name, service, tasks, left: 0, report }, limits())
  }

  #refuseForeign(service: string, there: Service): void {
    const { name: process } = this.#transition
    if (!isOurs(this.#tools.app, process, there)) throw foreignService({ process, service })
  }

  #change(service: string, before: ProcessState | null, after: ProcessState): Change {
    const limits = () => limitsOf(this.#tools, after, this.#io.signal)
    return {
      tools: this.#tools,
      process: this.#transition.name,
      service,
      before,
      after,
      calls: new ServiceCalls(this.#tools.account, service, limits),
      limits,
      report: this.#io.report,
      undo: async () => true,
    }
  }

  #remember({ process, service, after }: Change, { run }: Written): void {
    this.#tools.remember(process, { state: after, service, ...run })
  }

  #steady(instances: number, reason: string | null = null): Verdict {
    this.#io.report({ type: 'process.steady', process: this.#transition.name, instances })
    return this.#verdict('steady', 'after', { reason })
  }

  #verdict(outcome: Verdict['outcome'], runs: Verdict['runs'], details: Partial<Verdict>): Verdict {
    return {
      process: this.#transition.name,
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

export function serviceNameOf({ app }: Pick<RolloutTools, 'app'>, { spec }: ProcessState): string {
  return serviceName(app, spec.name, spec.ecs.service)
}
