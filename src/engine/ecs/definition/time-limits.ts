import type { HealthCheck } from '../../../app/app.ts'
import { showDuration } from '../../../app/duration.ts'
import type { FieldProblem } from '../../engine.ts'
import { error } from './field-problem.ts'

/** Sources: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html, API_ContainerDefinition */
const HEALTH_CHECK = {
  interval: { least: 5, most: 300, unit: showDuration },
  timeout: { least: 2, most: 60, unit: showDuration },
  retries: { least: 1, most: 10, unit: String },
  start_period: { least: 0, most: 300, unit: showDuration },
} as const
/** Seconds, on Fargate. */
export const STOP_TIMEOUT = { least: 2, most: 120 } as const

export function refusedStopTimeout({ stop_timeout }: { stop_timeout: number }): FieldProblem[] {
  if (stop_timeout > STOP_TIMEOUT.most) {
    return [
      error(
        ['stop_timeout'],
        `Fargate waits ${showDuration(STOP_TIMEOUT.most)} at most before it kills, not ${showDuration(stop_timeout)}`,
        `say ${showDuration(STOP_TIMEOUT.most)} or less, and let the process keep what it has not finished`,
      ),
    ]
  }
  if (stop_timeout >= STOP_TIMEOUT.least) return []
  return [
    error(
      ['stop_timeout'],
      `Fargate waits ${showDuration(STOP_TIMEOUT.least)} at least before it kills, not ${showDuration(stop_timeout)}`,
      `say ${showDuration(STOP_TIMEOUT.least)} or more`,
    ),
  ]
}

/** @param name of the field that has the check, which is by a command */
export function refusedCheck(name: string, check: HealthCheck): FieldProblem[] {
  const limits = Object.entries(HEALTH_CHECK) as [keyof typeof HEALTH_CHECK, Limits][]
  return limits.flatMap(([field, { least, most, unit }]) =>
    check[field] >= least && check[field] <= most
      ? []
      : error(
          [`${name}.${field}`],
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
