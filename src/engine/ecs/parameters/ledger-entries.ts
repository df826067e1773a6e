import type { TaskSpec } from '../../../app/spec.ts'
import type { Deployment } from '../../ledger.ts'
import { storedRecord } from '../../stored.ts'
import type { Finished, State, StoredProcess } from './state.ts'

/** How many deployments are kept, counted from the newest. */
export const KEPT_DEPLOYMENTS = 100

export interface StoredDeployment extends Deployment {
  /** Makes each its own, even of two that are opened in the same millisecond for the same. */
  nonce: string
}

/** What a rollout learnt and the state does not say yet. Null: the process is gone. */
export interface Memory {
  processes: Readonly<Record<string, StoredProcess | null>>
  schedules: readonly TaskSpec[] | undefined
}

export function withMemory(
  memory: Memory | undefined,
  processes: Memory['processes'],
  schedules: Memory['schedules'],
): Memory {
  return {
    processes: { ...memory?.processes, ...processes },
    schedules: schedules ?? memory?.schedules,
  }
}

export function applyMemory(state: State, memory: Memory | undefined): State {
  if (memory === undefined) return state
  const processes = Object.entries<StoredProcess | null>({ ...state.processes, ...memory.processes })
  return {
    ...state,
    processes: Object.fromEntries(
      processes.filter((entry): entry is [string, StoredProcess] => entry[1] !== null),
    ),
    schedules: [...(memory.schedules ?? state.schedules)],
  }
}

/** Only upwards: an end that comes late must not take back what a later one said. */
export function applyEnd(state: State, finished: Finished, settled: number): State {
  return {
    ...state,
    deployment: Math.max(state.deployment, finished.number),
    release: Math.max(state.release, finished.release ?? 0),
    settled: Math.max(state.settled, settled),
    finished,
  }
}

/** The deployment as people see it: ended as soon as the state says so. */
export function shown(stored: StoredDeployment, { finished }: State): Deployment {
  const { nonce: _nonce, record, ...rest } = stored
  const deployment: Deployment = { ...rest, record: record && storedRecord(record) }
  if (finished === null || finished.number !== deployment.number || isFinished(deployment)) return deployment
  return { ...deployment, ...finished }
}

export function isFinished({ status }: Pick<Deployment, 'status'>): boolean {
  return status !== 'queued' && status !== 'running'
}

/** Up to which number all have ended when `ending` has, as far as these were read. */
export function settledBy(state: State, ending: number, read: readonly Deployment[]): number {
  const ended = new Set([ending, ...read.filter(isFinished).map((each) => each.number)])
  // What is not there any more has long been over.
  const gone = state.deployment - KEPT_DEPLOYMENTS
  let settled = Math.max(state.settled, gone)
  while (ended.has(settled + 1)) settled++
  return settled
}
