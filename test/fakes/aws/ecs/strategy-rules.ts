import type { CapacityProviderStrategyItem, LaunchType, NetworkConfiguration } from '@aws-sdk/client-ecs'

import { invalid } from './refusals.ts'
import type { ClusterState, DefinitionState } from './state.ts'

const MOST_PROVIDERS = 20

/** Where tasks are to run, as CreateService, UpdateService and RunTask take it. */
export interface PlacementInput {
  launchType?: LaunchType | undefined
  capacityProviderStrategy?: CapacityProviderStrategyItem[] | undefined
}

/** With what the cluster has by default, as it is at this moment, where nothing is said. */
export function placementOf(
  cluster: ClusterState,
  { launchType, capacityProviderStrategy = [] }: PlacementInput,
): { launchType: LaunchType | null; strategy: CapacityProviderStrategyItem[] } {
  if (launchType !== undefined && capacityProviderStrategy.length > 0) {
    invalid(
      'Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.',
    )
  }
  if (launchType !== undefined) return { launchType, strategy: [] }
  const strategy = capacityProviderStrategy.length > 0 ? capacityProviderStrategy : cluster.defaultStrategy
  if (strategy.length === 0) return { launchType: 'EC2', strategy }
  checkStrategy(cluster, strategy)
  return {
    launchType: null,
    strategy: strategy.map(({ capacityProvider, base = 0, weight = 0 }) => ({
      capacityProvider,
      weight,
      base,
    })),
  }
}

function checkStrategy(cluster: ClusterState, strategy: readonly CapacityProviderStrategyItem[]): void {
  if (strategy.length > MOST_PROVIDERS)
    invalid(`A capacity provider strategy can contain a maximum of ${MOST_PROVIDERS} capacity providers.`)
  for (const { capacityProvider = '', base = 0, weight = 0 } of strategy) {
    if (!cluster.capacityProviders.includes(capacityProvider)) {
      invalid(
        `The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider ${capacityProvider} with the cluster and try again.`,
      )
    }
    if (base < 0 || base > 100_000) invalid('The base of a capacity provider must be between 0 and 100000.')
    if (weight < 0 || weight > 1_000) invalid('The weight of a capacity provider must be between 0 and 1000.')
  }
  const names = strategy.map(({ capacityProvider }) => capacityProvider)
  if (new Set(names).size < names.length)
    invalid('The specified capacity provider strategy cannot contain duplicate capacity providers.')
  if (strategy.filter(({ base = 0 }) => base > 0).length > 1) {
    invalid(
      'The specified capacity provider strategy contains more than one capacity provider with a base value. Only one capacity provider in a capacity provider strategy can have a base defined.',
    )
  }
  if (strategy.every(({ weight = 0 }) => weight === 0)) {
    invalid(
      'The specified capacity provider strategy must contain at least one capacity provider with a weight greater than 0.',
    )
  }
}

/** Refuses what a definition and the place where it is to run do not agree on. */
export function checkCompatible(
  definition: DefinitionState,
  launchType: LaunchType | null,
  network: NetworkConfiguration | undefined,
): void {
  const needed = launchType ?? 'FARGATE'
  if (!definition.compatibilities.includes(needed))
    invalid(`Task definition does not support launch_type ${needed}.`)
  const { awsvpcConfiguration } = network ?? {}
  if (definition.content.networkMode !== 'awsvpc') {
    if (awsvpcConfiguration !== undefined)
      invalid('Network Configuration is not valid for the given networkMode of this task definition.')
    return
  }
  if (awsvpcConfiguration === undefined)
    invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
  const { subnets = [], securityGroups = [] } = awsvpcConfiguration
  if (subnets.length === 0) invalid('subnets can not be empty.')
  if (subnets.length > 16) invalid('There is a limit of 16 subnets per awsvpcConfiguration.')
  if (securityGroups.length > 5) invalid('There is a limit of 5 security groups per awsvpcConfiguration.')
}
