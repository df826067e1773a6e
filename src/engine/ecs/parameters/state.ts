import type { AppId } from '../../../app/app.ts'
import type { ProcessState, TaskSpec } from '../../../app/spec.ts'
import { storedState, storedTask } from '../../../app/stored.ts'
import type { Variable } from '../../engine.ts'
import type { Outcome } from '../../ledger.ts'
import type { Account } from '../account.ts'
import { newer } from './document-format.ts'
import { Documents } from './documents.ts'
import { stateParameter, variablesParameter } from './parameter-names.ts'
import { readMirror, variablesOf } from './variables-mirror.ts'

/** What Gantry remembers of an app between two runs, in one document: what is written together is true together. */
export interface State {
  format: 1
  /** The highest number among the deployments that had their turn and ended. */
  deployment: number
  /** The highest number among the deployments that had their turn, ended or not. */
  begun: number
  /** The number of the newest release; 0: none. */
  release: number
  /** Every deployment up to this number has ended. */
  settled: number
  /** How the last deployment that had its turn ended. */
  finished: Finished | null
  processes: Record<string, StoredProcess>
  schedules: TaskSpec[]
  /** Per task, the fingerprint with which it last succeeded. */
  succeeded: Record<string, string>
}

export interface Finished {
  number: number
  status: Outcome
  finished_at: string
  reason: string | null
  release: number | null
}

/** What a process was made to be, and how to tell whether it still is. */
export interface StoredProcess {
  state: ProcessState
  /** Name of the ECS service. */
  service: string
  /** `family:revision` of the task definition. */
  revision: string
  /** Of the rendered definition. */
  hash: string
}

const EMPTY: State = {
  format: 1,
  deployment: 0,
  begun: 0,
  release: 0,
  settled: 0,
  finished: null,
  processes: {},
  schedules: [],
  succeeded: {},
}

export class States {
  readonly #documents: Documents

  constructor(account: Account) {
    this.#documents = new Documents(account)
  }

  /** In one call, while neither is large. */
  async read(app: AppId): Promise<{ state: State; variables: Variable[] }> {
    const found = await this.#documents.read<unknown>([stateParameter(app), variablesParameter(app)])
    return {
      state: stateOf(app, found.get(stateParameter(app))),
      variables: variablesOf(readMirror(app, found.get(variablesParameter(app)))),
    }
  }

  /** The change may be made more than once, and must come to the same then. Writes nothing when nothing changes. */
  async update(app: AppId, change: (state: State) => State): Promise<State> {
    return this.#documents.update<State>(stateParameter(app), (state) => change(stateOf(app, state)))
  }
}

/** The state as it was read, or that of an app that has none yet. */
export function stateOf(app: AppId, read: unknown): State {
  const state = (read ?? EMPTY) as State
  if (state.format !== EMPTY.format) throw newer(stateParameter(app))
  return {
    ...state,
    processes: Object.fromEntries(
      Object.entries(state.processes).map(([name, each]) => [
        name,
        { ...each, state: storedState(each.state) },
      ]),
    ),
    schedules: state.schedules.map(storedTask),
  }
}

/** Whether a deployment began and did not end, as far as the state knows: one too many at most. */
export function isUnderway({ begun, settled }: State): boolean {
  return begun > settled
}
