import type { Container, Task } from '@aws-sdk/client-ecs'

import { CONTAINER, nameOfArn } from '../names.ts'

/** What is known of how an instance ended. */
export interface Ending {
  /** What ECS says, all of it. */
  reason: string
  /** Null where its container never ran. */
  exit_code: number | null
  /** Which of its containers it was; that of the process itself unless another one tells more. */
  container: string
}

/** By its stop code: nothing that the task could help, or what somebody wanted. */
const NOT_ITS_FAULT = new Set([
  'UserInitiated',
  'SpotInterruption',
  'TerminationNotice',
  'InfrastructureHealth',
])

/** That capacity is missing says nothing about a task. */
const NO_CAPACITY = /capacity is unavailable|no \S*\s?capacity/i

export function idOf({ taskArn = '' }: Task): string {
  return nameOfArn(taskArn)
}

/** Whether its containers run no more, and how they ended is known. */
export function isOver({ lastStatus, executionStoppedAt }: Task): boolean {
  return lastStatus === 'STOPPED' || executionStoppedAt !== undefined
}

/**
 * Whether it ended because of what it is: it could not start, its program ended, or a health check failed. The scheduler
 * stops tasks for that and for scaling alike; only the reason tells.
 */
export function hasFailed(task: Task): boolean {
  const { stopCode = '', stoppedReason = '' } = task
  if (!isOver(task) || NOT_ITS_FAULT.has(stopCode) || NO_CAPACITY.test(stoppedReason)) return false
  return stopCode !== 'ServiceSchedulerInitiated' || /health check|unhealthy/i.test(stoppedReason)
}

export function lacksCapacity(text: string): boolean {
  return NO_CAPACITY.test(text) || /unable to place a task.*capacity/i.test(text)
}

/** Seconds that its containers ran; 0 when they never did. */
export function lifeOf({ startedAt, stoppingAt, executionStoppedAt, stoppedAt }: Task): number {
  const end = stoppingAt ?? executionStoppedAt ?? stoppedAt
  if (startedAt === undefined || end === undefined) return 0
  return Math.max(0, (end.getTime() - startedAt.getTime()) / 1_000)
}

export function endingOf(task: Task): Ending {
  const container = culpritOf(task)
  const said = [task.stoppedReason, container?.reason].filter((text) => text !== undefined && text !== '')
  return {
    reason: [...new Set(said)].join(': '),
    exit_code: container?.exitCode ?? null,
    container: container?.name ?? CONTAINER,
  }
}

/** How it ended, in a few words: `exit code 1`, `Task failed ELB health checks`, `CannotPullContainerError: …`. */
export function describeEnding(task: Task): string {
  const { reason, exit_code, container } = endingOf(task)
  const isOther = container !== (mainOf(task)?.name ?? CONTAINER)
  if (exit_code === null || !reason.startsWith('Essential container in task exited')) {
    return `${reason || 'stopped'}${isOther ? ` (container ${container})` : ''}`
  }
  const more = culpritOf(task)?.reason
  return `exit code ${exit_code}${isOther ? ` of ${container}` : ''}${more === undefined || more === '' ? '' : `: ${more}`}`
}

/** What endings have in common that differ only in what is told apart by numbers, such as targets and request ids. */
export function causeOf(task: Task): string {
  const { reason, exit_code, container } = endingOf(task)
  return `${container} ${exit_code} ${reason.replaceAll(/\([^)]*\)/g, '').replaceAll(/[0-9a-f-]{8,}|\d[\d.:]*/g, '#')}`
}

/** What a container ends with that is stopped because another one of its task has ended: that of a signal. */
const STOPPED_WITH = new Set([0, 137, 143])

/** What ECS says of a container that waited in vain: why that was so, another one knows (amazon-ecs-agent, PR 3218). */
const IN_VAIN = /container ordering dependency/

/**
 * The container because of which a task has ended. ECS does not say it: the one that is not healthy, where that was it; else
 * one of which it knows something bad, else one that has failed by itself, that of the process first.
 */
function culpritOf(task: Task): Container | undefined {
  const main = mainOf(task)
  const all = [
    ...(main === undefined ? [] : [main]),
    ...(task.containers ?? []).filter((each) => each !== main),
  ]
  if (/health check/i.test(task.stoppedReason ?? '')) {
    return all.find(({ healthStatus }) => healthStatus === 'UNHEALTHY') ?? main
  }
  return (
    all.find(({ reason = '' }) => reason !== '' && !IN_VAIN.test(reason)) ??
    all.find(({ exitCode }) => exitCode !== undefined && !STOPPED_WITH.has(exitCode)) ??
    main
  )
}

export function mainOf({ containers = [] }: Task) {
  return containers.find((each) => each.name === CONTAINER) ?? containers[0]
}
