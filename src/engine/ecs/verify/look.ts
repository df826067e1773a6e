import { messageOf, UserError } from '../../../app/errors.ts'
import { failed, skipped, type Check } from '../../check.ts'
import { isDenied } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'

/**
 * What looking at something has found. What may not be looked at is skipped: who deploys may do without. Any other refusal
 * of AWS is a failure of the thing itself.
 */
export async function look(subject: string, ask: () => Promise<Check | Check[]>): Promise<Check[]> {
  try {
    return [await ask()].flat()
  } catch (error) {
    const problem = problemOf(error, `look at the ${subject}`)
    if (isDenied(error) || isDenied((error as Error).cause)) {
      return [skipped(subject, 'the credentials may not look at it', hintOf(problem))]
    }
    if (problem instanceof UserError) return [failed(subject, problem.message, hintOf(problem))]
    if (isRefusal(error)) return [failed(subject, messageOf(error), 'correct what the config says of it')]
    throw error
  }
}

function hintOf(problem: unknown): string | null {
  return problem instanceof UserError ? (problem.hint ?? null) : null
}

/** Whether AWS says that it was asked for something wrong: a name that cannot be one, an ARN of something else. */
function isRefusal(error: unknown): boolean {
  return (error as { $fault?: unknown }).$fault === 'client'
}
