import type { Deployment, Service } from '@aws-sdk/client-ecs'

import { LATEST_EVENTS, type ProcessEvent } from '../../running.ts'

const TROUBLE = /fail|unable|unhealthy|error|unavailable/i

/** What ECS has said of a service lately, the newest first. */
export function latestEvents({ events = [] }: Service): ProcessEvent[] {
  return events
    .filter(({ createdAt, message }) => createdAt !== undefined && message !== undefined)
    .toSorted((one, other) => other.createdAt!.getTime() - one.createdAt!.getTime())
    .slice(0, LATEST_EVENTS)
    .map(({ createdAt, message }) => ({ at: createdAt!.toISOString(), text: plain(message!) }))
}

/** What ECS has said of a service since then, the newest first. It shows the last hundred. */
export function eventsSince({ events = [] }: Service, since: Date): string[] {
  return events
    .filter(({ createdAt }) => createdAt !== undefined && createdAt >= since)
    .map((event) => event.message ?? '')
}

/** What it has said of what goes wrong. */
export function troublesSince(service: Service, since: Date): string[] {
  return eventsSince(service, since).filter((text) => TROUBLE.test(text))
}

/**
 * Whether something of a deployment goes wrong. Tasks that end after they ran are counted as failed by nobody; that more
 * were started than are wanted gives them away.
 */
export function isTroubled(service: Service, deployment: Deployment | undefined, since: Date): boolean {
  const started = eventsSince(service, since)
    .map((text) => Number(/has started (\d+) tasks/.exec(text)?.[1] ?? 0))
    .reduce((sum, count) => sum + count, 0)
  return (
    (deployment?.failedTasks ?? 0) > 0 ||
    started > (service.desiredCount ?? 0) ||
    troublesSince(service, since).length > 0
  )
}

/** An event without what it is of: `(service orderdesk--production--web) (deployment ecs-svc/1) `. */
export function plain(event: string): string {
  return event.replace(/^\(service [^)]*\) (?:\(deployment [^)]*\) )?/, '')
}
