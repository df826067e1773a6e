import type { AppId } from '../../../app/app.ts'
import type { ProcessState } from '../../../app/spec.ts'
import type { RolloutEvent } from '../../rollout.ts'
import type { Account } from '../account.ts'
import type { Definitions } from '../definition/register.ts'
import type { StoredProcess } from '../parameters/state.ts'
import type { Fingerprint } from '../tags.ts'
import type { Autoscaling } from './autoscaling.ts'
import type { ServiceCalls } from './calls.ts'
import type { Looks } from './describe.ts'
import type { Limits } from '../patiently.ts'
import type { Watched } from './verdict.ts'
import type { Watcher } from './watch.ts'

/** What the rollouts of an app that go on at one time share. */
export interface RolloutTools {
  account: Account
  app: AppId
  definitions: Definitions
  autoscaling: Autoscaling
  watcher: Watcher
  looks: Looks
  /** Once it has fired nothing is written any more, and nothing is waited for. */
  lost: AbortSignal
  /** Told what became true of a process; null: it is gone. */
  remember: (process: string, stored: StoredProcess | null) => void
  /** Told what was asked for and cannot be done here. */
  warn: (text: string) => void
}

/** One service on its way to a state. */
export interface Change {
  tools: RolloutTools
  process: string
  /** Its name. */
  service: string
  /** What it is now; null where it is to be made. */
  before: ProcessState | null
  after: ProcessState
  calls: ServiceCalls
  /** From now on, for calls and for what has to stop; how long instances may take to be steady is another matter. */
  limits: () => Limits
  report: (event: RolloutEvent) => void
  /** Makes it what it was, as far as it has been changed by now; false: it could not be. */
  undo: (ended: { rolledBack: boolean }) => Promise<boolean>
}

/** What was written, and what is left to wait for. */
export interface Written {
  run: Fingerprint
  /** How many instances are wanted. */
  count: number
  /** Null: none has to come up. */
  watched: Watched | null
  /** Waits for those that have to stop, and says in the tags what was not true before. */
  complete: () => Promise<void>
}

/** Seconds that calls, and instances that have to stop, get at least, however short the rollout's timeout. */
const LEAST = 600

export function limitsOf(
  { account: { clock }, lost }: Pick<RolloutTools, 'account' | 'lost'>,
  { spec }: ProcessState,
  signal?: AbortSignal,
): Limits {
  return { clock, until: clock.now() + Math.max(spec.rollout.timeout, LEAST) * 1_000, signal, lost }
}
