import type { CreateServiceRequest, UpdateServiceRequest } from '@aws-sdk/client-ecs'

import { invalid } from './refusals.ts'
import type { ServiceSettings, ServiceState } from './state.ts'

const NAME = /^[A-Za-z0-9_-]{1,255}$/

/** Refuses what neither CreateService nor UpdateService takes. */
export function checkService(input: CreateServiceRequest | UpdateServiceRequest): void {
  if ('serviceName' in input && !NAME.test(input.serviceName ?? ''))
    invalid('Service name contains invalid characters.')
  if ('schedulingStrategy' in input && input.schedulingStrategy === 'DAEMON') {
    invalid('The DAEMON scheduling strategy is not supported on Fargate.')
  }
  const { deploymentController } = input
  if (deploymentController?.type === 'EXTERNAL') {
    invalid(`The fake has no deployments by ${deploymentController.type}.`)
  }
  const { desiredCount = 0, healthCheckGracePeriodSeconds } = input
  if (desiredCount < 0) invalid('desiredCount must not be negative.')
  const loadBalancers = input.loadBalancers ?? []
  if ('serviceName' in input && healthCheckGracePeriodSeconds !== undefined && loadBalancers.length === 0) {
    invalid('Health check grace period is only valid for services configured to use load balancers')
  }
}

/** What CodeDeploy deploys gets its new workload from CodeDeploy alone. */
export function checkController({ controller }: ServiceState, input: UpdateServiceRequest): void {
  if (controller !== 'CODE_DEPLOY') return
  const change = WORKLOAD.find(([, has]) => has(input))
  if (change === undefined) return
  invalid(
    `Unable to update ${change[0]} on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.`,
  )
}

const WORKLOAD: readonly [string, (input: UpdateServiceRequest) => boolean][] = [
  ['task definition', ({ taskDefinition }) => taskDefinition !== undefined],
  ['network parameters', ({ networkConfiguration }) => networkConfiguration !== undefined],
  ['platform version', ({ platformVersion }) => platformVersion !== undefined],
  ['load balancers', ({ loadBalancers }) => loadBalancers !== undefined],
]

export function checkClientToken(token: string | undefined, most = 36): void {
  if (token !== undefined && (token.length > most || !/^[!-~]+$/.test(token))) {
    invalid(`clientToken must be 1 to ${most} ASCII characters in the range 33-126.`)
  }
}

/** Refuses settings that do not fit together, as they are after the call. */
export function checkSettings({
  deploymentConfiguration,
  availabilityZoneRebalancing,
}: ServiceSettings): void {
  const { minimumHealthyPercent = 100, maximumPercent = 200, strategy } = deploymentConfiguration
  if (strategy !== undefined && strategy !== 'ROLLING') invalid(`The fake has no deployments by ${strategy}.`)
  if (minimumHealthyPercent < 0 || minimumHealthyPercent > 100) {
    invalid('Minimum healthy percent must be between 0 and 100.')
  }
  if (maximumPercent < 100) invalid('Maximum percent must be at least 100.')
  if (minimumHealthyPercent === 100 && maximumPercent === 100) {
    invalid('Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.')
  }
  if (availabilityZoneRebalancing === 'ENABLED' && maximumPercent <= 100) {
    invalid('Availability Zone rebalancing requires a maximumPercent above 100.')
  }
}
