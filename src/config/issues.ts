import type { z } from 'zod'

import { suggest } from './suggest.ts'
import type { Value } from './value.ts'

type Issue = z.core.$ZodIssue

/** What a schema wanted: completes "must be …". */
export function expectedBy(issue: Issue): string {
  if (issue.code !== 'invalid_type') return issue.message
  if (issue.expected === 'object' || issue.expected === 'record') return 'a map'
  return issue.message
}

/** The allowed value that was probably meant, where a schema names those that it allows. */
export function meantBy(issue: Issue, value: Value): string | null {
  if (value.kind !== 'scalar') return null
  const allowed =
    issue.code === 'invalid_value' ? issue.values : issue.code === 'custom' ? issue.params?.['allowed'] : []
  return Array.isArray(allowed)
    ? suggest(
        value.text,
        allowed.filter((each) => typeof each === 'string'),
      )
    : null
}
