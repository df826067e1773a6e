import type { Policy, Statement } from '../../../scripts/iam/policies.ts'

/** What somebody asks AWS for, as IAM sees it. */
export interface Request {
  /** `ecs:CreateService` */
  action: string
  /** ARN, or `*` where the action knows no resource. */
  resource: string
  /** `ecs:cluster` and the like. */
  context: Readonly<Record<string, string>>
}

/**
 * Whether a policy allows a request: some statement does, and none denies it. As far as these policies go:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function allows({ Statement: statements }: Policy, request: Request): boolean {
  const applying = statements.filter((each) => applies(each, request))
  return (
    applying.some(({ Effect }) => Effect === 'Allow') && !applying.some(({ Effect }) => Effect === 'Deny')
  )
}

function applies({ Action, Resource, Condition = {} }: Statement, request: Request): boolean {
  return (
    listed(Action).some((pattern) => matches(pattern, request.action)) &&
    listed(Resource ?? []).some((pattern) => matches(pattern, request.resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => holds(operator, listed(values), request.context[key])),
    )
  )
}

/** A key that a request does not have meets no condition. */
function holds(operator: string, values: readonly string[], actual: string | undefined): boolean {
  if (!['StringEquals', 'ArnEquals', 'ArnLike'].includes(operator))
    throw new Error(`unknown operator ${operator}`)
  if (actual === undefined) return false
  return values.some((value) => (operator === 'StringEquals' ? value === actual : matches(value, actual)))
}

const expressions = new Map<string, RegExp>()

/** `*` stands for any text, slashes and colons too; nothing else is special in the patterns that we write. */
function matches(pattern: string, text: string): boolean {
  let expression = expressions.get(pattern)
  if (expression === undefined) {
    const literal = pattern.replaceAll(/[$+.?()[\]{}|^\\]/g, String.raw`\$&`)
    expression = new RegExp(`^${literal.replaceAll('*', '[^]*')}$`)
    expressions.set(pattern, expression)
  }
  return expression.test(text)
}

function listed(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}
