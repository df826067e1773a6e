import type { HealthCheck } from '../../../app/app.ts'
import { showDuration } from '../../../app/duration.ts'
import type { ProcessSpec, TaskSpec } from '../../../app/spec.ts'
import type { FieldProblem } from '../../engine.ts'
import { LARGEST, showSize, snap } from '../fargate-sizes.ts'
import { error } from './field-problem.ts'

/** Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html, API_ContainerDefinition, API_EphemeralStorage */
const HEALTH_CHECK = {
  interval: { least: 5, most: 300, unit: showDuration },
  timeout: { least: 2, most: 60, unit: showDuration },
  retries: { least: 1, most: 10, unit: String },
  start_period: { least: 0, most: 300, unit: showDuration },
} as const
/** Seconds, on Fargate. */
export const STOP_TIMEOUT = { least: 2, most: 120 } as const
const STORAGE_GB = 200

type Limited = Pick<ProcessSpec | TaskSpec, 'cpu' | 'memory' | 'ephemeral_storage_gb' | 'stop_timeout'> & {
  health_check?: HealthCheck | null
}

/** Everything in a process or task that Fargate does not take as it is. Sizes between those offered are rounded before. */
export function refusals(spec: Limited): FieldProblem[] {
  const { ephemeral_storage_gb, stop_timeout, health_check } = spec
  const found = refusedSize(spec)
  if (ephemeral_storage_gb !== null && ephemeral_storage_gb > STORAGE_GB) {
    found.push(
      error(
        ['ephemeral_storage_gb'],
        `Fargate gives ${STORAGE_GB} GB of disk at most, not ${ephemeral_storage_gb}`,
        'ask for less, or keep the data in S3',
      ),
    )
  }
  if (stop_timeout > STOP_TIMEOUT.most) {
    found.push(
      error(
        ['stop_timeout'],
        `Fargate waits ${showDuration(STOP_TIMEOUT.most)} at most before it kills, not ${showDuration(stop_timeout)}`,
        `say ${showDuration(STOP_TIMEOUT.most)} or less, and let the process keep what it has not finished`,
      ),
    )
  }
  if (stop_timeout < STOP_TIMEOUT.least) {
    found.push(
      error(
        ['stop_timeout'],
        `Fargate waits ${showDuration(STOP_TIMEOUT.least)} at least before it kills, not ${showDuration(stop_timeout)}`,
        `say ${showDuration(STOP_TIMEOUT.least)} or more`,
      ),
    )
  }
  // What a load balancer checks has limits of its own, which are not ours to know.
  return health_check?.command ? [...found, ...refusedHealthCheck(health_check)] : found
}

function refusedSize({ cpu, memory }: Limited): FieldProblem[] {
  const message = `Fargate offers no ${showSize({ cpu, memory })}`
  const next = snap({ cpu, memory })
  if (next === null) return [error(['memory', 'cpu'], message, `the largest is ${showSize(LARGEST)}`)]
  if (next.memory === memory && next.cpu === cpu) return []
  const fields = next.memory === memory ? (['cpu', 'memory'] as const) : (['memory', 'cpu'] as const)
  return [error(fields, message, `the next is ${showSize(next)}`)]
}

function refusedHealthCheck(check: HealthCheck): FieldProblem[] {
  const limits = Object.entries(HEALTH_CHECK) as [keyof typeof HEALTH_CHECK, Limits][]
  return limits.flatMap(([field, { least, most, unit }]) =>
    check[field] >= least && check[field] <= most
      ? []
      : error(
          [`health_check.${field}`],
          `ECS takes ${unit(least)} to ${unit(most)} here, not ${unit(check[field])}`,
          `say ${unit(check[field] < least ? least : most)}`,
        ),
  )
}

interface Limits {
  least: number
  most: number
  unit: (value: number) => string
}
