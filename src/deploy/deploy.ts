import type { AppId } from '../app/app.ts'
import { isoNow, type Clock } from '../app/clock.ts'
import { CancelledError, messageOf, UserError } from '../app/errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { Lock } from '../engine/lock.ts'
import type { Running } from '../engine/running.ts'
import type { TaskSpec } from '../app/spec.ts'
import type { Deployment, Outcome, Release } from '../engine/ledger.ts'
import { isEmpty, schedules, transitions, withDigests, type PlanOptions } from '../plan/plan.ts'
import type { Plan } from '../plan/types.ts'
import { buildImages } from './build.ts'
import { ended, endOf, refused, type End } from './end.ts'
import type { DeployEvent, NewDeployEvent } from './events.ts'
import { Inheritance } from './inheritance.ts'
import type { TellInterrupted } from './interrupted.ts'
import { keepLogs } from './keep-logs.ts'
import { builtImages, type Wanted } from './prepare.ts'
import { preview } from './preview.ts'
import { RolledBack, rollOut, undo, type Step } from './roll-out.ts'
import { runTasks } from './run-tasks.ts'

export interface DeployRequest {
  app: AppId
  /** Already opened in the ledger. */
  deployment: Deployment
  /** Reads what is wanted. May reject with a ConfigError. */
  want(): Promise<Wanted>
  plan: Omit<PlanOptions, 'warnings' | 'engine'>
  /** Whether it makes waiting ones out of date: pushes do, an operator's changes do not. */
  supersedes: boolean
  /** Asked when its turn has come; rejects when it must not go on. */
  admit?(): Promise<void>
  /** Told the outcome before the next one's turn. */
  settle?(outcome: Outcome): Promise<void>
}

export interface DeployIo {
  signal: AbortSignal
  clock: Clock
  emit: (event: DeployEvent) => void
  /** What is ours to repair. The deployment has its outcome nonetheless. */
  onBug: (error: unknown) => void
  /**
   * Where nobody else does so, this deployment finishes what deployers left that died, and says so here. A server takes
   * it back when it starts, and leaves this out.
   */
  tellInterrupted?: TellInterrupted
}

export interface DeployResult {
  outcome: Outcome
  release: Release | null
  reason: string | null
}

/** What every step works with. */
export interface Work {
  app: AppId
  number: number
  engine: Engine
  signal: AbortSignal
  /** Fires when the lock is lost: then nothing is changed any more, nor taken back. */
  lost?: AbortSignal
  emit: (event: NewDeployEvent) => void
}

/**
 * Makes what is wanted true, or leaves things as they were and says why. Expected failures are outcomes, not
 * rejections. Whatever happens, the deployment is finished in the ledger and the lock is given back; where the ledger
 * cannot be reached or the lock was lost, it is `interrupted` and the next one's to finish.
 */
export async function deploy(engine: Engine, request: DeployRequest, io: DeployIo): Promise<DeployResult> {
  const { app, deployment } = request
  const { number } = deployment
  const began = io.clock.now()
  const emit = (event: NewDeployEvent): void => io.emit({ at: isoNow(io.clock), ...event })
  const work: Work = { app, number, engine, signal: io.signal, emit }
  emit({
    type: 'deployment.started',
    app: app.name,
    environment: app.environment,
    number,
    kind: deployment.kind,
    commit: deployment.commit,
    title: deployment.title,
  })
  let lock: Lock | null = null
  let bug: unknown
  try {
    const wanted = await (async () => {
      try {
        lock = await engine.lock(app, {
          deployment: number,
          supersedes: request.supersedes,
          onWait: (behind) => emit({ type: 'deployment.waiting', behind }),
          signal: io.signal,
        })
        work.signal = AbortSignal.any([io.signal, lock.signal])
        work.lost = lock.lost
        return await inTurn(work, request, io)
      } catch (error) {
        if (!(error instanceof UserError || work.signal.aborted)) bug = error
        return endOf(error, work.signal)
      }
    })()
    const { end, release, error } = await record(work, wanted)
    bug ??= error
    await request.settle?.(end.outcome).catch((error: unknown) => {
      bug ??= error
      emit({ type: 'notice', text: `recorded, but not settled: ${messageOf(error)}` })
    })
    if (release !== null) {
      await engine.prune(app).catch((error: unknown) => {
        if (!(error instanceof UserError)) bug ??= error
        emit({ type: 'notice', text: `what nothing needs any more is still there: ${messageOf(error)}` })
      })
    }
    emit({
      type: 'deployment.finished',
      outcome: end.outcome,
      reason: end.reason,
      hint: end.hint,
      diagnostics: end.diagnostics,
      release: release?.number ?? null,
      seconds: (io.clock.now() - began) / 1_000,
    })
    if (bug !== undefined) io.onBug(bug)
    return { outcome: end.outcome, release, reason: end.reason }
  } finally {
    await (lock as Lock | null)?.release()
  }
}

interface Recorded {
  /** How it ended as far as the ledger knows. */
  end: End
  release: Release | null
  /** Not expected. */
  error?: unknown
}

/** Says in the ledger how it ended. What cannot be said there is found there as begun, and gone on from. */
async function record({ app, number, engine, lost }: Work, end: End): Promise<Recorded> {
  if (lost?.aborted) return { end, release: null }
  const { hint: _hint, diagnostics: _diagnostics, ...entry } = end
  try {
    return { end, release: await engine.ledger.finish(app, number, entry) }
  } catch (error) {
    const reason = `it could not be recorded how this ended (${end.outcome}): ${messageOf(error)}`
    const hint = 'deploy again: what was done is found, and finished'
    const unrecorded = { ...ended('interrupted', reason), hint }
    return { end: unrecorded, release: null, ...(!(error instanceof UserError) && { error }) }
  }
}

async function inTurn(work: Work, request: DeployRequest, io: DeployIo): Promise<End> {
  const { engine, app, number, emit } = work
  await request.admit?.()
  await engine.ledger.start(app, number)
  const inheritance = await inherit(work, request, io)
  const wanted = await request.want()
  if (wanted.files.length > 0)
    emit({ type: 'config.read', files: wanted.files, diagnostics: wanted.warnings })
  const { plan, running } = await preview(engine, app, wanted, request.plan, { signal: work.signal })
  emit({ type: 'plan.made', plan })
  if (plan.blocked.length > 0) return refused(plan.blocked)
  throwIfAborted(work.signal)
  await keepLogs(work, request.deployment.kind, wanted.app.logs)
  // One that died may have got as far as to lack its release alone: that is made then.
  if (isEmpty(plan) && inheritance.isEmpty && !lacksRelease(running)) return ended('unchanged', null)

  const digests = await buildImages(work, wanted, plan)
  const made = withDigests(plan, digests)
  await runTasks(work, made, 'pre_deploy')
  throwIfAborted(work.signal)
  const steps = inheritance.steps(transitions(made), running)
  const record = inheritance.record(steps, running)
  await engine.ledger.record(app, number, record)
  await inheritance.takeOver()
  await carryOut(work, made, steps, record.schedules)
  return {
    ...ended('succeeded', null),
    release:
      request.deployment.kind === 'operate'
        ? null
        : {
            commit: wanted.commit,
            app: wanted.app,
            images: builtImages(wanted, digests),
            owned_images: ownedImages(made),
          },
  }
}

/** What was adopted runs without one, and nothing could be changed by hand nor gone back to. */
export function lacksRelease({ processes, released }: Running): boolean {
  return processes.length > 0 && !released
}

async function inherit(
  { engine, app, number }: Work,
  { plan }: DeployRequest,
  { clock, tellInterrupted: tell }: DeployIo,
): Promise<Inheritance> {
  if (tell === undefined) return Inheritance.none
  return Inheritance.find({ engine, app, number, clock, tell }, plan.only ?? null)
}

/** From here on things change. What fails takes back what was done before. */
async function carryOut(
  work: Work,
  plan: Plan,
  steps: readonly Step[],
  scheduled: readonly TaskSpec[],
): Promise<void> {
  const { app, engine, emit } = work
  const isRemoval = ({ before, after }: Step): boolean => before !== null && after === null
  const removals = steps.filter(isRemoval)
  const others = steps.filter((step) => !isRemoval(step))
  const reschedules = plan.tasks.some((task) => task.phase === 'schedule' && task.action !== 'unchanged')
  await rollOut(work, plan, others)
  try {
    await runTasks(work, plan, 'post_deploy')
    throwIfAborted(work.signal)
    if (reschedules) await engine.setSchedules(app, schedules(plan))
    await rollOut(work, plan, removals)
  } catch (error) {
    const reason = messageOf(error)
    if (reschedules && !work.lost?.aborted) {
      await engine.setSchedules(app, scheduled).catch((problem: unknown) => {
        emit({ type: 'notice', text: `the schedules are not as they were: ${messageOf(problem)}` })
      })
    }
    await undo(work, others, reason)
    const complete = !(error instanceof RolledBack) || error.complete
    throw new RolledBack(reason, complete, error instanceof UserError ? (error.hint ?? null) : null)
  }
}

function ownedImages(plan: Plan): Record<string, string> {
  return Object.fromEntries(
    plan.processes.flatMap(({ name, after }) =>
      after?.owned.image == null ? [] : [[name, after.owned.image]],
    ),
  )
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted)
    throw signal.reason instanceof UserError ? signal.reason : new CancelledError('cancelled')
}
