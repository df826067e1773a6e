import { clusterArn, iamArn } from './arns.ts'
import { isOngoing } from './service-deployment-status.ts'
import { living, pendingCount, runningCount } from './service-tasks.ts'
import type { DeploymentState, ServiceState, Workload } from './state.ts'
import { seconds } from './times.ts'
import type { World } from './world.ts'

export interface ViewOptions {
  include: readonly string[]
  /** Whether it answers the call that changed the service, which always sees what it did. */
  isAnswer: boolean
}

export function serviceView(
  world: World,
  service: ServiceState,
  { include, isAnswer }: ViewOptions,
): unknown {
  const { deployments, settings, tags } = service
  const visible = isAnswer ? deployments : deployments.filter(({ createdAt }) => isVisible(world, createdAt))
  const shown = visible.length > 0 ? visible : deployments.slice(-1)
  const workload = shown[0]?.revision.workload ?? service.revisions.at(-1)!.workload
  const ongoing = service.serviceDeployments.findLast(isOngoing)
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: clusterArn(service.cluster.name),
    status: service.status,
    desiredCount: service.desiredCount,
    runningCount: sum(deployments, runningCount),
    pendingCount: sum(deployments, pendingCount),
    taskDefinition: workload.definition.arn,
    ...workloadView(workload),
    ...settings,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: service.controller },
    roleArn: iamArn('role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS'),
    deployments: shown.map((deployment, index) => deploymentView(service, deployment, index === 0)),
    currentServiceDeployment:
      ongoing !== undefined && isVisible(world, ongoing.createdAt) ? ongoing.arn : undefined,
    currentServiceRevisions: shown.map((deployment) => ({
      arn: deployment.revision.arn,
      requestedTaskCount: desiredCount(service, deployment, deployment === shown[0]),
      runningTaskCount: runningCount(deployment),
      pendingTaskCount: pendingCount(deployment),
    })),
    events: service.events.map((event) => ({ ...event, createdAt: seconds(event.createdAt) })),
    createdAt: seconds(service.createdAt),
    createdBy: iamArn('role/fake'),
    ...(include.includes('TAGS') && { tags }),
  }
}

/** Whether what was made at that time can be seen by now. */
export function isVisible({ now, settings }: World, createdAt: number): boolean {
  return createdAt + settings.consistency.deployment * 1_000 <= now
}

function deploymentView(service: ServiceState, deployment: DeploymentState, isPrimary: boolean): unknown {
  const { id, revision, createdAt, updatedAt, rolloutState, rolloutStateReason, failedTasks } = deployment
  return {
    id,
    status: isPrimary ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: revision.workload.definition.arn,
    desiredCount: desiredCount(service, deployment, isPrimary),
    runningCount: runningCount(deployment),
    pendingCount: pendingCount(deployment),
    failedTasks,
    createdAt: seconds(createdAt),
    updatedAt: seconds(updatedAt),
    rolloutState,
    rolloutStateReason,
    ...workloadView(revision.workload),
    loadBalancers: undefined,
    serviceRegistries: undefined,
  }
}

export function workloadView(workload: Workload): Record<string, unknown> {
  const { definition: _definition, launchType, strategy, ...rest } = workload
  return {
    ...rest,
    platformFamily: 'Linux',
    ...(launchType === null ? { capacityProviderStrategy: strategy } : { launchType }),
  }
}

/** Of a deployment that is replaced, the tasks that are still to run. */
function desiredCount(service: ServiceState, deployment: DeploymentState, isPrimary: boolean): number {
  return isPrimary ? service.desiredCount : living(deployment).length
}

function sum(
  deployments: readonly DeploymentState[],
  count: (deployment: DeploymentState) => number,
): number {
  return deployments.reduce((total, deployment) => total + count(deployment), 0)
}
