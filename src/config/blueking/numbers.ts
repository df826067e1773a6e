import { z } from 'zod'

import { derived } from '../value.ts'
import type { Scalar } from '../value.ts'

/**
 * A whole number, also as a text: so the serializers of BlueKing take it (Django REST framework, IntegerField).
 *
 * @param error what it must be, where that is more than the range
 */
export function integer(least: number, most = Infinity, error = ruleOf(least, most)) {
  const Digits = z
    .string()
    .regex(/^\d{1,15}$/, { error })
    .transform(Number)
  return z
    .union([z.number(), Digits], { error })
    .pipe(z.int({ error }).min(least, { error }).max(most, { error }))
}

function ruleOf(least: number, most: number): string {
  return most === Infinity ? `a whole number, ${least} or more` : `a whole number from ${least} to ${most}`
}

/** The number that stands there. */
export function numberOf(value: Scalar): Scalar {
  return derived(Number(value.value), value)
}
