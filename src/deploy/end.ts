import {
  CancelledError,
  ConfigError,
  DeployError,
  messageOf,
  UserError,
  type Diagnostic,
} from '../app/errors.ts'
import { LockLostError, SupersededError, type DeploymentEnd, type Outcome } from '../engine/ledger.ts'
import { RolledBack } from './roll-out.ts'

/** How many problems of a config a reason names. */
const MOST_PROBLEMS = 5

/** How a deployment went, for the ledger and for the person who waits. */
export interface End extends DeploymentEnd {
  hint: string | null
  diagnostics: Diagnostic[]
}

/** Thrown by `admit` when a deployment must not go on. */
export class Refused extends DeployError {}

export function ended(outcome: Outcome, reason: string | null): End {
  return { outcome, reason, hint: null, diagnostics: [], release: null }
}

export function refused(blocked: readonly string[]): End {
  return { ...ended('refused', blocked.join('; ')), hint: 'nothing was changed' }
}

/** What an error means for the deployment that it ended. */
export function endOf(error: unknown, signal: AbortSignal): End {
  const lost = [error, signal.reason].find((each) => each instanceof LockLostError)
  if (lost !== undefined) return { ...ended('interrupted', lost.message), hint: lost.hint ?? null }
  if (error instanceof RolledBack) {
    return {
      ...ended(
        error.complete ? (signal.aborted ? 'cancelled' : 'rolled_back') : 'rollback_failed',
        error.message,
      ),
      hint: error.hint ?? null,
    }
  }
  if (error instanceof SupersededError)
    return { ...ended('superseded', error.message), hint: error.hint ?? null }
  if (error instanceof CancelledError || signal.aborted) return ended('cancelled', messageOf(error))
  if (error instanceof ConfigError) {
    return {
      ...ended('refused', problemsOf(error)),
      diagnostics: [...error.diagnostics],
      hint: 'nothing was changed',
    }
  }
  if (error instanceof Refused) return { ...ended('refused', error.message), hint: error.hint ?? null }
  if (error instanceof UserError) return { ...ended('failed', error.message), hint: error.hint ?? null }
  return ended('failed', `a bug in Gantry: ${messageOf(error)}`)
}

/** With their places, as who reads the ledger later has nothing else: `gantry.yml:3:14: memory must be …; and 2 more`. */
function problemsOf({ diagnostics }: ConfigError): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  const told = errors.slice(0, MOST_PROBLEMS).map(({ message, place }) => {
    return place === undefined ? message : `${place.file}:${place.line}:${place.column}: ${message}`
  })
  const more = errors.length - told.length
  return [...told, ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}
