import { isDeepStrictEqual } from 'node:util'

import type {
  AvailabilityZoneRebalancing,
  AwsVpcConfiguration,
  CapacityProviderStrategyItem,
  CreateServiceCommandInput,
  Deployment,
  DeploymentConfiguration,
  LoadBalancer,
  PropagateTags,
  Service,
  ServiceConnectConfiguration,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs'

import type { ProcessSpec } from '../../../app/spec.ts'
import { bounds, DEMAND, isAutoscaled, sameStrategy, strategyOf } from '../capacity.ts'
import { CONTAINER, nameOfArn, PORT_NAME } from '../names.ts'
import { networkOf } from '../network.ts'

/** What a process asks of its service, in ECS's terms; how many instances and which tags are said elsewhere. */
export interface ServiceShape {
  availabilityZoneRebalancing: AvailabilityZoneRebalancing
  capacityProviderStrategy: CapacityProviderStrategyItem[]
  deploymentConfiguration: DeploymentConfiguration
  enableECSManagedTags: boolean
  enableExecuteCommand: boolean
  healthCheckGracePeriodSeconds: number
  loadBalancers: LoadBalancer[]
  networkConfiguration: { awsvpcConfiguration: AwsVpcConfiguration }
  propagateTags: PropagateTags
  serviceConnectConfiguration: ServiceConnectConfiguration
  taskDefinition: string
}

/** `revision`: `family:n`. A family alone would mean whatever its latest revision is. */
export function shapeOf(spec: ProcessSpec, revision: string): ServiceShape {
  const { overlap, on_failure: onFailure } = spec.rollout
  const loadBalancers = loadBalancersOf(spec)
  return {
    taskDefinition: revision,
    capacityProviderStrategy: strategyOf(spec),
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: true, rollback: onFailure === 'rollback' },
      // Rounded up and down: with 100 % at most, one instance could never be replaced by another.
      minimumHealthyPercent: overlap ? 100 : 0,
      maximumPercent: overlap ? 200 : 100,
    },
    // It starts a task in another zone before it stops one.
    availabilityZoneRebalancing: overlap ? 'ENABLED' : 'DISABLED',
    networkConfiguration: { awsvpcConfiguration: networkOf(spec) },
    loadBalancers,
    healthCheckGracePeriodSeconds: loadBalancers.length === 0 ? 0 : (spec.ecs.health_check_grace_period ?? 0),
    serviceConnectConfiguration: serviceConnectOf(spec),
    enableECSManagedTags: true,
    enableExecuteCommand: spec.placement?.exec === true,
    propagateTags: 'NONE',
  }
}

/**
 * The members of an UpdateService that bring a service into this shape: only what differs, for several start a new
 * deployment; and what is to go by the explicit values without which it would stay.
 */
export function updateOf(service: Service, shape: ServiceShape): Partial<UpdateServiceCommandInput> {
  const primary = primaryOf(service)
  const actual = actualShape(service, primary)
  const changes: Partial<UpdateServiceCommandInput> = {}
  if (!sameStrategy(actual.capacityProviderStrategy, shape.capacityProviderStrategy)) {
    changes.capacityProviderStrategy = shape.capacityProviderStrategy
    // ECS refuses another strategy without it.
    changes.forceNewDeployment = true
  }
  for (const member of COMPARED) {
    if (!isDeepStrictEqual(actual[member], canonical(shape)[member])) {
      Object.assign(changes, { [member]: shape[member] })
    }
  }
  return changes
}

/** Members of UpdateService that start a new deployment, of those that we send; the API reference says so of each. */
const DEPLOYING = [
  'forceNewDeployment',
  'loadBalancers',
  'networkConfiguration',
  'serviceConnectConfiguration',
  'taskDefinition',
] as const satisfies (keyof UpdateServiceCommandInput)[]

export function startsDeployment(changes: Partial<UpdateServiceCommandInput>): boolean {
  return DEPLOYING.some((member) => changes[member] !== undefined)
}

const COMPARED = [
  'availabilityZoneRebalancing',
  'deploymentConfiguration',
  'enableECSManagedTags',
  'enableExecuteCommand',
  'healthCheckGracePeriodSeconds',
  'loadBalancers',
  'networkConfiguration',
  'propagateTags',
  'serviceConnectConfiguration',
  'taskDefinition',
] as const satisfies (keyof ServiceShape)[]

/** Members of CreateService. What is empty is left out: ECS refuses some of it where there is nothing to say. */
export function createOf(shape: ServiceShape): Partial<CreateServiceCommandInput> {
  const {
    loadBalancers,
    healthCheckGracePeriodSeconds,
    serviceConnectConfiguration,
    enableExecuteCommand,
    ...others
  } = shape
  return {
    ...others,
    ...(enableExecuteCommand && { enableExecuteCommand }),
    ...(loadBalancers.length > 0 && { loadBalancers, healthCheckGracePeriodSeconds }),
    ...(serviceConnectConfiguration.enabled && { serviceConnectConfiguration }),
  }
}

/**
 * How many instances a process is to have, of whose service so many are wanted now. Where an autoscaler works that is
 * for it to say, within its bounds.
 */
export function countOf(spec: ProcessSpec, current: number, scales: boolean): number {
  if (spec.disabled) return 0
  const { min, max } = bounds(spec)
  return scales && isAutoscaled(spec) ? Math.min(Math.max(current, min), max) : min
}

export function primaryOf(service: Service): Deployment | undefined {
  return service.deployments?.find((each) => each.status === 'PRIMARY')
}

/** `family:n` of what a service runs, or is on its way to. */
export function revisionOf(service: Service): string {
  return nameOfArn(primaryOf(service)?.taskDefinition ?? service.taskDefinition ?? '')
}

function loadBalancersOf({ ecs, port }: ProcessSpec): LoadBalancer[] {
  if (ecs.target_group === null || port === null) return []
  return [{ targetGroupArn: ecs.target_group, containerName: CONTAINER, containerPort: port }]
}

/** In a namespace every process can call the others; those that are `expose: private` can be called, by their name. */
function serviceConnectOf({ name, expose, port, placement }: ProcessSpec): ServiceConnectConfiguration {
  if (!placement?.namespace) return { enabled: false }
  const { namespace } = placement
  if (expose !== 'private' || port === null) return { enabled: true, namespace }
  return {
    enabled: true,
    namespace,
    services: [{ portName: PORT_NAME, discoveryName: name, clientAliases: [{ port, dnsName: name }] }],
  }
}

/** A described service, with the defaults that AWS leaves out and without what Gantry has no say in. */
export function actualShape(service: Service, primary = primaryOf(service)): ServiceShape {
  const { networkConfiguration, deploymentConfiguration } = service
  const network = networkConfiguration?.awsvpcConfiguration
  const breaker = deploymentConfiguration?.deploymentCircuitBreaker
  return canonical({
    taskDefinition: revisionOf(service),
    capacityProviderStrategy: strategyIn(service),
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: breaker?.enable ?? false, rollback: breaker?.rollback ?? false },
      minimumHealthyPercent: deploymentConfiguration?.minimumHealthyPercent,
      maximumPercent: deploymentConfiguration?.maximumPercent,
    },
    availabilityZoneRebalancing: service.availabilityZoneRebalancing ?? 'DISABLED',
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: network?.subnets ?? [],
        securityGroups: network?.securityGroups ?? [],
        assignPublicIp: network?.assignPublicIp ?? 'DISABLED',
      },
    },
    loadBalancers: (service.loadBalancers ?? []).map(({ targetGroupArn, containerName, containerPort }) => ({
      targetGroupArn,
      containerName,
      containerPort,
    })),
    healthCheckGracePeriodSeconds: service.healthCheckGracePeriodSeconds ?? 0,
    serviceConnectConfiguration: connectShape(primary?.serviceConnectConfiguration),
    enableECSManagedTags: service.enableECSManagedTags ?? false,
    enableExecuteCommand: service.enableExecuteCommand ?? false,
    propagateTags: service.propagateTags ?? 'NONE',
  })
}

/** With the launch type FARGATE it is placed as by that provider alone, and to say so would replace all instances. */
export function strategyIn({
  capacityProviderStrategy = [],
  launchType,
}: Service): CapacityProviderStrategyItem[] {
  const byLaunchType = capacityProviderStrategy.length === 0 && launchType === 'FARGATE'
  return byLaunchType ? [{ capacityProvider: DEMAND, base: 0, weight: 1 }] : capacityProviderStrategy
}

function connectShape(actual: ServiceConnectConfiguration | undefined): ServiceConnectConfiguration {
  if (!actual?.enabled) return { enabled: false }
  const { namespace, services = [] } = actual
  if (services.length === 0) return { enabled: true, namespace }
  return {
    enabled: true,
    namespace,
    services: services.map(({ portName, discoveryName, clientAliases = [] }) => ({
      portName,
      discoveryName,
      clientAliases: clientAliases.map(({ port, dnsName }) => ({ port, dnsName })),
    })),
  }
}

/** Sets in one order, so that they can be compared. */
function canonical(shape: ServiceShape): ServiceShape {
  const network = shape.networkConfiguration.awsvpcConfiguration
  return {
    ...shape,
    networkConfiguration: {
      awsvpcConfiguration: {
        ...network,
        subnets: network.subnets!.toSorted(),
        securityGroups: network.securityGroups?.toSorted(),
      },
    },
  }
}
