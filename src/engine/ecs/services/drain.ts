import type { Service } from '@aws-sdk/client-ecs'

import { TimeoutError } from '../../../app/errors.ts'
import type { RolloutEvent } from '../../rollout.ts'
import type { Account } from '../account.ts'
import { instanceName, nameOfArn } from '../names.ts'
import type { Looks } from './describe.ts'
import { patiently, throwIfAborted, unlessAborted, type Limits } from '../patiently.ts'
import { describeTasks, listTasks } from './task-list.ts'

/** Seconds between two looks at tasks that are on their way out. */
const TICK = 2

export interface DrainRequest {
  process: string
  service: string
  /** ARNs of tasks that ran before they were told to stop. */
  tasks: readonly string[]
  /** How many stay. */
  left: number
  report: (event: RolloutEvent) => void
}

/**
 * Waits until a service that was told to have fewer instances has no more than those. Where none are to be left they
 * are not only on their way out but gone: each task is STOPPED.
 */
export async function drained(
  account: Account,
  looks: Looks,
  { process, service, tasks, left, report }: DrainRequest,
  limits: Limits,
): Promise<void> {
  for (;;) {
    const now = await unlessAborted(looks.next(service), limits.signal)
    limits.lost?.throwIfAborted()
    if (now === null || aliveIn(now) <= left) break
    checkTime(limits, service)
  }
  if (left > 0) return
  let alive = [...new Set([...tasks, ...(await allTasks(account, service, limits))])]
  while (alive.length > 0) {
    const still = await aliveAmong(account, alive, limits)
    for (const arn of tasks.filter((each) => alive.includes(each) && !still.has(each))) {
      report({ type: 'instance.stopped', process, instance: instanceOf(process, arn) })
    }
    alive = [...still]
    if (alive.length === 0) return
    checkTime(limits, service)
    await limits.clock.sleep(TICK, limits.signal)
    throwIfAborted(limits.signal)
  }
}

/** ARNs of the tasks that a service wants to run. */
export async function runningTasks(account: Account, service: string, limits: Limits): Promise<string[]> {
  return patiently(limits, () => listTasks(account, service, 'RUNNING'))
}

async function allTasks(account: Account, service: string, limits: Limits): Promise<string[]> {
  const stopping = await patiently(limits, () => listTasks(account, service, 'STOPPED'))
  return [...(await runningTasks(account, service, limits)), ...stopping]
}

/** Those that ECS does not know any more have stopped long ago. */
async function aliveAmong(account: Account, arns: readonly string[], limits: Limits): Promise<Set<string>> {
  const tasks = await patiently(limits, () => describeTasks(account, arns))
  return new Set(tasks.filter((task) => task.lastStatus !== 'STOPPED').map((task) => task.taskArn!))
}

function aliveIn({ runningCount = 0, pendingCount = 0, status }: Service): number {
  return status === 'INACTIVE' ? 0 : runningCount + pendingCount
}

function instanceOf(process: string, taskArn: string): string {
  return instanceName(process, nameOfArn(taskArn))
}

function checkTime({ clock, until }: Limits, service: string): void {
  if (clock.now() >= until) throw new TimeoutError(`the instances of ${service} have not stopped`)
}
