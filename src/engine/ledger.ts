import type { App, AppId } from '../app/app.ts'
import type { BuiltImage } from '../app/image.ts'
import type { ProcessState, TaskSpec } from '../app/spec.ts'
import { UserError } from '../app/errors.ts'

/** How many releases keep their images, for roll-backs. */
export const KEPT_RELEASES = 10

/** The memory of an app: its deployments and releases, in the engine, so that every door sees the same truth. */
export interface Ledger {
  /** Writes a deployment down before anything else happens; numbers count up per app. */
  open(app: AppId, deployment: NewDeployment): Promise<Deployment>
  /** Says that it has the lock and works. */
  start(app: AppId, number: number): Promise<void>
  /** Keeps what a roll-back needs. Called before the first process is touched. */
  record(app: AppId, number: number, record: DeploymentRecord): Promise<void>
  /** Says how it ended and, when that makes a release, numbers it: both or neither. */
  finish(app: AppId, number: number, end: DeploymentEnd): Promise<Release | null>
  /** Notes with which fingerprint a task succeeded. */
  taskSucceeded(app: AppId, task: string, fingerprint: string): Promise<void>

  deployment(app: AppId, number: number): Promise<Deployment | null>
  /** Newest first; `before`: those with lower numbers. */
  deployments(app: AppId, limit: number, before?: number): Promise<Deployment[]>
  /** Those that began and were never finished: their deployer died. */
  unfinished(app: AppId): Promise<Deployment[]>
  /** Newest first; `before`: those with lower numbers. */
  releases(app: AppId, limit: number, before?: number): Promise<Release[]>
  release(app: AppId, number: number): Promise<Release | null>
}

export type DeploymentKind = 'deploy' | 'rollback' | 'operate'

export interface NewDeployment {
  kind: DeploymentKind
  commit: string | null
  /** Who asked, for people: a token's name, `cli`. */
  by: string
  /** What for: the subject of the commit, `scale web=3`, `rollback to v4`. */
  title: string
}

export type Outcome =
  | 'succeeded'
  | 'unchanged'
  | 'failed'
  | 'rolled_back'
  | 'rollback_failed'
  | 'cancelled'
  | 'superseded'
  | 'refused'
  | 'interrupted'

/** Whether what was wanted is what runs. */
export function isGood(outcome: Outcome): boolean {
  return outcome === 'succeeded' || outcome === 'unchanged'
}

export interface Deployment extends NewDeployment {
  number: number
  status: 'queued' | 'running' | Outcome
  /** ISO times. */
  created_at: string
  started_at: string | null
  finished_at: string | null
  reason: string | null
  release: number | null
  record: DeploymentRecord | null
}

/** What a deployment is about to change, as it was before. */
export interface DeploymentRecord {
  processes: RecordedProcess[]
  schedules: TaskSpec[]
}

export interface RecordedProcess {
  name: string
  /** Null for a process that did not exist. */
  before: ProcessState | null
  /** The `ecs.service` of all that it was or was to become: while it moves from one to another, it is both. */
  services?: readonly string[]
}

export interface DeploymentEnd {
  outcome: Outcome
  reason: string | null
  release: NewRelease | null
}

/** What one rolls back to. */
export interface NewRelease {
  commit: string | null
  /** The config as it was resolved. */
  app: App
  /** Per component (`process:web`, `task:migrate`) the image it was built into. */
  images: Record<string, BuiltImage>
  /** What the operator owned when it was made. */
  owned_images: Record<string, string>
}

export interface Release extends NewRelease {
  number: number
  deployment: number
  by: string
  title: string
  /** ISO time. */
  created_at: string
}

/** Somebody else may work on the app now. What was begun is recorded, and theirs to finish. */
export class LockLostError extends UserError {}

/** A newer deployment came while this one waited. */
export class SupersededError extends UserError {}
