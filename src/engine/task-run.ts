import type { AppId } from '../app/app.ts'
import { showCommand } from '../app/command.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { TaskRequest } from './engine.ts'
import type { LogLine, LogQuery } from './logs.ts'

/**
 * `starting`: taken on, and its program does not run yet. `stopped`: ended by somebody, or at its time limit. `ended`:
 * it runs no more, and how it ended is not known.
 */
export type TaskStatus = 'starting' | 'running' | 'succeeded' | 'failed' | 'stopped' | 'ended'

/** One run of a task, as it is remembered. Units as in `app.ts`. */
export interface TaskRun {
  /** What it is called in logs, too: `task.migrate-77ab01`. Never used again. */
  id: string
  /** Name of the task; `run` for what somebody ran by hand. */
  task: string
  /** As a person reads it, cut where it is very long. */
  command: string
  status: TaskStatus
  /** Who or what started it, free text. */
  initiated_by: string
  /** Number of the deployment that it belongs to. */
  deployment: number | null
  /** ISO time when it was asked for. */
  started_at: string
  /** Null while it runs, and where nobody knows. */
  ended_at: string | null
  /** Null while it runs, and when a signal or the engine ended it. */
  exit_code: number | null
  /** Why it ended, when that was not its own doing. */
  reason: string | null
  /** Digest or reference. */
  image: string
  cpu: number
  memory: number
  max_hours: number
}

/** The runs of tasks that are remembered: of deployments, of schedules and by hand. */
export interface TaskRuns {
  /** Newest first. */
  list(app: AppId, limit: number): Promise<TaskRun[]>
  /** Null: none that is remembered. */
  find(app: AppId, id: string): Promise<TaskRun | null>
  /**
   * All that one run wrote, as far as it is kept, oldest first; with `follow` it goes on until the run has ended. Ends
   * when the signal fires; rejects with a NotFoundError.
   */
  logs(app: AppId, id: string, query: TaskLogQuery): AsyncIterable<LogLine>
  /** Stops a run, whoever started it, and gives how it ended. One that has ended stays as it is. */
  stop(app: AppId, id: string, reason: string): Promise<TaskRun>
  /** Takes a run that has ended out of what is remembered; its output stays as long as any. */
  forget(app: AppId, id: string): Promise<void>
}

export type TaskLogQuery = Pick<LogQuery, 'follow' | 'signal'>

/** How a run ended. */
export type TaskEnd = Pick<TaskRun, 'status' | 'ended_at' | 'exit_code' | 'reason'>

/** Characters of a command that are remembered. */
const LONGEST_COMMAND = 4_000

/** A run as it is when it has been asked for. */
export function newRun(id: string, { spec, initiated_by, deployment }: TaskRequest, now: string): TaskRun {
  const command = showCommand(spec.command)
  return {
    id,
    task: spec.name,
    command: command.length > LONGEST_COMMAND ? `${command.slice(0, LONGEST_COMMAND - 1)}…` : command,
    status: 'starting',
    initiated_by,
    deployment,
    started_at: now,
    ended_at: null,
    exit_code: null,
    reason: null,
    image: spec.image.kind === 'pinned' ? spec.image.reference : (spec.image.digest ?? spec.image.key),
    cpu: spec.cpu,
    memory: spec.memory,
    max_hours: spec.max_hours,
  }
}

export function isOver({ status }: Pick<TaskRun, 'status'>): boolean {
  return status !== 'starting' && status !== 'running'
}

/** Seconds from when it was asked for to its end, or to now; null where its end is not known. */
export function durationOf(run: TaskRun, now: number): number | null {
  if (run.ended_at === null && isOver(run)) return null
  const end = run.ended_at === null ? now : Date.parse(run.ended_at)
  return Math.max(0, (end - Date.parse(run.started_at)) / 1_000)
}

export function unknownRun(app: string, id: string): NotFoundError {
  return new NotFoundError(`${app} has no task ${JSON.stringify(id.slice(0, 80))}`, {
    hint: '`gantry task list` shows those that are remembered',
  })
}

export function runsStill({ id }: TaskRun): UserError {
  return new UserError(`${id} still runs`, { hint: 'stop it first' })
}
