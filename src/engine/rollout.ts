import type { ProcessState } from '../app/spec.ts'

/** What is to become of one process. Before is null for a new one, after for one that goes. */
export interface Transition {
  name: string
  before: ProcessState | null
  after: ProcessState | null
}

export interface RolloutIo {
  signal: AbortSignal
  /** When it fires, nothing is written any more, not even what takes things back: that is for whoever has the lock. */
  lost?: AbortSignal
  report: (event: RolloutEvent) => void
  /**
   * Told as soon as a process is known not to become steady, before it is taken back: its verdict comes after that. The
   * signal may be fired then, and does not change that verdict any more.
   */
  failing?: (process: string) => void
}

/** What happens to instances while a rollout goes on. */
export type RolloutEvent =
  | { type: 'instance.started'; process: string; instance: string }
  | { type: 'instance.up'; process: string; instance: string; address: string | null }
  | { type: 'instance.failed'; process: string; instance: string; reason: string }
  | { type: 'instance.stopped'; process: string; instance: string }
  | { type: 'process.steady'; process: string; instances: number }
  /** What it waits for is not its own to give, such as spot capacity. */
  | { type: 'process.waiting'; process: string; reason: string }
  | { type: 'notice'; text: string }

export interface Verdict {
  process: string
  outcome: 'steady' | 'failed' | 'timed_out' | 'cancelled' | 'superseded'
  /** What runs now. `neither`: something in between, to be rolled back by whoever asked. */
  runs: 'before' | 'after' | 'neither'
  reason: string | null
  exit_code: number | null
  /** The last lines of the instance that failed. */
  log: string[]
  /** What to do about it, for the common causes. */
  hint: string | null
}
