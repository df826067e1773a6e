import { DeployError } from '../app/errors.ts'
import type { Transition, Verdict } from '../engine/engine.ts'
import type { Plan } from '../plan/types.ts'
import type { Work } from './deploy.ts'

/** A deployment failed after it had begun to change things. `complete`: everything is as it was before. */
export class RolledBack extends DeployError {
  readonly complete: boolean

  constructor(message: string, complete: boolean, hint: string | null) {
    super(message, { hint: hint ?? undefined })
    this.complete = complete
  }
}

/** Rolls out all changed processes at once. When one fails, all go back to what they were, and it throws. */
export async function rollOut(work: Work, plan: Plan, transitions: readonly Transition[]): Promise<void> {
  if (transitions.length === 0) return
  const { engine, app, emit } = work
  for (const { name } of transitions) {
    const change = plan.processes.find((each) => each.name === name)
    emit({ type: 'process.rolling', process: name, action: change?.action ?? 'update' })
  }
  const verdicts = await engine.rollout(app, transitions, { signal: work.signal, report: emit })
  const bad = verdicts.filter((verdict) => verdict.outcome !== 'steady')
  if (bad.length === 0) return
  const keeps = (name: string): boolean =>
    transitions.find((each) => each.name === name)?.after?.spec.rollout.on_failure === 'keep'
  for (const verdict of bad) {
    emit({ type: 'process.failed', process: verdict.process, verdict, kept: keeps(verdict.process) })
  }
  const first = bad.find((verdict) => verdict.outcome !== 'cancelled') ?? bad[0]!
  const reason =
    first.outcome === 'cancelled'
      ? 'cancelled'
      : `process ${first.process} failed: ${first.reason ?? first.outcome}`
  const touched = transitions.filter(({ name }) => {
    const verdict = verdicts.find((each) => each.process === name)
    return (
      verdict?.runs !== 'before' && !(keeps(name) && ['failed', 'timed_out'].includes(verdict?.outcome ?? ''))
    )
  })
  await undo(work, touched, reason, { cause: first })
  throw new RolledBack(reason, true, first.hint)
}

/**
 * Takes transitions back: what was created goes, what was changed gets its old state again. Goes on after a cancel: it
 * is what a cancel asks for. Throws when something does not come back.
 */
export async function undo(
  work: Work,
  transitions: readonly Transition[],
  reason: string,
  {
    cause = null,
    signal = new AbortController().signal,
  }: { cause?: Verdict | null; signal?: AbortSignal } = {},
): Promise<void> {
  const { engine, app, emit } = work
  if (transitions.length === 0) return
  emit({ type: 'rollback.started', reason, processes: transitions.map((each) => each.name) })
  const verdicts = await engine.rollout(
    app,
    transitions.map(({ name, before, after }) => ({ name, before: after, after: before })),
    { signal, report: emit },
  )
  const stuck = verdicts.filter((verdict) => verdict.outcome !== 'steady')
  for (const verdict of stuck) {
    emit({ type: 'rollback.failed', process: verdict.process, reason: verdict.reason ?? verdict.outcome })
  }
  if (stuck.length > 0) {
    const names = stuck.map((verdict) => verdict.process).join(', ')
    throw new RolledBack(`${reason}; and ${names} did not come back`, false, cause?.hint ?? null)
  }
}
