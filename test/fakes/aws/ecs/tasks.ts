import type { DescribeTasksRequest, ListTasksRequest, StopTaskRequest } from '@aws-sdk/client-ecs'

import { nameOf, taskArn } from './arns.ts'
import { ecsPage } from './pages.ts'
import { invalid, refuseAs } from './refusals.ts'
import type { ClusterState, TaskState } from './state.ts'
import { stop } from './task-life.ts'
import { taskView } from './task-view.ts'
import type { World } from './world.ts'

const MOST_DESCRIBED = 100

export function describeTasks(world: World, input: DescribeTasksRequest): unknown {
  const { tasks: names = [], include = [] } = input
  const cluster = world.cluster(input.cluster)
  if (names.length === 0) invalid('Tasks cannot be empty.')
  if (names.length > MOST_DESCRIBED) invalid(`Tasks cannot have more than ${MOST_DESCRIBED} elements.`)
  const found = names.map((name) => ({ name, task: find(world, cluster, name) }))
  return {
    tasks: found.flatMap(({ task }) => (task === undefined ? [] : [taskView(world, task, include)])),
    failures: found.flatMap(({ name, task }) =>
      task === undefined ? [{ arn: taskArn(cluster.name, nameOf(name)), reason: 'MISSING' }] : [],
    ),
  }
}

export function listTasks(world: World, input: ListTasksRequest): unknown {
  const { family, serviceName, startedBy, launchType, desiredStatus = 'RUNNING' } = input
  const cluster = world.cluster(input.cluster)
  if (startedBy !== undefined && [family, serviceName, launchType].some((each) => each !== undefined)) {
    invalid('When you specify startedBy as the filter, it must be the only filter that you use.')
  }
  if (serviceName !== undefined && world.service(cluster, serviceName) === undefined) {
    refuseAs('ServiceNotFoundException', 'Service not found.')
  }
  const group = serviceName === undefined ? undefined : `service:${nameOf(serviceName)}`
  const found = [...world.tasks.values()].filter(
    (task) =>
      task.cluster === cluster &&
      task.desiredStatus === desiredStatus &&
      (group === undefined || (task.service !== null && task.group === group)) &&
      (startedBy === undefined || task.startedBy === startedBy) &&
      (family === undefined || task.definition.family === family) &&
      (launchType === undefined || task.launchType === launchType),
  )
  const { items, nextToken } = ecsPage(found, input, { key: ({ arn }) => arn, most: 100, normal: 100 })
  return { taskArns: items.map(({ arn }) => arn), nextToken }
}

export function stopTask(world: World, { cluster, task: name = '', reason }: StopTaskRequest): unknown {
  const task = find(world, world.cluster(cluster), name) ?? invalid('The referenced task was not found.')
  stop(world, task, 'UserInitiated', reason ?? 'Task stopped by user')
  return { task: taskView(world, task, []) }
}

function find(world: World, cluster: ClusterState, nameOrArn: string): TaskState | undefined {
  const task = world.tasks.get(nameOf(nameOrArn))
  return task?.cluster === cluster ? task : undefined
}
