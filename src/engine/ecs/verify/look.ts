import { messageOf, UserError } from '../../../app/errors.ts'
import { failed, ok, skipped, type Check } from '../../check.ts'
import { isDenied, isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'

const NOT_OFFERED = [
  'UnknownOperationException',
  'UnknownOperation',
  'InvalidAction',
  'NotImplemented',
  'NotFound',
]

/** What is said of something that Gantry may do without seeing. */
export interface Unseen {
  /** What shows by itself that it works: `web runs in subnet-1`. Null: nothing does. */
  proof: string | null
  /** How a person looks at it. */
  hint: string
}

/**
 * What looking at something has found. What may not be looked at is skipped: who deploys may do without. Any other refusal
 * of AWS is a failure of the thing itself.
 *
 * @param unseen for a service that an endpoint may not even have
 */
export async function look(
  subject: string,
  ask: () => Promise<Check | Check[]>,
  unseen: Unseen | null = null,
): Promise<Check[]> {
  try {
    return [await ask()].flat()
  } catch (error) {
    const problem = problemOf(error, `look at the ${subject}`)
    if (isDenied(error) || isDenied((error as Error).cause)) {
      return [notSeen(subject, unseen, 'the credentials may not look at it', hintOf(problem))]
    }
    if (unseen !== null && isNotOffered(error)) {
      return [notSeen(subject, unseen, 'the endpoint does not know it', null)]
    }
    if (problem instanceof UserError) return [failed(subject, problem.message, hintOf(problem))]
    if (isRefusal(error)) return [failed(subject, messageOf(error), 'correct what the config says of it')]
    throw error
  }
}

function notSeen(subject: string, unseen: Unseen | null, why: string, allow: string | null): Check {
  if (unseen === null) return skipped(subject, why, allow)
  if (unseen.proof !== null) return ok(subject, unseen.proof)
  return skipped(subject, why, allow === null ? unseen.hint : `${allow}; or ${unseen.hint}`)
}

function hintOf(problem: unknown): string | null {
  return problem instanceof UserError ? (problem.hint ?? null) : null
}

/** Whether AWS says that it was asked for something wrong: a name that cannot be one, an ARN of something else. */
function isRefusal(error: unknown): boolean {
  return (error as { $fault?: unknown }).$fault === 'client'
}

/**
 * Whether what answers is no AWS and does not have the service: it says so, has nothing at the address (a 404 without a code is
 * NotFound to the SDK), or answers in a form that the SDK cannot read.
 */
function isNotOffered(error: unknown): boolean {
  const { $metadata, $fault } = error as { $metadata?: { httpStatusCode?: number }; $fault?: unknown }
  const status = $metadata?.httpStatusCode
  return (
    isNamed(error, ...NOT_OFFERED) ||
    status === 501 ||
    (status !== undefined && status < 500 && $fault === undefined)
  )
}
