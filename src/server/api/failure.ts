import { CancelledError, ConfigError, NotFoundError, UserError, type Diagnostic } from '../../app/errors.ts'
import { isDiskFull } from '../../store/full-disk.ts'
import type { KeptAnswer } from '../idempotency.ts'

/** The body of every answer that is no success. */
export interface Failure {
  error: {
    message: string
    /** What to do about it. */
    hint: string | null
    /** All that is wrong with a config, each with its place. */
    diagnostics?: readonly Diagnostic[]
  }
}

export function failure(message: string, hint: string | null = null): Failure {
  return { error: { message, hint } }
}

/** Refused for a reason that has a status of its own in HTTP. */
export class HttpError extends UserError {
  readonly status: number

  constructor(status: number, message: string, options: { hint?: string } = {}) {
    super(message, options)
    this.status = status
  }
}

/** What an error is answered with; null: it is a bug. */
export function answerTo(error: unknown): (KeptAnswer & { body: Failure }) | null {
  if (error instanceof UserError) {
    const { message, hint = null } = error
    const diagnostics = error instanceof ConfigError ? { diagnostics: error.diagnostics } : {}
    return { status: statusOf(error), body: { error: { message, hint, ...diagnostics } } }
  }
  return isClientError(error) ? { status: error.status, body: failure(error.message) } : null
}

/** What an error is answered with that is not the fault of who asks. */
export function ownFault(error: unknown): KeptAnswer {
  return isDiskFull(error) ? FULL : BUG
}

const FULL: KeptAnswer = {
  status: 507,
  body: failure(
    'the disk of the server is full',
    'make room on it, and look what became of this before you send it again',
  ),
}

export const BUG: KeptAnswer = { status: 500, body: failure('a bug in Gantry: see the log of the server') }

function statusOf(error: UserError): number {
  if (error instanceof HttpError) return error.status
  if (error instanceof NotFoundError) return 404
  // The server stops: nothing was begun, and the next one will do it.
  return error instanceof CancelledError ? 503 : 400
}

/** What express's body parser rejects: bad JSON, a body that is too large. */
function isClientError(error: unknown): error is Error & { status: number } {
  return (
    error instanceof Error && 'status' in error && Number(error.status) >= 400 && Number(error.status) < 500
  )
}
