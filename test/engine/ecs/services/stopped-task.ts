import type { Task } from '@aws-sdk/client-ecs'

const NOW = Date.parse('2026-01-01T00:10:00Z')

/** A task that lived for so many seconds and then ended. */
export function stoppedTask(
  more: Partial<Task> & { exitCode?: number; life?: number; said?: string } = {},
): Task {
  const { exitCode, life = 5, said, ...task } = more
  const stopped = new Date(NOW)
  return {
    lastStatus: 'STOPPED',
    desiredStatus: 'STOPPED',
    stopCode: 'EssentialContainerExited',
    stoppedReason: 'Essential container in task exited',
    startedAt: new Date(NOW - life * 1_000),
    stoppingAt: stopped,
    executionStoppedAt: stopped,
    stoppedAt: stopped,
    containers: [{ name: 'main', exitCode, reason: said }],
    ...task,
  }
}

export function runningTask(seconds: number, more: Partial<Task> = {}): Task {
  return {
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    startedAt: new Date(NOW - seconds * 1_000),
    ...more,
  }
}

export { NOW }
