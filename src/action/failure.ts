import { error as annotateError } from '@actions/core'

import { ConfigError, messageOf, UserError, type Diagnostic } from '../app/errors.ts'
import { renderProblems } from '../report/config.ts'
import { clean } from '../report/clean.ts'
import { annotate } from './annotations.ts'
import { stackOf } from './bug.ts'
import type { RunnerLog } from './runner-log.ts'

const LONGEST = 1_000

/** Says in the log and in annotations why the step fails. */
export function showFailure(log: RunnerLog, error: unknown): void {
  log.group(null)
  if (error instanceof ConfigError) {
    for (const line of renderProblems(error.diagnostics).split('\n')) log.line(line)
    annotate(error.diagnostics)
  }
  if (!(error instanceof UserError)) {
    for (const line of stackOf(error)) log.line(line)
  }
  const [{ message, hint } = { message: '' }] = problemsOf(error)
  const told = error instanceof ConfigError ? error.message : message
  const lines = [told, ...(error instanceof ConfigError || hint === undefined ? [] : [hint])]
  annotateError(lines.map((line) => clean(line, LONGEST)).join('\n'), { title: 'Gantry' })
}

/** What is wrong, for a report. */
export function problemsOf(error: unknown): readonly Diagnostic[] {
  if (error instanceof ConfigError) return error.diagnostics
  if (error instanceof UserError) {
    return [
      { severity: 'error', message: error.message, ...(error.hint !== undefined && { hint: error.hint }) },
    ]
  }
  return [
    {
      severity: 'error',
      message: `a bug in Gantry: ${messageOf(error)}`,
      hint: 'please report it, with the log of this step',
    },
  ]
}
