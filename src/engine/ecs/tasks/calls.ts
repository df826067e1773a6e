import type { Task } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { startedBy } from '../names.ts'
import { chunks } from '../chunks.ts'
import { stopReason } from './outcome.ts'

/** DescribeTasks takes so many: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const PAGE = 100

/**
 * The ARNs of what ECS was asked to run in the name of an app, and still knows: what has stopped for about an hour. Found
 * by who started it: no other filter may be used with that one, and a family alone would mean a call for each task of
 * the config, and miss those that it no longer names.
 */
export async function listTasks(
  { aws, cluster }: Account,
  app: AppId,
  desiredStatus: 'RUNNING' | 'STOPPED',
): Promise<string[]> {
  const ecs = await aws.ecs()
  const found: string[] = []
  let nextToken: string | undefined
  do {
    const page = await ecs.listTasks({
      cluster,
      startedBy: startedBy(app),
      // Which is what is listed where nothing is said.
      ...(desiredStatus === 'STOPPED' && { desiredStatus }),
      maxResults: PAGE,
      ...(nextToken !== undefined && { nextToken }),
    })
    found.push(...(page.taskArns ?? []))
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  return found
}

/** By ARN or id. What ECS does not know any more is left out. */
export async function describeTasks({ aws, cluster }: Account, names: readonly string[]): Promise<Task[]> {
  const ecs = await aws.ecs()
  const found: Task[] = []
  for (const tasks of chunks(names, PAGE)) {
    found.push(...((await ecs.describeTasks({ cluster, tasks, include: ['TAGS'] })).tasks ?? []))
  }
  return found
}

/** Nothing happens to one that is gone already. */
export async function stopTask({ aws, cluster }: Account, task: string, reason: string): Promise<void> {
  const ecs = await aws.ecs()
  try {
    await ecs.stopTask({ cluster, task, reason: stopReason(reason) })
  } catch (error) {
    if (!isNamed(error, 'InvalidParameterException')) throw error
  }
}
