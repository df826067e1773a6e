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
      ...ended('refused', error.message),
      diagnostics: [...error.diagnostics],
      hint: 'nothing was changed',
    }
  }
  if (error instanceof Refused) return { ...ended('refused', error.message), hint: error.hint ?? null }
  if (error instanceof UserError) return { ...ended('failed', error.message), hint: error.hint ?? null }
  return ended('failed', `a bug in Gantry: ${messageOf(error)}`)
}
