import type { Deployment, Service, ServiceDeployment, ServiceDeploymentBrief } from '@aws-sdk/client-ecs'

import { plain } from './service-events.ts'
import { nameOfArn } from '../names.ts'
import { primaryOf } from './shape.ts'

/**
 * Seconds that instances which new counts bring must stay up: ECS judges by their health only what is a deployment of its
 * own, and counts them from the moment they run.
 */
const STAYS_UP = 5

/** A rollout that somebody waits for. */
export interface Watched {
  process: string
  service: string
  /** Its id, as UpdateService or CreateService answered it. Null where only counts changed: whichever is PRIMARY. */
  deployment: string | null
  /** `family:n` */
  revision: string
  /** Null where an autoscaler decides. */
  desired: number | null
  /** Where its instances answer. */
  port: number | null
  /** Seconds. */
  timeout: number
}

export interface Ended {
  outcome: 'steady' | 'failed' | 'timed_out' | 'superseded' | 'cancelled'
  /** Whether ECS itself has put back what ran before. */
  rolledBack: boolean
  reason: string | null
  /** How many run, when last seen. */
  instances: number
}

/** What is known of a watched rollout at one look. */
export interface Sight {
  watched: Watched
  /** Null: ECS knows none. */
  service: Service | null
  /** The watched deployment as it was last seen, in this look or before. */
  seen: Deployment | null
  /** Whether it all began so recently that ECS may still answer with what was before. */
  settling: boolean
  /** Seconds for which all wanted instances have run; infinite where none had to come up. */
  complete: number
}

/** What the service-deployments API says of the watched deployment. */
export type Answer =
  | { known: true; deployment: ServiceDeployment; later: readonly ServiceDeploymentBrief[] }
  /** `why`: as the end of a sentence. */
  | { known: false; why: string }

/** Failed and is the only one left, or went back to what ran before: only one of these calls it failed. */
type Judgement = Ended | 'pending'

/**
 * How a rollout stands, by the service alone. `ask`: the watched deployment has ended or is not what the service runs,
 * and why is for the service-deployments API to tell. Stable is not done, and stable on another deployment is not
 * success: the watched one must be the PRIMARY and only one, COMPLETED, with all instances that were asked for.
 */
export function judge(sight: Sight): Judgement | 'ask' {
  const { watched, service, seen, settling } = sight
  if (service === null || service.status === 'INACTIVE') {
    return settling ? 'pending' : failed(sight, 'the service does not exist any more')
  }
  if (service.status === 'DRAINING') return failed(sight, 'the service is being deleted')
  if (watched.deployment === null) return judgeCounts(sight, service)
  const own = watchedIn(service, watched)
  if (own === undefined && seen === null && settling) return 'pending'
  if (own?.status !== 'PRIMARY' || own.rolloutState === 'FAILED') return 'ask'
  // Where ECS does not tell, as behind a Classic Load Balancer, the counts must do.
  const isOver = own.rolloutState === undefined || own.rolloutState === 'COMPLETED'
  return isOver && runsAll(service) ? steady(sight) : 'pending'
}

/** The same with what the service-deployments API says. */
export function judgeAnswer(sight: Sight, answer: Answer): Judgement {
  if (!answer.known) return judgeAlone(sight, answer.why)
  const { deployment, later } = answer
  const { status, statusReason, rollback } = deployment
  const reason = statusReason ?? rollback?.reason ?? null
  switch (status) {
    case 'ROLLBACK_SUCCESSFUL':
      return failed(sight, `ECS rolled it back${because(reason)}`, true)
    case 'ROLLBACK_FAILED':
      return failed(sight, `ECS could not roll it back${because(reason)}`)
    case 'STOPPED':
      return judgeStopped(sight, deployment, later)
    case 'SUCCESSFUL':
      // The service may not show yet that it is over; when it runs another one, that came after.
      return isPrimary(sight) ? 'pending' : superseded(sight, 'it was steady before another deployment began')
    default:
      return 'pending'
  }
}

/**
 * STOPPED says that a newer deployment took its place, that somebody stopped it, or that it failed with nothing to go
 * back to: reference `ServiceDeployment.stoppedAt`.
 */
function judgeStopped(
  sight: Sight,
  { statusReason, deploymentCircuitBreaker, alarms, targetServiceRevision }: ServiceDeployment,
  later: readonly ServiceDeploymentBrief[],
): Ended {
  const reason = statusReason ?? null
  const hasFailed =
    deploymentCircuitBreaker?.status === 'TRIGGERED' ||
    alarms?.status === 'TRIGGERED' ||
    /circuit breaker|alarm|fail/i.test(reason ?? '')
  if (hasFailed) return failed(sight, `ECS gave it up${because(reason)}`)
  const replacing = later.some((each) => each.targetServiceRevisionArn !== targetServiceRevision?.arn)
  if (replacing) return superseded(sight, 'another deployment of the service took its place')
  return failed(sight, `it was stopped${because(reason)}`)
}

/** By what the service says of its deployments and by its events: all there is without the service-deployments API. */
function judgeAlone(sight: Sight, why: string): Judgement {
  const { service, watched, seen } = sight
  const unverified = `(not verified: ${why})`
  if (isPrimary(sight)) {
    return failed(sight, `ECS gave it up${because(seen?.rolloutStateReason ?? null)} ${unverified}`)
  }
  const id = watched.deployment ?? ''
  const messages = (service?.events ?? []).map((event) => event.message ?? '')
  const failure = messages.find((text) => text.includes(`(deployment ${id})`) && /fail/i.test(text)) ?? null
  if (seen?.rolloutState !== 'FAILED' && failure === null) {
    return superseded(sight, `another deployment of the service took its place ${unverified}`)
  }
  const primary = service === null ? undefined : primaryOf(service)
  if (primary?.rolloutState === 'IN_PROGRESS') return 'pending'
  const reason = seen?.rolloutState === 'FAILED' ? (seen.rolloutStateReason ?? failure) : failure
  return failed(sight, `ECS rolled it back${because(reason && plain(reason))} ${unverified}`, true)
}

function judgeCounts(sight: Sight, service: Service): Judgement {
  const { watched, settling } = sight
  const primary = primaryOf(service)
  if (nameOfArn(primary?.taskDefinition ?? '') !== watched.revision) {
    return settling ? 'pending' : superseded(sight, 'the service runs another revision')
  }
  const isOld = watched.desired !== null && service.desiredCount !== watched.desired
  if (isOld && settling) return 'pending'
  if (runsAll(service) && service.pendingCount === 0) {
    return sight.complete >= STAYS_UP ? steady(sight) : 'pending'
  }
  return primary?.rolloutState === 'FAILED'
    ? failed(sight, `ECS gave it up${because(primary.rolloutStateReason ?? null)}`)
    : 'pending'
}

/** What a rollout that is not steady still waits for, in a few words. */
export function waitingFor({ service, watched, seen }: Sight): string {
  if (service === null) return 'ECS does not show the service'
  if (watched.deployment !== null && seen === null) return 'ECS does not show the deployment'
  const own = deploymentOf(service, watched)
  if (own?.status !== 'PRIMARY') return 'ECS is going back to what ran before'
  const { desiredCount = 0, runningCount = 0 } = own
  if (runningCount < desiredCount) return `${runningCount} of ${desiredCount} instances run`
  const old = (service.runningCount ?? 0) - runningCount
  if ((service.deployments?.length ?? 0) > 1) {
    return old > 0 ? `${old} old ones still run` : 'old instances are still draining'
  }
  return `${runningCount} of ${desiredCount} instances run, and ECS does not call them healthy yet`
}

/** The watched deployment, or the PRIMARY one where only counts changed. */
export function deploymentOf(service: Service, watched: Watched): Deployment | undefined {
  return watched.deployment === null ? primaryOf(service) : watchedIn(service, watched)
}

export function failed(sight: Sight, reason: string, rolledBack = false): Ended {
  return { outcome: 'failed', rolledBack, reason, instances: running(sight) }
}

export function steady(sight: Sight): Ended {
  return { outcome: 'steady', rolledBack: false, reason: null, instances: running(sight) }
}

function superseded(sight: Sight, reason: string): Ended {
  return { outcome: 'superseded', rolledBack: false, reason, instances: running(sight) }
}

function running({ service }: Sight): number {
  return service?.runningCount ?? 0
}

function watchedIn({ deployments = [] }: Service, { deployment }: Watched): Deployment | undefined {
  return deployments.find((each) => each.id === deployment)
}

function isPrimary({ service, watched }: Sight): boolean {
  return service !== null && watchedIn(service, watched)?.status === 'PRIMARY'
}

function runsAll({ deployments = [], runningCount = 0, desiredCount = 0 }: Service): boolean {
  return deployments.length === 1 && runningCount === desiredCount
}

function because(reason: string | null): string {
  return reason === null || reason === '' ? '' : `: ${reason.replace(/\.$/, '')}`
}
