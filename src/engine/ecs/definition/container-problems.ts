import type { HealthCheck } from '../../../app/app.ts'
import { showDuration } from '../../../app/duration.ts'
import type { FieldProblem } from '../../engine.ts'
import { rounded, warning } from './field-problem.ts'
import type { ContainerFields } from './fields.ts'

type Containers = Readonly<Record<string, Pick<ContainerFields, 'health_check' | 'stop_timeout'>>>

/** What ECS makes otherwise of the containers beside a process: before `adapt` and after it. */
export function containerProblems(before: Containers, after: Containers): FieldProblem[] {
  return Object.entries(before).flatMap(([name, container]) => {
    const fitted = after[name]!
    const found = [
      ...(container.stop_timeout === fitted.stop_timeout
        ? []
        : [
            rounded(
              ['stop_timeout'],
              showDuration(container.stop_timeout),
              showDuration(fitted.stop_timeout),
            ),
          ]),
      ...uncheckable(container.health_check, fitted.health_check),
    ]
    return found.map((each): FieldProblem => ({ ...each, fields: [`containers.${name}.${each.fields[0]}`] }))
  })
}

function uncheckable(before: HealthCheck | null, after: HealthCheck | null): FieldProblem[] {
  if (before === null) return []
  if (after !== null) return roundedTimes('health_check', before, after)
  return [
    warning(
      ['health_check'],
      'ECS checks a container beside a process with a command only: nothing checks this one',
      'give it a command',
    ),
  ]
}

/** @param field that has the check */
export function roundedTimes(field: string, before: HealthCheck, after: HealthCheck): FieldProblem[] {
  return (['interval', 'timeout', 'start_period'] as const)
    .filter((each) => before[each] !== after[each])
    .map((each) => rounded([`${field}.${each}`], showDuration(before[each]), showDuration(after[each])))
}
