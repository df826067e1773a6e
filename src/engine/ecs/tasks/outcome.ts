import type { Task } from '@aws-sdk/client-ecs'

import type { TaskRun } from '../../task-run.ts'
import { mainOf } from '../services/stopped.ts'

/** How a task ended, in the terms of a TaskResult. */
export interface Outcome {
  exit_code: number | null
  reason: string | null
}

/** Longest reason that StopTask is given; it takes more, and answers with less. */
const LONGEST_REASON = 255

/** Whether it is gone from the cluster, with all that it had there. */
export function isStopped({ lastStatus }: Task): boolean {
  return lastStatus === 'STOPPED'
}

/**
 * Whether how it ended is known for good: what comes then is only that ECS takes its network away, which can take half a
 * minute.
 */
export function hasEnded(task: Task): boolean {
  return isStopped(task) || (task.executionStoppedAt !== undefined && mainOf(task)?.exitCode !== undefined)
}

/** Whether the program of a stopped task was ever started: if not, it has written nothing. */
export function hasRun(task: Task): boolean {
  return task.startedAt !== undefined || mainOf(task)?.exitCode !== undefined
}

/**
 * How a stopped task ended. Its one essential container is `main`; what AWS adds to a task (of GuardDuty, for example)
 * is not essential and may have no exit code. Only a program that ended by itself has one here: 0 then means success.
 *
 * `asked` is why Gantry asked for it to be stopped, null if it did not.
 */
export function outcomeOf(task: Task, asked: string | null): Outcome {
  const { stopCode, stoppedReason } = task
  const main = mainOf(task)
  const why = [stoppedReason, main?.reason].filter((each) => each !== undefined && each !== '')
  if (asked !== null && (stopCode === undefined || stopCode === 'UserInitiated')) {
    return { exit_code: null, reason: asked }
  }
  const endedItself = stopCode === undefined || stopCode === 'EssentialContainerExited'
  if (endedItself && main?.exitCode !== undefined) {
    return { exit_code: main.exitCode, reason: main.reason ?? null }
  }
  return { exit_code: null, reason: [...new Set(why)].join(': ') || stopCode || 'ECS gives no reason' }
}

/** A run as its task shows it. `asked` as in `outcomeOf`. */
export function runOf(run: TaskRun, task: Task, asked: string | null = null): TaskRun {
  if (!hasEnded(task)) return { ...run, status: task.startedAt === undefined ? 'starting' : 'running' }
  const outcome = outcomeOf(task, asked)
  const ended_at = (task.executionStoppedAt ?? task.stoppedAt)?.toISOString() ?? null
  if (outcome.exit_code !== null) {
    return { ...run, ...outcome, status: outcome.exit_code === 0 ? 'succeeded' : 'failed', ended_at }
  }
  const stopped = outcome.reason === asked || task.stopCode === 'UserInitiated'
  return { ...run, ...outcome, status: stopped ? 'stopped' : 'failed', ended_at }
}

/** Why a task is stopped, as ECS takes it: one line, not too long. */
export function stopReason(text: string): string {
  return text
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON)
    .toWellFormed()
}

/** Seconds from when ECS was asked for it until its program had ended, by ECS's own clock. */
export function durationOf({ createdAt, executionStoppedAt, stoppedAt }: Task): number | null {
  const end = executionStoppedAt ?? stoppedAt
  return createdAt === undefined || end === undefined ? null : (end.getTime() - createdAt.getTime()) / 1_000
}
