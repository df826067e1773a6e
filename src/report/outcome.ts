import type { DeployEvent } from '../deploy/events.ts'
import type { Verdict } from '../engine/rollout.ts'
import type { Outcome } from '../engine/ledger.ts'
import type { Lines } from './lines.ts'
import type { Progress } from './progress.ts'
import { showElapsed } from './units.ts'

type Finished = Extract<DeployEvent, { type: 'deployment.finished' }>

/** How a deployment that is not good ended. */
const ENDED: Readonly<Record<Exclude<Outcome, 'succeeded' | 'unchanged'>, string>> = {
  failed: 'failed',
  rolled_back: 'failed and was rolled back',
  rollback_failed: 'failed, and so did its roll-back',
  cancelled: 'was cancelled',
  superseded: 'was superseded by a newer one',
  refused: 'was refused',
  interrupted: 'was interrupted; the next one completes what it began',
}

/** The last lines of a deployment: what became of it, what failed and why, what runs now. */
export function outcomeLines(event: Finished, progress: Progress, lines: Lines): string[] {
  const took = showElapsed(event.seconds)
  const left = progress.failed.filter((each) => each.kept).map((each) => leftAsItIs(each.verdict))
  if (event.outcome === 'unchanged') return [lines.step('Nothing to do, so nothing was changed')]
  if (event.outcome === 'succeeded') {
    const done = event.release === null ? 'Done' : `Released v${event.release}`
    return [lines.step(`${done} (${took})`), ...left.map(lines.problem)]
  }

  const subject = progress.deployment === null ? 'The deployment' : `Deployment ${progress.deployment.number}`
  const ended = ENDED[event.outcome]
  if (wasTold(event, progress)) {
    return [lines.problem(`${subject} ${ended} (${took})${because(event.hint, ended)}`)]
  }
  const told = progress.failed.map(({ verdict }) => verdict.hint)
  return [
    lines.problem(`${subject} ${ended} (${took})${because(event.reason, ended)}`),
    ...progress.failed.flatMap(({ verdict }) => whyItFailed(verdict, lines)),
    ...(event.hint === null || told.includes(event.hint) ? [] : [lines.detail(event.hint)]),
    ...progress.notRolledBack.map(({ process, reason }) =>
      lines.problem(`${process} could not be rolled back: ${reason}`),
    ),
    ...left.map(lines.problem),
    ...whatRuns(event, progress).map(lines.detail),
  ]
}

/** Whether the reason is in the lines of the plan, or will be in those of the config's problems. */
function wasTold({ outcome, diagnostics }: Finished, { isBlocked }: Progress): boolean {
  return outcome === 'refused' && (isBlocked || diagnostics.some(({ severity }) => severity === 'error'))
}

/** Why, unless that only says again how it ended. */
function because(reason: string | null, ended: string): string {
  return reason === null || ended.includes(reason) ? '' : `: ${reason}`
}

/** `web was not steady in time: no answer on port 3000 (exit code 1)` */
function failure({ process, outcome, reason, exit_code }: Verdict): string {
  const how = {
    steady: 'is steady',
    failed: 'failed',
    timed_out: 'was not steady in time',
    cancelled: 'was cancelled',
    superseded: 'was superseded by a newer deployment',
  }[outcome]
  const told = exit_code === null || saysCode(reason, exit_code)
  return `${process} ${how}${because(reason, how)}${told ? '' : ` (exit code ${exit_code})`}`
}

function saysCode(reason: string | null, code: number): boolean {
  return reason !== null && new RegExp(`\\bexit(?: code)? ${code}\\b`).test(reason)
}

function whyItFailed(verdict: Verdict, lines: Lines): string[] {
  return [
    lines.problem(failure(verdict)),
    ...(verdict.log.length === 0 ? [] : [lines.detail('Its last lines:')]),
    ...verdict.log.map((line) => lines.log(`  ${line}`)),
    ...(verdict.hint === null ? [] : [lines.detail(verdict.hint)]),
  ]
}

function leftAsItIs({ process, runs }: Verdict): string {
  const what = { before: 'what ran before', after: 'the new version', neither: 'something in between' }[runs]
  return `${process} is left as it is (on_failure: keep) and runs ${what}`
}

function whatRuns({ outcome, hint }: Finished, progress: Progress): string[] {
  const { touched, failed, notRolledBack, migrations } = progress
  const some = notRolledBack.length > 0 || failed.some((each) => each.kept)
  const takenBack = outcome === 'rolled_back' || outcome === 'rollback_failed' || outcome === 'cancelled'
  return [
    // A hint says what to do, and for what ends before the roll-out also that nothing was changed.
    ...(touched.size === 0 && hint === null && outcome !== 'interrupted' ? ['No process was touched'] : []),
    ...(touched.size > 0 && takenBack ? [`Everything ${some ? 'else ' : ''}runs what it ran before`] : []),
    ...(migrations.length > 0 ? [`What ${migrations.join(', ')} did stays: migrations are not undone`] : []),
  ]
}
