import { warning } from '@actions/core'

import { UserError } from '../app/errors.ts'
import { clean } from '../report/clean.ts'
import type { RunnerLog } from './runner-log.ts'

/** Tells of what went wrong beside the work, and is not the user's to repair. */
export function reportBug(log: RunnerLog, error: unknown): void {
  if (error instanceof UserError) {
    warning(clean(error.message))
    return
  }
  for (const line of stackOf(error)) log.line(line)
  warning('This is a bug in Gantry. Please report it, with the lines above.')
}

export function stackOf(error: unknown): string[] {
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n')
}
