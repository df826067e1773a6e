import type { ServiceState } from './state.ts'
import type { World } from './world.ts'

/** Of one service that DescribeServices shows. */
const MOST_EVENTS = 100

/** Adds `(service NAME) …` to the events of a service. */
export function announce(world: World, service: ServiceState, message: string): void {
  service.events.unshift({
    id: world.id(),
    createdAt: world.now,
    message: `(service ${service.name}) ${message}`,
  })
  if (service.events.length > MOST_EVENTS) service.events.pop()
}
