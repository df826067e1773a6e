import type { DescribeTasksRequest } from '@aws-sdk/client-ecs'

import { clusterArn, containerArn } from './arns.ts'
import { agentStatus } from './execute-command.ts'
import type { ContainerState, TaskState } from './state.ts'
import { seconds } from './times.ts'
import type { World } from './world.ts'

export function taskView(
  world: World,
  task: TaskState,
  include: NonNullable<DescribeTasksRequest['include']>,
): unknown {
  const { definition, overrides, cluster, id } = task
  const attachment = `eni-${id.slice(0, 17)}`
  return {
    taskArn: task.arn,
    clusterArn: clusterArn(cluster.name),
    taskDefinitionArn: definition.arn,
    group: task.group,
    startedBy: task.startedBy,
    launchType: task.launchType,
    capacityProviderName: task.capacityProvider,
    platformVersion: task.platformVersion === 'LATEST' ? '1.4.0' : task.platformVersion,
    platformFamily: 'Linux',
    availabilityZone: 'eu-west-1a',
    cpu: overrides.cpu ?? definition.content.cpu,
    memory: overrides.memory ?? definition.content.memory,
    ephemeralStorage: overrides.ephemeralStorage ?? definition.content.ephemeralStorage ?? { sizeInGiB: 20 },
    overrides: { containerOverrides: [], ...overrides },
    enableExecuteCommand: task.enableExecuteCommand,
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    healthStatus: healthOf(task),
    connectivity: task.startedAt === null ? undefined : 'CONNECTED',
    createdAt: seconds(task.createdAt),
    pullStartedAt: seconds(task.pullStartedAt),
    pullStoppedAt: seconds(task.pullStoppedAt),
    startedAt: seconds(task.startedAt),
    stoppingAt: seconds(task.stoppingAt),
    executionStoppedAt: seconds(task.executionStoppedAt),
    stoppedAt: seconds(task.stoppedAt),
    stopCode: task.stopCode,
    stoppedReason: task.stoppedReason,
    version: 1,
    attachments: [
      {
        id: attachment,
        type: 'ElasticNetworkInterface',
        status: attachmentStatus(task),
        details: [
          { name: 'subnetId', value: task.networkConfiguration?.awsvpcConfiguration?.subnets?.[0] },
          { name: 'networkInterfaceId', value: attachment },
          { name: 'privateIPv4Address', value: task.address },
        ],
      },
    ],
    containers: task.containers.map((container) => containerView(world, task, container, attachment)),
    ...(include.includes('TAGS') && { tags: task.tags }),
  }
}

function containerView(
  world: World,
  task: TaskState,
  container: ContainerState,
  attachment: string,
): unknown {
  const { id, definition, behaviour } = container
  return {
    containerArn: containerArn(task.cluster.name, task.id, id),
    taskArn: task.arn,
    name: definition.name,
    image: definition.image,
    runtimeId: behaviour === null ? undefined : `${task.id}-${id.slice(0, 10)}`,
    lastStatus: container.lastStatus,
    exitCode: container.exitCode,
    reason: container.reason,
    healthStatus: container.health,
    cpu: String(definition.cpu ?? 0),
    memory: definition.memory === undefined ? undefined : String(definition.memory),
    managedAgents: task.enableExecuteCommand
      ? [{ name: 'ExecuteCommandAgent', lastStatus: agentStatus(world, task) }]
      : undefined,
    networkInterfaces: [{ attachmentId: attachment, privateIpv4Address: task.address }],
  }
}

/** That of its essential containers together. */
function healthOf({ containers }: TaskState): string {
  const healths = containers
    .filter(({ definition }) => definition.essential !== false && definition.healthCheck !== undefined)
    .map(({ health }) => health)
  if (healths.includes('UNHEALTHY')) return 'UNHEALTHY'
  return healths.length > 0 && !healths.includes('UNKNOWN') ? 'HEALTHY' : 'UNKNOWN'
}

function attachmentStatus({ lastStatus }: TaskState): string {
  if (lastStatus === 'PROVISIONING') return 'PRECREATED'
  return lastStatus === 'STOPPED' ? 'DELETED' : 'ATTACHED'
}
