import { derived, given, scalar } from '../value.ts'
import type { Scalar, Value } from '../value.ts'
import { honourFalse } from './context.ts'
import type { StackContext } from './context.ts'
import { byStacktape } from './rules.ts'

/** Days of output that are kept where nothing says it. */
const KEPT_DAYS = 90

/** Notes how long the output of one container is to be kept: here that is said of the whole app. */
export function noteLogging(logging: Value | undefined, context: StackContext): void {
  honourFalse([given(logging, 'disabled')], context)
  const days = given(logging, 'retentionDays')
  context.retentions.push(days?.kind === 'scalar' ? days : null)
}

/** Adds for how long output is kept: the longest time that the file names. */
export function addRetention({ draft, reading, retentions }: StackContext): void {
  if (retentions.length === 0) return
  const named = retentions.filter((each) => each !== null)
  const [longest] = named.toSorted((a, b) => daysOf(b) - daysOf(a))
  const path = ['logs', 'retention']
  if (longest === undefined) {
    draft.set(path, scalar(`${KEPT_DAYS}d`, byStacktape))
    return
  }
  draft.set(path, derived(`${longest.text}d`, longest))
  for (const other of named) {
    if (daysOf(other) === daysOf(longest)) continue
    const text = `all output of the app is kept for ${longest.text} days, the longest time that the file names`
    reading.keys.change(other, 'approximated', text)
  }
}

function daysOf({ value }: Scalar): number {
  return Number(value)
}
