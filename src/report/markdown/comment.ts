import type { Diagnostic } from '../../app/errors.ts'
import type { Plan } from '../../plan/types.ts'
import { planSummary } from '../plan.ts'
import { planMarkdown } from './plan.ts'
import { capped, code, codeBlock } from './text.ts'

/** What a comment is about: one per app and environment. */
export interface CommentSubject {
  app: string
  environment: string
  /** The commit whose config was read. */
  commit: string | null
  /** Where the job's log is. */
  run: string | null
}

/** How the deployment of a merged pull request ended. */
export interface CommentOutcome {
  outcome: string
  reason: string | null
  release: number | null
}

/** What tells our comment from others, in its first line so that no cut takes it away. Names have no character that could end it. */
export function commentMarker({ app, environment }: CommentSubject): string {
  return `<!-- gantry: ${app}/${environment} -->`
}

/** What a pull request would do. */
export function planComment(subject: CommentSubject, plan: Plan): string {
  return comment(subject, planSummary(plan), planMarkdown(plan))
}

/** Why there is no plan. */
export function problemComment(subject: CommentSubject, diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const lines = errors.flatMap(({ message, place, hint }) => [
    place === undefined ? message : `${place.file}:${place.line}:${place.column} ${message}`,
    ...(hint === undefined ? [] : [`  ${hint}`]),
  ])
  return comment(subject, 'the configuration cannot be deployed', codeBlock(lines))
}

/** What became of it when it was merged, above the plan that was carried out. */
export function outcomeComment(subject: CommentSubject, ended: CommentOutcome, plan: Plan | null): string {
  const { outcome, reason, release } = ended
  const told = release === null ? outcome.replace('_', ' ') : `released v${release}`
  return comment(
    subject,
    told,
    [reason === null ? '' : code(reason, 1_000), plan === null ? '' : planMarkdown(plan)]
      .filter((part) => part !== '')
      .join('\n\n'),
  )
}

function comment(subject: CommentSubject, told: string, content: string): string {
  const { app, environment, commit, run } = subject
  const name = environment === 'default' ? code(app) : `${code(app)} in ${code(environment)}`
  const from = [
    commit === null ? null : `commit ${code(commit.slice(0, 12))}`,
    run === null ? null : `[log](${run})`,
  ].filter((part) => part !== null)
  return capped(
    [
      commentMarker(subject),
      `### Gantry: ${name}: ${told}`,
      content,
      ...(from.length === 0 ? [] : [`<sub>${from.join(' · ')}</sub>`]),
    ].join('\n\n') + '\n',
  )
}
