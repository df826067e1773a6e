import type { Service } from '@aws-sdk/client-ecs'

/** Why a service cannot be a process as it is, and what would have to be otherwise. */
export interface Refusal {
  reason: string
  hint: string
}

/**
 * A service that CodeDeploy or another program deploys takes no new task definition from UpdateService.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
export function controllerRefusals({ deploymentController }: Service): Refusal[] {
  const controller = deploymentController?.type ?? 'ECS'
  if (controller === 'ECS') return []
  return [
    {
      reason: `its deployments are made by ${controller}, and Gantry's are rolling updates by ECS`,
      hint: 'make a service with the deployment controller ECS beside it: that of a service cannot be changed by Gantry',
    },
  ]
}
