import { isDeepStrictEqual } from 'node:util'

import { DeployError } from '../app/errors.ts'
import type { ProcessState } from '../app/spec.ts'
import type { Transition, Verdict } from '../engine/rollout.ts'
import { SupersededError } from '../engine/ledger.ts'
import type { Plan, ProcessChange } from '../plan/types.ts'
import type { Work } from './deploy.ts'
import { Sparing } from './sparing.ts'

/** A deployment failed after it had begun to change things. `complete`: everything is as it was before. */
export class RolledBack extends DeployError {
  readonly complete: boolean

  constructor(message: string, complete: boolean, hint: string | null) {
    super(message, { hint: hint ?? undefined })
    this.complete = complete
  }
}

/** What one process goes through in a deployment, and what it goes back to when that fails. */
export interface Step extends Transition {
  /**
   * The last state known to be good: what runs before, unless a deployment whose deployer died has changed it since.
   */
  back: ProcessState | null
}

/** What is to be taken back: from what runs now to what it was. */
export type Return = Pick<Step, 'name' | 'after' | 'back'>

/**
 * Rolls out all changed processes at once. When one fails, what is still on its way is stopped, all go back to what they
 * were, and it throws.
 */
export async function rollOut(work: Work, plan: Plan, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return
  const { engine, app, emit } = work
  for (const { name } of steps) {
    const action = actionOf(plan.processes.find((each) => each.name === name))
    if (action !== null) emit({ type: 'process.rolling', process: name, action })
  }
  const transitions = steps.map(({ name, before, after }) => ({ name, before, after }))
  const sparing = new Sparing(
    work,
    steps.map(({ name }) => name),
  )
  const verdicts = (await engine.rollout(app, transitions, sparing.io)).map((each) => sparing.explained(each))
  work.lost?.throwIfAborted()
  const bad = verdicts.filter((verdict) => verdict.outcome !== 'steady')
  if (bad.length === 0) return
  const isKept = ({ process, outcome }: Verdict): boolean =>
    steps.find(({ name }) => name === process)?.after?.spec.rollout.on_failure === 'keep' &&
    ['failed', 'timed_out'].includes(outcome)
  for (const verdict of bad) {
    emit({ type: 'process.failed', process: verdict.process, verdict, kept: isKept(verdict) })
  }
  const first = bad.find(({ process }) => process === sparing.culprit) ?? worst(bad)
  const reason = reasonOf(first)
  const touched = steps.flatMap((step): Return[] => {
    const verdict = verdicts.find(({ process }) => process === step.name)
    // It belongs to whoever took it over.
    if (verdict?.outcome === 'superseded') return []
    if (verdict !== undefined && isKept(verdict)) return []
    return [verdict?.runs === 'before' ? { ...step, after: step.before } : step]
  })
  await undo(work, touched, reason, { cause: first })
  if (first.outcome === 'superseded') throw new SupersededError(reason, { hint: first.hint ?? undefined })
  throw new RolledBack(reason, true, first.hint)
}

/** Null: nothing is done with it that anybody would want to hear of. */
function actionOf(change: ProcessChange | undefined): string | null {
  if (change === undefined) return null
  if (change.action !== 'unchanged' && change.action !== 'pinned') return change.action
  return change.settled ? null : 'wait for the rollout that goes on'
}

/** The verdict that says best why all of them are taken back. */
function worst(bad: readonly Verdict[]): Verdict {
  const rank = ({ outcome }: Verdict): number => ['cancelled', 'superseded'].indexOf(outcome)
  return bad.toSorted((one, other) => rank(one) - rank(other))[0]!
}

function reasonOf({ process, outcome, reason }: Verdict): string {
  if (outcome === 'cancelled') return 'cancelled'
  if (outcome !== 'superseded') return `process ${process} failed: ${reason ?? outcome}`
  const why = reason ?? 'another deployment took its place'
  return `process ${process} was taken over by other hands, and is left to them: ${why}`
}

/**
 * Takes back what was done: what was created goes, what was changed gets its old state again. Goes on after a cancel: it
 * is what a cancel asks for. Throws when something does not come back.
 */
export async function undo(
  work: Work,
  done: readonly Return[],
  reason: string,
  {
    cause = null,
    signal = new AbortController().signal,
  }: { cause?: Verdict | null; signal?: AbortSignal } = {},
): Promise<void> {
  const { engine, app, emit } = work
  const returns = done
    .filter(({ after, back }) => !isDeepStrictEqual(after, back))
    .map(({ name, after, back }): Transition => ({ name, before: after, after: back }))
  work.lost?.throwIfAborted()
  if (returns.length === 0) return
  emit({ type: 'rollback.started', reason, processes: returns.map((each) => each.name) })
  const verdicts = await engine.rollout(app, returns, {
    signal,
    ...(work.lost !== undefined && { lost: work.lost }),
    report: emit,
  })
  work.lost?.throwIfAborted()
  const stuck = verdicts.filter((verdict) => verdict.outcome !== 'steady')
  for (const verdict of stuck) {
    emit({ type: 'rollback.failed', process: verdict.process, reason: verdict.reason ?? verdict.outcome })
  }
  if (stuck.length > 0) {
    const names = stuck.map((verdict) => verdict.process).join(', ')
    throw new RolledBack(`${reason}; and ${names} did not come back`, false, cause?.hint ?? null)
  }
}
