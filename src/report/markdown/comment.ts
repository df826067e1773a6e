import type { Subject } from './report.ts'
import { capped } from './text.ts'

/** What GitHub takes as a comment, 65,536 characters, with room for the end: https://docs.github.com/rest/issues/comments */
const LONGEST_COMMENT = 60_000

/** GitHub takes 1 MiB, and a character may be four bytes: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands */
const LONGEST_SUMMARY = 250_000

/** What tells our comment from others, in its first line so that no cut takes it away. Names have no character that could end it. */
export function commentMarker({ app, environment }: Pick<Subject, 'app' | 'environment'>): string {
  return `<!-- gantry: ${app}/${environment} -->`
}

/** A report as the comment on a pull request. */
export function commentOf(subject: Subject, report: string): string {
  return capped(`${commentMarker(subject)}\n\n${report}\n`, LONGEST_COMMENT)
}

/** A report as the summary of a job. */
export function summaryOf(report: string): string {
  return capped(`${report}\n`, LONGEST_SUMMARY)
}
