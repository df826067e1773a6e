import type { Check } from '../engine/check.ts'
import { clean } from './clean.ts'
import { painter } from './colour.ts'
import { table } from './table.ts'

const COLOURS = { ok: 'green', failed: 'red', skipped: 'yellow' } as const

/** Long enough for the longest command that a hint names. */
const LONG = 1_000

/** A line for each thing that was looked at: how it is, and what to do about it. */
export function renderChecks(checks: readonly Check[], { colour }: { colour: boolean }): string[] {
  const paint = painter(colour)
  return table(
    checks.map(({ subject, status, found, hint }) => [
      paint(COLOURS[status], status),
      clean(subject, LONG),
      clean(hint === null ? found : `${found}: ${hint}`, LONG),
    ]),
  )
}

/** `12 ok, 1 failed, 2 skipped` */
export function summary(checks: readonly Check[]): string {
  const counts = (['ok', 'failed', 'skipped'] as const).map((status) => ({
    status,
    count: checks.filter((each) => each.status === status).length,
  }))
  return counts
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
    .join(', ')
}
