import type { Diagnostic } from '../app/errors.ts'
import type { ProcessState, TaskSpec } from '../app/spec.ts'

/** The difference between what is wanted and what runs, as data. Pure JSON. */
export interface Plan {
  app: string
  environment: string
  processes: ProcessChange[]
  tasks: TaskChange[]
  images: ImageChange[]
  warnings: Diagnostic[]
  /** Why this plan must not be carried out as it is, one sentence each; empty for nearly every plan. */
  blocked: string[]
}

export type Action = 'create' | 'update' | 'scale' | 'start' | 'stop' | 'remove' | 'pinned' | 'unchanged'

export type Owner = 'config' | 'operator'

export interface FieldChange {
  /** The name in the config; for one entry of a map, `env.LOG_LEVEL`. */
  field: string
  /**
   * JSON values as the config has them in the model; absent where there is none. Never the value of a secret or of a
   * variable set by hand, which shows as its version. Equal where only the owner changes.
   */
  from?: unknown
  to?: unknown
  /** `operator` when the operator owns it before or after; where only the owner changes, who owns it after. */
  owner: Owner
}

/** A field that the operator owns and this plan keeps. */
export interface KeptField {
  /** The name in the config; for one that a variable set by hand wins over, `env.LOG_LEVEL` or `secrets.API_KEY`. */
  field: string
  /** Null where a variable set by hand wins: its value is never here. */
  value: unknown
  /** What the config says there; absent where it does not name the process. */
  config?: unknown
}

export interface ProcessChange {
  name: string
  action: Action
  /** Whether its instances are replaced by new ones. */
  replaces: boolean
  /** Whether it is stopped when the plan has been carried out: `update (stopped)`. */
  stopped: boolean
  /** False while an earlier rollout of it goes on: it is waited for, also where nothing differs. */
  settled: boolean
  fields: FieldChange[]
  kept: KeptField[]
  before: ProcessState | null
  after: ProcessState | null
}

export interface TaskChange {
  name: string
  /** `run` before or after the rollout; the others are for schedules. `skip`: nothing differs since it last succeeded. */
  action: 'run' | 'skip' | 'create' | 'update' | 'remove' | 'unchanged'
  phase: 'pre_deploy' | 'post_deploy' | 'schedule'
  reason: string
  /** Identifies the task and the images; kept when it has succeeded. */
  fingerprint: string | null
  spec: TaskSpec | null
}

export interface ImageChange {
  key: string
  /** The components that run it: `web`, `worker`, `task migrate`. */
  used_by: string[]
  /** `build`: does not exist; `rebuild`: exists and is made anew; `reuse`: exists. */
  action: 'build' | 'rebuild' | 'reuse'
}
