import type { z } from 'zod'

import { AwsError } from './aws-error.ts'
import type { Input } from './service.ts'

/** Checks its input, refuses it with the error code `invalid`, or carries it out. */
export type Operation = (input: Input, invalid: string) => unknown

/**
 * An operation from what it accepts, with the limits of its page in the API's reference, and what it does then. What the schema does not
 * name is refused, so that a test does not lean on something that the fake ignores.
 */
export function operation<Schema extends z.ZodType>(
  schema: Schema,
  carryOut: (input: z.output<Schema>) => unknown,
): Operation {
  return (input, invalid) => {
    const { success, data, error } = schema.safeParse(input)
    if (success) return carryOut(data)
    const found = error.issues.map(
      ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
    )
    throw new AwsError(
      invalid,
      `${found.length} validation error${found.length > 1 ? 's' : ''} detected: ${found.join('; ')}`,
    )
  }
}

/** Carries out one of a service's operations; `invalid` is the code of the service for input that breaks a rule. */
export function perform(
  operations: Readonly<Record<string, Operation>>,
  { name, input, invalid }: { name: string; input: Input; invalid: string },
): unknown {
  const found = operations[name]
  if (found === undefined) throw new AwsError('UnknownOperationException', `the fake has no ${name}`)
  return found(input, invalid)
}
