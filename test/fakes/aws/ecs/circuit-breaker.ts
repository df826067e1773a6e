import { addDeployment, endServiceDeployment } from './deployments.ts'
import { announce } from './events.ts'
import type { DeploymentState, ServiceState } from './state.ts'
import type { World } from './world.ts'

const TRIGGERED = 'because the circuit breaker threshold was exceeded.'

/** How many tasks may fail one after the other: half of those desired, but 3 at least and 200 at most, unless the service says otherwise. */
export function thresholdOf({ desiredCount, settings }: ServiceState): number {
  const { type = 'BOUNDED_PERCENT', value = 50 } =
    settings.deploymentConfiguration.deploymentCircuitBreaker?.thresholdConfiguration ?? {}
  if (type === 'COUNT') return value
  const share = Math.ceil((desiredCount * value) / 100)
  return type === 'UNBOUNDED_PERCENT' ? share : Math.min(200, Math.max(3, share))
}

/** Fails a deployment that has gone over the threshold, and rolls it back where that is asked for. */
export function failIfBroken(world: World, service: ServiceState): void {
  const primary = service.deployments[0]
  const breaker = service.settings.deploymentConfiguration.deploymentCircuitBreaker
  if (primary?.rolloutState !== 'IN_PROGRESS') return
  const { serviceDeployment } = primary
  const threshold = thresholdOf(service)
  // A rollback keeps what the failed deployment counted.
  if (serviceDeployment.rollback === null) serviceDeployment.failureCount = primary.failedTasks
  serviceDeployment.threshold = threshold
  if (breaker?.enable !== true || primary.failedTasks < threshold) return
  serviceDeployment.breakerTriggered = true
  fail(world, service, primary, 'ECS deployment circuit breaker: tasks failed to start.')
  if (serviceDeployment.rollback !== null) {
    endServiceDeployment(world, serviceDeployment, 'ROLLBACK_FAILED', undefined)
  } else if (breaker.rollback === true && service.lastCompleted !== null) {
    rollBack(world, service, primary, {
      status: `Service deployment rolled back ${TRIGGERED}`,
      deployment: 'ECS deployment circuit breaker: rolling back to',
    })
  } else endServiceDeployment(world, serviceDeployment, 'STOPPED', `Service deployment stopped ${TRIGGERED}`)
}

/** Carries out what StopServiceDeployment asked for. */
export function replaceIfAsked(world: World, service: ServiceState): void {
  const primary = service.deployments[0]
  const status = primary?.serviceDeployment.status
  if (primary === undefined) return
  if (status === 'STOP_REQUESTED') {
    fail(world, service, primary, 'Service deployment stopped by user.')
    endServiceDeployment(world, primary.serviceDeployment, 'STOPPED', 'Service deployment stopped by user.')
  } else if (status === 'ROLLBACK_REQUESTED') {
    fail(world, service, primary, 'Service deployment rolled back by user.')
    if (service.lastCompleted === null) {
      const reason = 'Service deployment rollback failed: there is no service revision to roll back to.'
      endServiceDeployment(world, primary.serviceDeployment, 'ROLLBACK_FAILED', reason)
    } else {
      rollBack(world, service, primary, {
        status: 'Service deployment rolled back because of a user request.',
        deployment: 'User initiated: rolling back to',
      })
    }
  }
}

function fail(world: World, service: ServiceState, primary: DeploymentState, reason: string): void {
  primary.rolloutState = 'FAILED'
  primary.rolloutStateReason = reason
  primary.updatedAt = world.now
  announce(world, service, `(deployment ${primary.id}) deployment failed: ${reason.replace(/^.*: /, '')}`)
}

/** The workload that completed last, in a deployment of its own. */
function rollBack(
  world: World,
  service: ServiceState,
  failed: DeploymentState,
  reasons: { status: string; deployment: string },
): void {
  const revision = service.lastCompleted!
  const { serviceDeployment } = failed
  const before = service.deployments.find((each) => each.revision === revision)
  serviceDeployment.status = 'ROLLBACK_IN_PROGRESS'
  serviceDeployment.statusReason = reasons.status
  serviceDeployment.updatedAt = world.now
  serviceDeployment.rollback = { reason: reasons.status, startedAt: world.now, revision }
  const deployment = addDeployment(world, service, revision, serviceDeployment)
  const target = before?.id ?? deployment.id
  deployment.rolloutStateReason = `${reasons.deployment} deploymentId ${target}.`
  announce(world, service, `rolling back to deployment ${target}.`)
}
