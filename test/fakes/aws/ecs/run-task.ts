import type { RunTaskRequest, TaskOverride } from '@aws-sdk/client-ecs'

import { spread } from './capacity.ts'
import { usableDefinition } from './definitions.ts'
import { checkSize } from './fargate.ts'
import { launch } from './launch.ts'
import { invalid, refuseAs } from './refusals.ts'
import { checkClientToken } from './service-rules.ts'
import type { DefinitionState, TaskState, TaskWatcher } from './state.ts'
import { checkCompatible, placementOf } from './strategy-rules.ts'
import { checkTags } from './tags.ts'
import { checkStorage } from './task-definition-rules.ts'
import { taskView } from './task-view.ts'
import type { World } from './world.ts'

const MOST_OVERRIDES = 8_192
const NOBODY: TaskWatcher = { healthy() {}, unhealthy() {}, stopped() {} }

export function runTask(world: World, input: RunTaskRequest): unknown {
  const { clientToken, ...request } = input
  checkClientToken(clientToken, 64)
  const before = clientToken === undefined ? undefined : world.runs.get(clientToken)
  const written = JSON.stringify(request)
  if (before !== undefined) {
    if (before.input !== written)
      refuseAs('ConflictException', 'The client token was used with other parameters.')
    return answer(world, before.tasks, [])
  }
  const { tasks, failures } = run(world, input)
  if (clientToken !== undefined) world.runs.set(clientToken, { input: written, tasks })
  return answer(world, tasks, failures)
}

function answer(world: World, tasks: readonly TaskState[], failures: unknown[]): unknown {
  return { tasks: tasks.map((task) => taskView(world, task, ['TAGS'])), failures }
}

function run(world: World, input: RunTaskRequest): { tasks: TaskState[]; failures: unknown[] } {
  const { count = 1, overrides = {}, startedBy, networkConfiguration, enableExecuteCommand = false } = input
  const cluster = world.cluster(input.cluster)
  const definition = usableDefinition(world, input.taskDefinition ?? '')
  checkRun(input)
  checkOverrides(overrides, definition)
  const { launchType, strategy } = placementOf(cluster, input)
  checkCompatible(definition, launchType, networkConfiguration)
  if (launchType === 'EC2') invalid('No Container Instances were found in your cluster.')
  if (enableExecuteCommand && !definition.content.taskRoleArn && !overrides.taskRoleArn) {
    invalid('The task definition must have a task role to use execute command.')
  }
  const tasks: TaskState[] = []
  const failures: unknown[] = []
  for (const provider of providersOf(launchType, strategy, count)) {
    if (world.troubles.exhausted.has(provider)) {
      failures.push({
        reason:
          'Capacity is unavailable at this time. Please try again later or in a different availability zone',
      })
      continue
    }
    tasks.push(
      launch(world, {
        cluster,
        definition,
        service: null,
        group: input.group ?? `family:${definition.family}`,
        startedBy,
        launchType: launchType ?? 'FARGATE',
        capacityProvider: launchType === null ? provider : undefined,
        platformVersion: input.platformVersion ?? 'LATEST',
        networkConfiguration,
        overrides,
        enableExecuteCommand,
        isTarget: false,
        graceSeconds: 0,
        tags: tagsOf(input, definition, cluster.name),
        watcher: NOBODY,
      }),
    )
  }
  return { tasks, failures }
}

function checkRun({ count = 1, startedBy, propagateTags, tags = [] }: RunTaskRequest): void {
  if (count < 1 || count > 10) invalid('Invalid count: must be between 1 and 10.')
  if (startedBy !== undefined && !/^[A-Za-z0-9/_-]{1,128}$/.test(startedBy)) {
    invalid('startedBy must be up to 128 letters, numbers, hyphens, forward slashes, and underscores.')
  }
  if (propagateTags === 'SERVICE') invalid('Invalid value for propagateTags: SERVICE.')
  checkTags(tags)
}

function checkOverrides(overrides: TaskOverride, { content }: DefinitionState): void {
  if (JSON.stringify(overrides).length > MOST_OVERRIDES) {
    invalid(`Overrides must be at most ${MOST_OVERRIDES} characters, with the JSON formatting.`)
  }
  const names = content.containerDefinitions?.map(({ name }) => name)
  for (const { name } of overrides.containerOverrides ?? []) {
    if (!names?.includes(name))
      invalid(`Override for container named ${name} is not a container in the TaskDefinition.`)
  }
  if (overrides.cpu !== undefined || overrides.memory !== undefined) {
    checkSize(overrides.cpu ?? content.cpu, overrides.memory ?? content.memory)
  }
  checkStorage(overrides.ephemeralStorage?.sizeInGiB)
}

function providersOf(
  launchType: string | null,
  strategy: Parameters<typeof spread>[0],
  count: number,
): string[] {
  const shares = launchType === null ? spread(strategy, count) : new Map([[launchType, count]])
  return [...shares].flatMap(([provider, share]) => Array.from({ length: share }, () => provider))
}

function tagsOf(
  { tags = [], propagateTags, enableECSManagedTags = false }: RunTaskRequest,
  definition: DefinitionState,
  cluster: string,
): TaskState['tags'] {
  const names = new Set(tags.map(({ key }) => key))
  return [
    ...(propagateTags === 'TASK_DEFINITION' ? definition.tags.filter(({ key }) => !names.has(key)) : []),
    ...tags,
    ...(enableECSManagedTags ? [{ key: 'aws:ecs:clusterName', value: cluster }] : []),
  ]
}
