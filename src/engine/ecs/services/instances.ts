import type { Task } from '@aws-sdk/client-ecs'
import pLimit from 'p-limit'

import type { Instance, InstanceState } from '../../running.ts'
import type { Account } from '../account.ts'
import { explained } from '../aws-problem.ts'
import { instanceName } from '../names.ts'
import { describeEnding, hasFailed, idOf, mainOf } from './stopped.ts'
import { describeTasks, listTasks } from './task-list.ts'

const PARALLEL = 4

export interface ServiceOf {
  process: string
  service: string
  /** Where its instances answer. */
  port: number | null
}

/**
 * The instances of services, by process: two ListTasks for each service, and one DescribeTasks for a hundred tasks of all.
 * Where none runs, the one that failed last stands for them.
 */
export async function instancesOf(
  account: Account,
  services: readonly ServiceOf[],
): Promise<Map<string, Instance[]>> {
  const limit = pLimit(PARALLEL)
  const list = ({ service }: ServiceOf) =>
    limit(async () => [
      ...(await listTasks(account, service, 'RUNNING')),
      ...(await listTasks(account, service, 'STOPPED')),
    ])
  const [listed, described] = await explained('look at the instances', async () => {
    const arns = await Promise.all(services.map(list))
    return [arns, await describeTasks(account, arns.flat())] as const
  })
  const tasks = new Map(described.map((task) => [task.taskArn!, task]))
  return new Map(
    services.map((service, index) => {
      const own = listed[index]!.map((arn) => tasks.get(arn)).filter((task) => task !== undefined)
      return [service.process, instances(service, own)]
    }),
  )
}

function instances({ process, port }: ServiceOf, tasks: readonly Task[]): Instance[] {
  const alive = tasks.filter((task) => task.lastStatus !== 'STOPPED')
  const failures = tasks.filter((task) => task.lastStatus === 'STOPPED' && hasFailed(task))
  const last = failures.reduce<Task | null>((one, other) => (endOf(one) > endOf(other) ? one : other), null)
  const shown = alive.length === 0 && last !== null ? [last] : alive
  return shown
    .toSorted((one, other) => beginOf(one) - beginOf(other))
    .map((task) => ({
      id: instanceName(process, idOf(task)),
      state: stateOf(task),
      since: new Date(beginOf(task)).toISOString(),
      pid: null,
      address: task.lastStatus === 'STOPPED' ? null : addressOf(task, port),
      image: mainOf(task)?.image ?? '',
      // ECS never starts a task again: it makes another one.
      restarts: 0,
      last_exit: last === null ? null : describeEnding(last),
    }))
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html */
function stateOf({ lastStatus, healthStatus }: Task): InstanceState {
  switch (lastStatus) {
    case 'RUNNING':
      return healthStatus === 'UNHEALTHY' ? 'unhealthy' : 'up'
    case 'DEACTIVATING':
    case 'STOPPING':
    case 'DEPROVISIONING':
      return 'stopping'
    case 'STOPPED':
    case 'DELETED':
      return 'exited'
    default:
      return 'starting'
  }
}

/** `10.0.3.17:3000`; null without a port, and before the task has an address. */
export function addressOf(task: Task, port: number | null): string | null {
  const address = mainOf(task)?.networkInterfaces?.[0]?.privateIpv4Address
  return port === null || address === undefined ? null : `${address}:${port}`
}

function beginOf({ startedAt, createdAt }: Task): number {
  return (startedAt ?? createdAt)?.getTime() ?? 0
}

function endOf(task: Task | null): number {
  return task?.stoppedAt?.getTime() ?? 0
}
