import type { FieldProblem } from '../../engine.ts'

/** ECS does not take it. */
export function error(fields: FieldProblem['fields'], message: string, hint: string): FieldProblem {
  return { severity: 'error', fields, message, hint }
}

/** ECS takes something else for it, or nothing. */
export function warning(fields: FieldProblem['fields'], message: string, hint: string): FieldProblem {
  return { severity: 'warning', fields, message, hint }
}
