import type { HealthCheck, Process } from '../app/app.ts'
import type { OwnedFields, OwnedParts } from '../app/spec.ts'

/** One that somebody begins to describe. */
const NO_CHECK: HealthCheck = {
  path: null,
  command: null,
  tcp: false,
  interval: 10,
  timeout: 5,
  retries: 3,
  start_period: 0,
}

/** The fields with these entries laid over what they are now. */
export function mergedParts(
  now: Pick<Process, 'health_check' | 'readiness' | 'rollout'>,
  { health_check: check, readiness, rollout }: OwnedParts = {},
): OwnedFields {
  return {
    ...(check && { health_check: { ...(now.health_check ?? NO_CHECK), ...check } }),
    ...(readiness && { readiness: { ...(now.readiness ?? NO_CHECK), ...readiness } }),
    ...(rollout && { rollout: { ...now.rollout, ...rollout } }),
  }
}
