/** Where in a file something is: 1-based line and column, as editors count. */
export interface Place {
  file: string
  line: number
  column: number
}

/** One thing to tell the user about their input. Errors stop the work; warnings go into the plan. */
export interface Diagnostic {
  severity: 'error' | 'warning'
  message: string
  /** The path of the value in the config: `processes.web.cpu`. */
  path?: string
  place?: Place
  /** What to do about it. */
  hint?: string
  /** The lines around the place, with a marker, ready to print. */
  frame?: string
}

/**
 * An expected failure: the user can do something about it. Printed as message and hint, never with a stack.
 * Everything that is not a UserError is a bug in Gantry.
 */
export class UserError extends Error {
  readonly hint: string | undefined

  constructor(message: string, options: { hint?: string | undefined; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.hint = options.hint
  }
  override get name(): string {
    return this.constructor.name
  }
}

/** The repository's config is wrong; all problems at once. */
export class ConfigError extends UserError {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter((each) => each.severity === 'error')
    super(errors.length === 1 ? errors[0]!.message : `${errors.length} problems in the configuration`)
    this.diagnostics = diagnostics
  }
}

/** A deployment did not become true. */
export class DeployError extends UserError {}

/** A task ended badly. */
export class TaskError extends UserError {}

/** Something took longer than its limit. */
export class TimeoutError extends UserError {}

/** Somebody asked for it to stop. */
export class CancelledError extends UserError {}

/** What was asked for does not exist. */
export class NotFoundError extends UserError {}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
