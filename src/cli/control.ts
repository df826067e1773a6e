import type { DeployEvent } from '../deploy/events.ts'
import type { LogWish } from '../deploy/log-query.ts'
import type { OperationWords } from '../deploy/operations.ts'
import type { RunEvent, RunWords } from '../deploy/run-once.ts'
import type { ShellWords } from '../deploy/shell.ts'
import type { DeletedRun } from '../deploy/task-runs.ts'
import type { NewVariable, Variable } from '../engine/engine.ts'
import type { LogLine } from '../engine/logs.ts'
import type { Running } from '../engine/running.ts'
import type { Deployment, Outcome, Release } from '../engine/ledger.ts'
import type { Shell, ShellIo } from '../engine/shell.ts'
import type { TaskLogQuery, TaskRun } from '../engine/task-run.ts'
import type { Plan } from '../plan/types.ts'

/**
 * One app, as commands work with it, wherever it runs: behind a server, or on an engine that this process drives.
 * Whatever takes a signal ends without an error when that fires, unless it says otherwise.
 */
export interface Control {
  /** The name of the app. */
  readonly app: string

  running(options?: { instances?: boolean }): Promise<Running>
  /** What deploying a commit would do. Rejects with a CancelledError when the signal fires. */
  plan(commit: string, options: PlanWish, signal: AbortSignal): Promise<Plan>

  deploy(commit: string, options: DeployWish, watching: Watching): Promise<Watched>
  /** Deploys an old release again; null: the one before the latest. */
  rollback(release: number | null, watching: Watching): Promise<Watched>
  /** Makes, changes and deletes processes by hand. Rejects with a ConfigError that has all that is wrong. */
  operate(title: string, operations: readonly OperationWords[], watching: Watching): Promise<Watched>

  /** Newest first. */
  deployments(limit: number): Promise<Deployment[]>
  /** Rejects with a NotFoundError. */
  deployment(number: number): Promise<Deployment>
  /** What happened in a deployment; with `follow` until it ends. */
  events(number: number, follow: boolean, signal: AbortSignal): AsyncIterable<DeployEvent>
  /** Stops a deployment, and gives it as it is then: it may take a while to end. */
  cancel(number: number): Promise<Deployment>

  /** Newest first. */
  releases(limit: number): Promise<Release[]>
  /** Rejects with a NotFoundError. */
  release(number: number): Promise<Release>

  variables(): Promise<Variable[]>
  setVariable(variable: NewVariable): Promise<void>
  unsetVariable(name: string, process: string | null): Promise<void>

  /** Runs a command once: its lines, then how it ended. Without the latter when the signal has stopped it. */
  run(words: RunWords, signal: AbortSignal): AsyncIterable<RunEvent>
  /** Starts a command that somebody talks to; stopping it is up to them. Rejects when the signal fires before it has begun. */
  openShell(words: ShellWords, io: ShellIo): Promise<Shell>
  logs(wish: LogWish): AsyncIterable<LogLine>

  /** Starts a command, which goes on by itself, and gives its run as it is then. `initiated_by` null: whoever asks. */
  startTask(words: RunWords, initiated_by: string | null): Promise<TaskRun>
  /** Starts a task of the config, as the last release has it. */
  startConfigured(task: string, initiated_by: string | null): Promise<TaskRun>
  /** Newest first. */
  tasks(limit: number): Promise<TaskRun[]>
  /** Rejects with a NotFoundError. */
  task(id: string): Promise<TaskRun>
  /** What a run has written; with `follow` until it has ended. */
  taskLogs(id: string, query: TaskLogQuery): AsyncIterable<LogLine>
  /** Stops a run that goes on, and waits until it is gone; takes one that has ended out of the list. */
  deleteTask(id: string): Promise<DeletedRun>
}

export interface PlanWish {
  allow_remove: boolean
  /** Trust nothing that was remembered. */
  refresh: boolean
}

export interface DeployWish {
  /** Also when commits of the deploy branch would be lost, where there is one. */
  force: boolean
  rebuild: boolean
  allow_remove: boolean
}

/** Somebody who watches a deployment. */
export interface Watching {
  /** Gets each event as it happens. */
  show: (event: DeployEvent) => void
  /** Fires when they have seen enough. What that means for the deployment is said to them. */
  signal: AbortSignal
}

/** How a deployment was when its watching ended. */
export interface Watched {
  /** Null: none was recorded. */
  number: number | null
  /** Null: it goes on without being watched. */
  outcome: Outcome | null
}
