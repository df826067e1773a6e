import type { ProcessSpec, ProcessState, TaskSpec } from '../app/spec.ts'
import type { Variable } from './engine.ts'

export interface ObserveOptions {
  /** Whether single instances are wanted as well: where that costs calls, they are left out otherwise. */
  instances?: boolean
  /** Trust nothing that was remembered: read everything, and find what was changed by other hands. */
  refresh?: boolean
  /** Processes that somebody wants to have: whether they can be made is looked at as well. */
  wanted?: readonly WantedProcess[]
  signal?: AbortSignal
}

/** `ecs.service` of a process may name what it is called there. */
export type WantedProcess = Pick<ProcessSpec, 'name' | 'ecs'>

export interface Running {
  processes: RunningProcess[]
  /** Schedules that are in force. */
  schedules: TaskSpec[]
  /** Per task name, the fingerprint with which it last succeeded. */
  succeeded: Record<string, string>
  variables: Variable[]
  /** Whether there is a deployment that began and did not end: it goes on, or its deployer died. */
  underway: boolean
  /** Whether there is a release: what runs may have been adopted, and never have been deployed. */
  released: boolean
  /** What is odd about what was found, a sentence each. */
  warnings: string[]
  /** The wanted processes that cannot be made, because something else is where they would be. */
  obstacles: Obstacle[]
}

export interface Obstacle {
  process: string
  /** Why, and what to do about it. */
  reason: string
}

export interface RunningProcess extends ProcessState {
  instances: Instance[]
  /** What has happened to it lately, newest first, as far as the engine remembers; with the instances. */
  events: ProcessEvent[]
  /** False while a rollout of it goes on that nobody here has begun: how that ends is not known yet. */
  settled: boolean
}

export interface ProcessEvent {
  /** ISO time. */
  at: string
  /** In the engine's own words. */
  text: string
}

/** How many events of a process are told. */
export const LATEST_EVENTS = 20

export type InstanceState = 'starting' | 'up' | 'unhealthy' | 'stopping' | 'backing_off' | 'exited'

export interface Instance {
  /** Unique and never used again: `web.1-3f9c2a`. */
  id: string
  state: InstanceState
  /** ISO time of the start. */
  since: string
  pid: number | null
  /** `host:port` where it answers, when it has a port. */
  address: string | null
  /** What it runs. */
  image: string
  restarts: number
  /** How the one before it in its place ended. */
  last_exit: string | null
}
