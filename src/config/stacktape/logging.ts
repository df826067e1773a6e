import { derived, given, scalar } from '../value.ts'
import type { Scalar, Value } from '../value.ts'
import { honourFalse } from './context.ts'
import type { StackContext } from './context.ts'
import { byStacktape } from './rules.ts'

/** What a container asks for that names no time. */
const DEFAULT_DAYS: Scalar = scalar(90, byStacktape)
const RETENTION_HINT = 'Set `logs.retention` in gantry.yml for another time.'

/**
 * Notes for how many days the output of one container is to be kept: here that is said of the whole app. One that wants
 * no output asks for nothing.
 */
export function noteLogging(logging: Value | undefined, { reading, retentions }: StackContext): void {
  const [disabled, days] = ['disabled', 'retentionDays'].map((key) => given(logging, key))
  honourFalse([disabled], { reading })
  if (disabled?.kind === 'scalar' && disabled.value === true) {
    if (days !== undefined) reading.keys.change(days, 'honoured', 'not used: no output is asked for')
    return
  }
  retentions.push(days?.kind === 'scalar' ? days : DEFAULT_DAYS)
}

/** Adds for how long output is kept: the longest time that a container asks for. */
export function addRetention({ draft, reading, retentions }: StackContext): void {
  // Of two that are equal, the one that is written counts.
  const [longest] = retentions.toSorted(
    (a, b) => daysOf(b) - daysOf(a) || Number(isDefault(a)) - Number(isDefault(b)),
  )
  if (longest === undefined) return
  draft.set(['logs', 'retention'], derived(`${daysOf(longest)}d`, longest))
  const why = isDefault(longest)
    ? 'which Stacktape gives to a container that names no time'
    : 'the longest time that the file names'
  const text = `all output of the app is kept for ${daysOf(longest)} days, ${why}`
  for (const other of retentions) {
    if (isDefault(other) || daysOf(other) === daysOf(longest)) continue
    reading.keys.change(other, 'approximated', text, RETENTION_HINT)
  }
}

function isDefault({ origin }: Scalar): boolean {
  return origin.kind === 'default'
}

function daysOf({ value }: Scalar): number {
  return Number(value)
}
