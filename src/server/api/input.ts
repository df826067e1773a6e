import { z } from 'zod'

import { UserError } from '../../app/errors.ts'

/** Parses what a client sent; all that is wrong with it in one error. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input ?? {})
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) =>
    issue.path.length === 0 ? issue.message : `${issue.path.join('.')}: ${issue.message}`,
  )
  throw new UserError(problems.join('; '))
}

export const Text = z.string().min(1).max(300)
export const Name = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'not a name')
  .max(63)
export const Limit = z.coerce.number().int().min(1).max(1_000).default(20)
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
