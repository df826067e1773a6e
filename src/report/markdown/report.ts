import type { Diagnostic } from '../../app/errors.ts'
import type { DeployEvent } from '../../deploy/events.ts'
import { isGood } from '../../engine/ledger.ts'
import type { Plan } from '../../plan/types.ts'
import { linesIn } from '../lines.ts'
import { outcomeLines } from '../outcome.ts'
import type { Progress } from '../progress.ts'
import { planMarkdown } from './plan.ts'
import { code, codeBlock } from './text.ts'

/** What a report is about: one per app and environment. */
export interface Subject {
  app: string
  environment: string
  /** The commit whose config was read. */
  commit: string | null
  /** Where the job's log is. */
  run: string | null
}

type Finished = Extract<DeployEvent, { type: 'deployment.finished' }>

/** What a commit would do. */
export function planReport(subject: Subject, plan: Plan): string {
  const refused = plan.blocked.length > 0 ? ', which is refused' : ''
  return report(subject, `plan${refused}`, [planMarkdown(plan)])
}

/** Why there is no plan. */
export function problemReport(subject: Subject, problems: readonly Diagnostic[]): string {
  const lines = problems
    .filter(({ severity }) => severity === 'error')
    .flatMap(({ message, place, hint }) => [
      place === undefined ? message : `${place.file}:${place.line}:${place.column} ${message}`,
      ...(hint === undefined ? [] : hint.split('\n').map((line) => `  ${line}`)),
    ])
  return report(subject, 'no plan', [codeBlock(lines)])
}

/** What became of a deployment, above the plan that was carried out. */
export function outcomeReport(
  subject: Subject,
  finished: Finished,
  progress: Progress,
  plan: Plan | null,
): string {
  const { outcome, release } = finished
  const told = release === null ? outcome.replace('_', ' ') : `released v${release}`
  const lines = outcomeLines(finished, progress, linesIn(false))
  return report(subject, told, [
    isGood(outcome) ? null : codeBlock(lines.map((line) => line.replace(/^ !? {5,6}/, ''))),
    plan === null ? null : planMarkdown(plan),
  ])
}

/** What became of a deployment whose job was ended before it. */
export function endedReport(subject: Subject, sentence: string): string {
  return report(subject, 'the job ended before the deployment', [codeBlock([sentence])])
}

function report(subject: Subject, told: string, parts: readonly (string | null)[]): string {
  const { app, environment, commit, run } = subject
  const name = environment === 'default' ? code(app) : `${code(app)} in ${code(environment)}`
  const from = [
    commit === null ? null : `commit ${code(commit.slice(0, 12))}`,
    run === null ? null : `[log](${run})`,
  ].filter((part) => part !== null)
  return [
    `### Gantry: ${name}: ${told}`,
    ...parts.filter((part) => part !== null),
    ...(from.length === 0 ? [] : [`<sub>${from.join(' · ')}</sub>`]),
  ].join('\n\n')
}
