import { z } from 'zod'

import { UserError } from '../../app/errors.ts'
import { suggest } from '../../config/suggest.ts'

/**
 * Parses what a client sent.
 *
 * @throws UserError with all that is wrong with it
 */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const result = schema.safeParse(input ?? {}, { reportInput: true })
  if (result.success) return result.data
  throw new UserError(result.error.issues.flatMap((issue) => problemsOf(schema, issue)).join('; '))
}

function problemsOf(schema: z.ZodType, issue: z.core.$ZodIssue): string[] {
  const at = (...path: PropertyKey[]): string => path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(schema, issue.path)
    return issue.keys.map((key) => {
      const meant = suggest(key, known)
      const advice = meant === null ? listed(known) : `did you mean ${meant}?`
      return `${at(...issue.path, key.slice(0, 80))}: there is no such field; ${advice}`
    })
  }
  const message = issue.code === 'invalid_type' && issue.input === undefined ? 'it is missing' : issue.message
  return [issue.path.length === 0 ? message : `${at(...issue.path)}: ${message}`]
}

function listed(known: readonly string[]): string {
  return known.length === 0 ? 'none is taken here' : `there are ${known.join(', ')}`
}

/** What the object at a path may hold. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at = bare(schema)
  for (const step of path) {
    // An index leads to what `bare` has found already.
    if (typeof step === 'string' && at instanceof z.ZodObject) at = bare(at.shape[step] as z.ZodType)
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : []
}

/** Without what says that it may be missing, and the item of a list. */
function bare(schema: z.ZodType): z.ZodType {
  return 'unwrap' in schema && typeof schema.unwrap === 'function'
    ? bare(schema.unwrap() as z.ZodType)
    : schema
}

export const Text = z.string().min(1).max(300)
export const Name = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not a name')
  .max(63)
export const Limit = z.coerce
  .number()
  .int()
  .min(1)
  .max(1_000)
  .default(20)
  .meta({ description: 'How many at most.' })
export const Flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0', ''])])
  .transform((value) =>
    typeof value === 'boolean' ? value : value === 'true' || value === '1' || value === '',
  )
export const Num = z.coerce.number().int().min(1)
/** An ISO time with its offset, as the ledger and the logs write it: in UTC, with milliseconds. */
export const Time = z.iso
  .datetime({ offset: true, error: 'not an ISO time' })
  .transform((time) => new Date(time).toISOString())
/** Keys of a run with raw texts, read as the config would read them. */
export const RunSet = z.record(z.string().max(300), z.string().max(100_000)).default({})
