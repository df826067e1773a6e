import { UserError } from '../app/errors.ts'
import { linesIn } from '../report/lines.ts'
import { hasColour, note } from './output.ts'

/** Tells of what went wrong beside the work, or ends it, and is not the user's to repair. */
export function reportBug(error: unknown): void {
  if (error instanceof UserError) {
    note(linesIn(hasColour(process.stderr)).problem(error.message))
    return
  }
  note(error instanceof Error ? (error.stack ?? error.message) : String(error))
  note('\nThis is a bug in Gantry. Please report it, with the lines above and what you ran.')
}
