import { failIfBroken, replaceIfAsked } from './circuit-breaker.ts'
import { announce } from './events.ts'
import { living, startTasks, stopTasks, surplus } from './service-tasks.ts'
import type { DeploymentState, ServiceState, TaskState, TaskWatcher } from './state.ts'
import { stop } from './task-life.ts'
import type { World } from './world.ts'

/** The longest that ECS waits between two rounds of tasks that do not start: 27 minutes. */
const MOST_DELAY = 27 * 60
/** Rounds that follow each other without a delay. */
const FREE_ROUNDS = 3

/** Lets the scheduler look at a service soon; once, however much has changed until then. */
export function check(
  world: World,
  service: ServiceState,
  seconds = world.settings.durations.scheduling,
): void {
  const at = Math.round(world.now + seconds * 1_000)
  if (service.checkAt > world.now && service.checkAt <= at) return
  service.checkAt = at
  world.after(seconds, () => {
    if (service.checkAt !== at) return
    service.checkAt = 0
    reconcile(world, service)
  })
}

function reconcile(world: World, service: ServiceState): void {
  if (service.status !== 'ACTIVE') return drain(world, service)
  replaceIfAsked(world, service)
  failIfBroken(world, service)
  const [primary, ...older] = service.deployments
  if (primary === undefined) return
  const { serviceDeployment } = primary
  if (serviceDeployment.status === 'PENDING') {
    serviceDeployment.status = 'IN_PROGRESS'
    serviceDeployment.startedAt = world.now
  }
  stopTasks(world, service, surplus(service, primary))
  stopTasks(world, service, replaceable(service, primary, older))
  fill(world, service, primary)
  service.deployments = [primary, ...older.filter(({ tasks }) => tasks.size > 0)]
  settle(world, service, primary)
}

function drain(world: World, service: ServiceState): void {
  const { deployments } = service
  stopTasks(world, service, deployments.flatMap(living))
  if (service.status !== 'DRAINING' || deployments.some(({ tasks }) => tasks.size > 0)) return
  service.status = 'INACTIVE'
  service.deployments = []
  const key = `${service.cluster.name}/${service.name}`
  world.after(world.settings.durations.inactiveService, () => {
    if (world.services.get(key) === service) world.services.delete(key)
  })
}

/** The least that must be healthy, and the most that may be there, of PENDING and RUNNING tasks. */
function boundsOf({ desiredCount, settings }: ServiceState): { min: number; max: number } {
  const { minimumHealthyPercent = 100, maximumPercent = 200 } = settings.deploymentConfiguration
  return {
    min: Math.ceil((desiredCount * minimumHealthyPercent) / 100),
    max: Math.floor((desiredCount * maximumPercent) / 100),
  }
}

/** Tasks of older deployments that are replaced already, or have to go so that new ones may start. */
function replaceable(
  service: ServiceState,
  primary: DeploymentState,
  older: readonly DeploymentState[],
): TaskState[] {
  const { desiredCount } = service
  const { min, max } = boundsOf(service)
  const present = older.flatMap(living)
  const healthy = present.filter((task) => task.healthy)
  const fresh = living(primary)
  const proven = fresh.filter((task) => task.healthy).length
  const room = max - fresh.length - healthy.length
  const needed = primary.rolloutState === 'FAILED' ? 0 : desiredCount - fresh.length - Math.max(0, room)
  const replaced = proven + healthy.length - desiredCount
  const allowed = proven + healthy.length - min
  const unhealthy = present.filter((task) => !task.healthy)
  return [...unhealthy, ...healthy.slice(0, Math.max(0, Math.min(allowed, Math.max(needed, replaced))))]
}

function fill(world: World, service: ServiceState, primary: DeploymentState): void {
  if (primary.rolloutState === 'FAILED') return
  const present = service.deployments.flatMap(living).length
  const wanted = service.desiredCount - living(primary).length
  const limit = Math.min(wanted, boundsOf(service).max - present)
  if (limit <= 0) return
  const waits = Math.max(primary.startAfter, primary.placeAfter) - world.now
  if (waits > 0) return check(world, service, waits / 1_000)
  const unplaced =
    primary.revision.workload.launchType === 'EC2'
      ? limit
      : startTasks(world, service, primary, { limit, watcher: watcherOf(world, service, primary) })
  if (unplaced > 0) couldNotPlace(world, service, primary)
}

function couldNotPlace(world: World, service: ServiceState, primary: DeploymentState): void {
  const see = 'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'
  announce(
    world,
    service,
    primary.revision.workload.launchType === 'EC2'
      ? `was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster. ${see}`
      : `was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone. ${see}`,
  )
  countFailure(primary)
  primary.placeAfter = world.now + world.settings.durations.placement * 1_000
  check(world, service)
}

function settle(world: World, service: ServiceState, primary: DeploymentState): void {
  const { desiredCount } = service
  const tasks = [...primary.tasks]
  const isSteady =
    service.deployments.length === 1 && tasks.length === desiredCount && tasks.every(({ healthy }) => healthy)
  if (isSteady && primary.rolloutState === 'IN_PROGRESS') complete(world, service, primary)
  if (isSteady && !service.steady) announce(world, service, 'has reached a steady state.')
  service.steady = isSteady
}

function complete(world: World, service: ServiceState, primary: DeploymentState): void {
  primary.rolloutState = 'COMPLETED'
  primary.rolloutStateReason = `ECS deployment ${primary.id} completed.`
  primary.updatedAt = world.now
  const { serviceDeployment } = primary
  serviceDeployment.status = serviceDeployment.rollback === null ? 'SUCCESSFUL' : 'ROLLBACK_SUCCESSFUL'
  serviceDeployment.finishedAt = world.now
  serviceDeployment.updatedAt = world.now
  service.lastCompleted = primary.revision
  announce(world, service, `(deployment ${primary.id}) deployment completed.`)
}

function watcherOf(world: World, service: ServiceState, deployment: DeploymentState): TaskWatcher {
  return {
    healthy() {
      const { deploymentCircuitBreaker } = service.settings.deploymentConfiguration
      if (deploymentCircuitBreaker?.resetOnHealthyTask !== false && deployment.rolloutState !== 'FAILED') {
        deployment.failedTasks = 0
        deployment.counting = false
      }
      deployment.startFailures = 0
      check(world, service)
    },
    unhealthy(task, reason) {
      announce(world, service, `(task ${task.id}) ${reason.replace(/^Task /, '')}.`)
      stop(world, task, 'ServiceSchedulerInitiated', reason)
    },
    stopped(task) {
      deployment.tasks.delete(task)
      if (hasFailed(task)) countFailure(deployment)
      if (task.stopCode === 'TaskFailedToStart') delayStart(world, service, deployment)
      check(world, service)
    },
  }
}

/** One that ended before it was healthy, and that neither a person nor the scheduler took away for another cause than its health. */
function hasFailed(task: TaskState): boolean {
  if (task.stopCode === 'UserInitiated' || task.stopCode === 'SpotInterruption') return false
  if (task.stopCode === 'ServiceSchedulerInitiated')
    return task.stoppedReason?.startsWith('Task failed') ?? false
  return !task.wasHealthy
}

function countFailure(deployment: DeploymentState): void {
  if (deployment.counting) deployment.failedTasks++
}

function delayStart(world: World, service: ServiceState, deployment: DeploymentState): void {
  if (deployment.lastStartFailure === world.now) return
  deployment.lastStartFailure = world.now
  deployment.startFailures++
  const round = deployment.startFailures - FREE_ROUNDS
  if (round <= 0) return
  if (round === 1)
    announce(
      world,
      service,
      'is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
    )
  deployment.startAfter = world.now + Math.min(MOST_DELAY, 10 * 2 ** (round - 1)) * 1_000
}
