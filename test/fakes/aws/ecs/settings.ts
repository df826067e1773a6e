import type { Behaviour, ContainerRun } from './behaviour.ts'

/** How long things take, in seconds. */
export interface Durations {
  /** From a change to what the service scheduler does about it. */
  scheduling: number
  /** Until a task is PENDING; it fetches its secrets then. */
  provisioning: number
  /** From PENDING to RUNNING, while the image is pulled. */
  pending: number
  /** From RUNNING until the agent of ECS Exec runs. */
  agent: number
  /** From RUNNING until a task without any health check counts as healthy. */
  healthy: number
  /** From RUNNING until a load balancer finds a task healthy. */
  target: number
  /** For which a task behind a load balancer is DEACTIVATING. */
  draining: number
  /** From the end of the last container to STOPPED. */
  deprovisioning: number
  /** Between two attempts to place a task that there was no capacity for. */
  placement: number
  /** For which a stopped task can be described. */
  stoppedTask: number
  /** For which an INACTIVE service can be described. */
  inactiveService: number
}

/** What a test decides about the fake. */
export interface Settings {
  durations: Durations
  /** Seconds until a new service, and a new deployment of a service, can be seen. */
  consistency: { service: number; deployment: number }
  /** What containers do. */
  behaviour: (container: ContainerRun) => Behaviour
  /** Whether calls beyond the rates of the documentation are refused. */
  throttling: boolean
}

export const DURATIONS: Durations = {
  scheduling: 1,
  provisioning: 5,
  pending: 5,
  agent: 10,
  healthy: 40,
  target: 10,
  draining: 10,
  deprovisioning: 2,
  placement: 60,
  stoppedTask: 3_600,
  inactiveService: 3_600,
}
