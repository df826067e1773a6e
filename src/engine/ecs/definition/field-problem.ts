import type { FieldProblem } from '../../engine.ts'

/** ECS does not take it. */
export function error(fields: FieldProblem['fields'], message: string, hint: string): FieldProblem {
  return { severity: 'error', fields, message, hint }
}

/** ECS takes something else for it, or nothing. */
export function warning(fields: FieldProblem['fields'], message: string, hint: string): FieldProblem {
  return { severity: 'warning', fields, message, hint }
}

/** Fargate has sizes and times of its own. */
export function rounded(fields: FieldProblem['fields'], asked: string, given: string): FieldProblem {
  const message = `${asked} is not offered by Fargate, the next is ${given}`
  return warning(fields, message, `it gets that: say ${given} to be rid of this warning`)
}
