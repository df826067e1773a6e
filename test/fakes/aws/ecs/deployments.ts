import { serviceDeploymentArn, serviceRevisionArn } from './arns.ts'
import { isOngoing } from './service-deployment-status.ts'
import type {
  DeploymentState,
  RevisionState,
  ServiceDeploymentState,
  ServiceState,
  Workload,
} from './state.ts'
import type { World } from './world.ts'

/** A new workload for a service: another deployment, which supersedes the one that may be going on. */
export function deploy(world: World, service: ServiceState, workload: Workload): DeploymentState {
  const running = service.deployments[0]?.serviceDeployment
  if (running !== undefined && isOngoing(running)) {
    endServiceDeployment(
      world,
      running,
      'STOPPED',
      'Service deployment stopped because a newer service deployment was started.',
    )
  }
  const revision = addRevision(world, service, workload)
  return addDeployment(world, service, revision, addServiceDeployment(world, service, revision))
}

/** Makes it PRIMARY. A rollback goes on in the service deployment that failed. */
export function addDeployment(
  world: World,
  service: ServiceState,
  revision: RevisionState,
  serviceDeployment: ServiceDeploymentState,
): DeploymentState {
  const id = `ecs-svc/${String(BigInt(`0x${world.id(16)}`))
    .padStart(19, '1')
    .slice(0, 19)}`
  const deployment: DeploymentState = {
    id,
    revision,
    serviceDeployment,
    createdAt: world.now,
    updatedAt: world.now,
    rolloutState: 'IN_PROGRESS',
    rolloutStateReason: `ECS deployment ${id} in progress.`,
    failedTasks: 0,
    counting: true,
    tasks: new Set(),
    startFailures: 0,
    lastStartFailure: 0,
    startAfter: 0,
    placeAfter: 0,
  }
  service.deployments.unshift(deployment)
  service.steady = false
  return deployment
}

export function endServiceDeployment(
  world: World,
  serviceDeployment: ServiceDeploymentState,
  status: 'STOPPED' | 'SUCCESSFUL' | 'ROLLBACK_SUCCESSFUL' | 'ROLLBACK_FAILED',
  reason: string | undefined,
): void {
  serviceDeployment.status = status
  serviceDeployment.statusReason = reason ?? serviceDeployment.statusReason
  serviceDeployment.updatedAt = world.now
  serviceDeployment.finishedAt = world.now
  if (status === 'STOPPED') serviceDeployment.stoppedAt = world.now
}

function addRevision(world: World, service: ServiceState, workload: Workload): RevisionState {
  const id = String(BigInt(`0x${world.id(16)}`)).slice(0, 19)
  const revision = {
    arn: serviceRevisionArn(service.cluster.name, service.name, id),
    createdAt: world.now,
    workload,
  }
  service.revisions.push(revision)
  return revision
}

function addServiceDeployment(
  world: World,
  service: ServiceState,
  target: RevisionState,
): ServiceDeploymentState {
  const id = world.id(21)
  const serviceDeployment: ServiceDeploymentState = {
    id,
    arn: serviceDeploymentArn(service.cluster.name, service.name, id),
    service,
    status: 'PENDING',
    statusReason: undefined,
    createdAt: world.now,
    startedAt: null,
    finishedAt: null,
    stoppedAt: null,
    updatedAt: world.now,
    target,
    sources: service.deployments.map(({ revision }) => revision),
    rollback: null,
    breakerTriggered: false,
    failureCount: 0,
    threshold: 0,
  }
  service.serviceDeployments.push(serviceDeployment)
  world.serviceDeployments.set(serviceDeployment.arn, serviceDeployment)
  return serviceDeployment
}
