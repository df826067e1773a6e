import { launch } from './launch.ts'
import { spread } from './capacity.ts'
import type { DeploymentState, ServiceState, TaskState, TaskWatcher } from './state.ts'
import { stop } from './task-life.ts'
import type { World } from './world.ts'
import { announce } from './events.ts'

/** Those that nobody has told to stop. */
export function living(deployment: DeploymentState): TaskState[] {
  return [...deployment.tasks].filter(({ desiredStatus }) => desiredStatus === 'RUNNING')
}

export function runningCount({ tasks }: DeploymentState): number {
  return count(tasks, ({ lastStatus }) => lastStatus === 'RUNNING')
}

export function pendingCount({ tasks }: DeploymentState): number {
  return count(tasks, ({ lastStatus }) => lastStatus === 'PENDING' || lastStatus === 'PROVISIONING')
}

function count(tasks: Iterable<TaskState>, matches: (task: TaskState) => boolean): number {
  let found = 0
  for (const task of tasks) if (matches(task)) found++
  return found
}

/** Starts so many tasks of a service, where its strategy wants them. Answers how many there was no capacity for. */
export function startTasks(
  world: World,
  service: ServiceState,
  deployment: DeploymentState,
  { limit, watcher }: { limit: number; watcher: TaskWatcher },
): number {
  const present = living(deployment)
  const started: TaskState[] = []
  let unplaced = 0
  for (const provider of missing(service, deployment, present).slice(0, limit)) {
    if (world.troubles.exhausted.has(provider)) unplaced++
    else started.push(startTask(world, service, deployment, { provider, watcher }))
  }
  if (started.length > 0) announce(world, service, `has started ${started.length} tasks: ${named(started)}.`)
  return unplaced
}

/** Stops tasks that are too many, the ones first that serve least. */
export function stopTasks(world: World, service: ServiceState, tasks: readonly TaskState[]): void {
  if (tasks.length === 0) return
  for (const task of tasks) {
    stop(
      world,
      task,
      'ServiceSchedulerInitiated',
      `Scaling activity initiated by (deployment ${task.startedBy})`,
    )
  }
  announce(world, service, `has stopped ${tasks.length} running tasks: ${named(tasks)}.`)
}

/** So many of a deployment's tasks as its service has too many: from the provider that has most too many, unhealthy and young ones first. */
export function surplus(service: ServiceState, deployment: DeploymentState): TaskState[] {
  const present = living(deployment)
  const excess = present.length - service.desiredCount
  if (excess <= 0) return []
  const targets = targetsOf(service, deployment)
  const found: TaskState[] = []
  for (const task of present.toSorted(
    (one, other) => Number(one.healthy) - Number(other.healthy) || other.createdAt - one.createdAt,
  )) {
    const provider = providerOf(task)
    const remaining = present.filter((each) => providerOf(each) === provider && !found.includes(each)).length
    if (found.length < excess && remaining > (targets.get(provider) ?? 0)) found.push(task)
  }
  return found
}

function missing(
  service: ServiceState,
  deployment: DeploymentState,
  present: readonly TaskState[],
): string[] {
  return [...targetsOf(service, deployment)].flatMap(([provider, target]) => {
    const there = present.filter((task) => providerOf(task) === provider).length
    return Array.from({ length: Math.max(0, target - there) }, () => provider)
  })
}

/** How many tasks every provider, or the launch type, is to run. */
function targetsOf({ desiredCount }: ServiceState, { revision }: DeploymentState): Map<string, number> {
  const { launchType, strategy } = revision.workload
  return launchType === null ? spread(strategy, desiredCount) : new Map([[launchType, desiredCount]])
}

function providerOf(task: TaskState): string {
  return task.capacityProvider ?? task.launchType
}

function startTask(
  world: World,
  service: ServiceState,
  deployment: DeploymentState,
  { provider, watcher }: { provider: string; watcher: TaskWatcher },
): TaskState {
  const { workload } = deployment.revision
  const { settings } = service
  const task = launch(world, {
    cluster: service.cluster,
    definition: workload.definition,
    service,
    group: `service:${service.name}`,
    startedBy: deployment.id,
    launchType: workload.launchType ?? 'FARGATE',
    capacityProvider: workload.launchType === null ? provider : undefined,
    platformVersion: workload.platformVersion,
    networkConfiguration: workload.networkConfiguration,
    overrides: {},
    enableExecuteCommand: settings.enableExecuteCommand,
    isTarget: workload.loadBalancers !== undefined && workload.loadBalancers.length > 0,
    graceSeconds: settings.healthCheckGracePeriodSeconds,
    tags: tagsOfTask(service, deployment),
    watcher,
  })
  deployment.tasks.add(task)
  return task
}

function tagsOfTask(
  { settings, tags, name, cluster }: ServiceState,
  { revision }: DeploymentState,
): TaskState['tags'] {
  const { propagateTags, enableECSManagedTags } = settings
  return [
    ...(propagateTags === 'SERVICE' ? tags : []),
    ...(propagateTags === 'TASK_DEFINITION' ? revision.workload.definition.tags : []),
    ...(enableECSManagedTags
      ? [
          { key: 'aws:ecs:clusterName', value: cluster.name },
          { key: 'aws:ecs:serviceName', value: name },
        ]
      : []),
  ]
}

function named(tasks: readonly TaskState[]): string {
  return tasks.map(({ id }) => `(task ${id})`).join(' ')
}
