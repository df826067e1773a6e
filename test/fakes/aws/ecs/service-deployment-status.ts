import type { ServiceDeploymentStatus } from '@aws-sdk/client-ecs'

const ENDED: readonly ServiceDeploymentStatus[] = [
  'STOPPED',
  'SUCCESSFUL',
  'ROLLBACK_SUCCESSFUL',
  'ROLLBACK_FAILED',
]

export function isOngoing({ status }: { status: ServiceDeploymentStatus }): boolean {
  return !ENDED.includes(status)
}
