import type { CreateServiceRequest, UpdateServiceRequest } from '@aws-sdk/client-ecs'

import { checkSettings } from './service-rules.ts'
import type { ServiceSettings } from './state.ts'

export function newSettings(input: CreateServiceRequest): ServiceSettings {
  const { maximumPercent = 200 } = input.deploymentConfiguration ?? {}
  return checked({
    deploymentConfiguration: filled(input.deploymentConfiguration),
    availabilityZoneRebalancing:
      input.availabilityZoneRebalancing ?? (maximumPercent > 100 ? 'ENABLED' : 'DISABLED'),
    placementConstraints: input.placementConstraints ?? [],
    placementStrategy: input.placementStrategy ?? [],
    healthCheckGracePeriodSeconds: input.healthCheckGracePeriodSeconds ?? 0,
    enableExecuteCommand: input.enableExecuteCommand ?? false,
    enableECSManagedTags: input.enableECSManagedTags ?? false,
    propagateTags: input.propagateTags ?? 'NONE',
  })
}

/** What is left out stays as it was. */
export function updatedSettings(before: ServiceSettings, input: UpdateServiceRequest): ServiceSettings {
  return checked({
    deploymentConfiguration: { ...before.deploymentConfiguration, ...input.deploymentConfiguration },
    availabilityZoneRebalancing: input.availabilityZoneRebalancing ?? before.availabilityZoneRebalancing,
    placementConstraints: input.placementConstraints ?? before.placementConstraints,
    placementStrategy: input.placementStrategy ?? before.placementStrategy,
    healthCheckGracePeriodSeconds:
      input.healthCheckGracePeriodSeconds ?? before.healthCheckGracePeriodSeconds,
    enableExecuteCommand: input.enableExecuteCommand ?? before.enableExecuteCommand,
    enableECSManagedTags: input.enableECSManagedTags ?? before.enableECSManagedTags,
    propagateTags: input.propagateTags ?? before.propagateTags,
  })
}

function checked(settings: ServiceSettings): ServiceSettings {
  checkSettings(settings)
  return settings
}

function filled(
  configuration: CreateServiceRequest['deploymentConfiguration'],
): ServiceSettings['deploymentConfiguration'] {
  return {
    maximumPercent: 200,
    minimumHealthyPercent: 100,
    strategy: 'ROLLING',
    bakeTimeInMinutes: 0,
    deploymentCircuitBreaker: { enable: false, rollback: false },
    ...configuration,
  }
}
