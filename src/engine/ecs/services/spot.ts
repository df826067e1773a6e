import type { Service, Task } from '@aws-sdk/client-ecs'

import { DEMAND, shareOf, SPOT } from '../capacity.ts'
import { eventsSince } from './service-events.ts'
import { lacksCapacity } from './stopped.ts'

/** How many of so many instances are wanted on demand. */
export function onDemand({ capacityProviderStrategy = [] }: Service, count: number): number {
  return shareOf(DEMAND, capacityProviderStrategy, count)
}

/** Whether AWS has said since then that it has no capacity for an instance. */
export function waitsForCapacity(service: Service, since: Date): boolean {
  return eventsSince(service, since).some(lacksCapacity)
}

/** Whether all that is missing of a deployment is spot capacity: some instances run, and all that are not spot. */
export function lacksOnlySpot(
  service: Service,
  tasks: readonly Task[],
  { desired, since }: { desired: number; since: Date },
): boolean {
  const running = tasks.filter((task) => task.lastStatus === 'RUNNING' && task.healthStatus !== 'UNHEALTHY')
  const demand = running.filter((task) => task.capacityProviderName !== SPOT).length
  const wanted = onDemand(service, desired)
  return (
    running.length > 0 &&
    running.length < desired &&
    wanted < desired &&
    demand >= wanted &&
    waitsForCapacity(service, since)
  )
}
