import type { ContainerDefinition, TaskOverride } from '@aws-sdk/client-ecs'

import { taskArn } from './arns.ts'
import type { ContainerState, TaskState } from './state.ts'
import { begin } from './task-life.ts'
import type { World } from './world.ts'

export type Launch = Pick<
  TaskState,
  | 'cluster'
  | 'definition'
  | 'service'
  | 'group'
  | 'startedBy'
  | 'launchType'
  | 'capacityProvider'
  | 'platformVersion'
  | 'networkConfiguration'
  | 'overrides'
  | 'enableExecuteCommand'
  | 'isTarget'
  | 'graceSeconds'
  | 'tags'
  | 'watcher'
>

export function launch(world: World, request: Launch): TaskState {
  const id = world.id()
  const task: TaskState = {
    ...request,
    id,
    arn: taskArn(request.cluster.name, id),
    address: world.address(),
    lastStatus: 'PROVISIONING',
    desiredStatus: 'RUNNING',
    containers: (request.definition.content.containerDefinitions ?? []).map((definition) =>
      newContainer(world, overridden(definition, request.overrides)),
    ),
    unproven: 0,
    healthy: false,
    wasHealthy: false,
    createdAt: world.now,
    pullStartedAt: null,
    pullStoppedAt: null,
    startedAt: null,
    stoppingAt: null,
    executionStoppedAt: null,
    stoppedAt: null,
    stopCode: undefined,
    stoppedReason: undefined,
  }
  begin(world, task)
  return task
}

function newContainer(world: World, definition: ContainerDefinition): ContainerState {
  return {
    id: world.id(),
    definition,
    behaviour: null,
    lastStatus: 'PENDING',
    exitCode: undefined,
    reason: undefined,
    health: 'UNKNOWN',
  }
}

/** Variables are merged by name; a command replaces the other. */
function overridden(
  definition: ContainerDefinition,
  { containerOverrides = [] }: TaskOverride,
): ContainerDefinition {
  const override = containerOverrides.find(({ name }) => name === definition.name)
  if (override === undefined) return definition
  const replaced = new Set(override.environment?.map(({ name }) => name))
  return {
    ...definition,
    command: override.command ?? definition.command,
    environment: [
      ...(definition.environment ?? []).filter(({ name }) => !replaced.has(name)),
      ...(override.environment ?? []),
    ],
  }
}
