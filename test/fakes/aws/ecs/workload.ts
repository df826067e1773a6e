import { isDeepStrictEqual } from 'node:util'

import type { CreateServiceRequest, NetworkConfiguration, UpdateServiceRequest } from '@aws-sdk/client-ecs'

import { usableDefinition } from './definitions.ts'
import { invalid, refuse } from './refusals.ts'
import type { ClusterState, ServiceState, Workload } from './state.ts'
import { checkCompatible, placementOf } from './strategy-rules.ts'
import type { World } from './world.ts'

const NOT_FORCED =
  'When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment'

export function newWorkload(world: World, cluster: ClusterState, input: CreateServiceRequest): Workload {
  if (input.taskDefinition === undefined) invalid('TaskDefinition is null.')
  return checked({
    definition: usableDefinition(world, input.taskDefinition),
    ...placementOf(cluster, input),
    platformVersion: input.platformVersion ?? 'LATEST',
    networkConfiguration: filled(input.networkConfiguration),
    loadBalancers: input.loadBalancers ?? [],
    serviceRegistries: input.serviceRegistries ?? [],
    serviceConnectConfiguration: input.serviceConnectConfiguration,
    volumeConfigurations: input.volumeConfigurations ?? [],
    vpcLatticeConfigurations: input.vpcLatticeConfigurations ?? [],
  })
}

/** What is left out stays as it was; an empty list takes away. */
export function updatedWorkload(world: World, service: ServiceState, input: UpdateServiceRequest): Workload {
  const before = service.deployments[0]!.revision.workload
  const after: Workload = {
    definition:
      input.taskDefinition === undefined ? before.definition : usableDefinition(world, input.taskDefinition),
    ...placementAfter(service.cluster, before, input),
    platformVersion: input.platformVersion ?? before.platformVersion,
    networkConfiguration: filled(input.networkConfiguration) ?? before.networkConfiguration,
    loadBalancers: input.loadBalancers ?? before.loadBalancers,
    serviceRegistries: input.serviceRegistries ?? before.serviceRegistries,
    serviceConnectConfiguration: input.serviceConnectConfiguration ?? before.serviceConnectConfiguration,
    volumeConfigurations: input.volumeConfigurations ?? before.volumeConfigurations,
    vpcLatticeConfigurations: input.vpcLatticeConfigurations ?? before.vpcLatticeConfigurations,
  }
  const isDeployed = input.forceNewDeployment === true || !isSameWorkload(before, after)
  if (isDeployed && after.definition.status !== 'ACTIVE') refuse('TaskDefinition is inactive')
  return checked(after)
}

/** Two that are the same need no new deployment. */
export function isSameWorkload(one: Workload, other: Workload): boolean {
  return one.definition === other.definition && isDeepStrictEqual(rest(one), rest(other))
}

function rest({ definition: _definition, ...workload }: Workload): unknown {
  return workload
}

/** An empty strategy means: back to a launch type. */
function placementAfter(
  cluster: ClusterState,
  before: Workload,
  { capacityProviderStrategy, forceNewDeployment }: UpdateServiceRequest,
): Pick<Workload, 'launchType' | 'strategy'> {
  const { launchType, strategy } = before
  if (capacityProviderStrategy === undefined) return { launchType, strategy }
  const after =
    capacityProviderStrategy.length === 0
      ? { launchType: launchType ?? ('FARGATE' as const), strategy: [] }
      : placementOf(cluster, { capacityProviderStrategy })
  if (forceNewDeployment !== true && !isDeepStrictEqual(after, { launchType, strategy })) invalid(NOT_FORCED)
  return after
}

function checked(workload: Workload): Workload {
  const { definition, launchType, networkConfiguration, loadBalancers = [] } = workload
  checkCompatible(definition, launchType, networkConfiguration)
  for (const { containerName, containerPort } of loadBalancers) {
    const container = definition.content.containerDefinitions?.find(({ name }) => name === containerName)
    if (container === undefined)
      invalid(`The container ${containerName} does not exist in the task definition.`)
    const hasPort = container.portMappings?.some((mapping) => mapping.containerPort === containerPort)
    if (hasPort !== true)
      invalid(`The container ${containerName} did not have a container port ${containerPort} defined.`)
  }
  return workload
}

function filled(network: NetworkConfiguration | undefined): NetworkConfiguration | undefined {
  const { awsvpcConfiguration } = network ?? {}
  if (awsvpcConfiguration === undefined) return undefined
  return { awsvpcConfiguration: { securityGroups: [], assignPublicIp: 'DISABLED', ...awsvpcConfiguration } }
}
