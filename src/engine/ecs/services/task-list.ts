import type { DesiredStatus, Task } from '@aws-sdk/client-ecs'

import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { chunks } from '../chunks.ts'

/** DescribeTasks takes so many: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const PAGE = 100

/**
 * ARNs of the tasks that a service wants to be in this state; those on their way out are STOPPED. Of the stopped ones, which
 * ECS shows for an hour, one page.
 */
export async function listTasks(
  { aws, cluster }: Account,
  serviceName: string,
  desiredStatus: DesiredStatus,
): Promise<string[]> {
  const ecs = await aws.ecs()
  const found: string[] = []
  let nextToken: string | undefined
  try {
    do {
      const page = await ecs.listTasks({ cluster, serviceName, desiredStatus, nextToken })
      found.push(...(page.taskArns ?? []))
      nextToken = desiredStatus === 'RUNNING' ? page.nextToken : undefined
    } while (nextToken !== undefined)
  } catch (error) {
    // A service that is gone has none.
    if (!isNamed(error, 'ServiceNotFoundException', 'ServiceNotActiveException')) throw error
  }
  return found
}

/** Tasks that ECS does not know any more are left out. */
export async function describeTasks({ aws, cluster }: Account, arns: readonly string[]): Promise<Task[]> {
  const ecs = await aws.ecs()
  const pages = await Promise.all(chunks(arns, PAGE).map((tasks) => ecs.describeTasks({ cluster, tasks })))
  return pages.flatMap((page) => page.tasks ?? [])
}
