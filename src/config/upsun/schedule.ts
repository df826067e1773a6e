import { createHash } from 'node:crypto'

/** What an `H` may become, by field. Every month has 28 days. */
const RANGES = [
  [0, 59],
  [0, 23],
  [1, 28],
  [1, 12],
  [0, 6],
] as const
const HASHED = /^H(?:\((\d{1,2})-(\d{1,2})\))?(?:\/(\d{1,2}))?$/

const MINUTES = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/

/** Minutes between two runs that Upsun keeps to at least (crons.md). */
const LEAST_MINUTES = 5

/** Which of so many values an `H` becomes, counted from 0, in a field. */
export type Pick = (field: number, count: number) => number

/** Always the same values for one seed, and others for another one, so that jobs do not all start at once (crons.md). */
export function pickBy(seed: string): Pick {
  return (field, count) => hash(`${seed} ${field}`) % count
}

/**
 * A cron expression without `H`: each stands for a value of its field. `H/15` and `H(0-29)` are known from where the
 * letter comes from, Jenkins.
 */
export function withoutHashes(spec: string, pick: Pick): string {
  return spec
    .trim()
    .split(/\s+/)
    .map((field, index) =>
      field
        .split(',')
        .map((part) => resolveHash(part, index, pick))
        .join(','),
    )
    .join(' ')
}

function resolveHash(part: string, index: number, pick: Pick): string {
  const match = HASHED.exec(part)
  const range = RANGES[index]
  if (match === null || range === undefined) return part
  const first = Number(match[1] ?? range[0])
  const last = Number(match[2] ?? range[1])
  const step = match[3] === undefined ? null : Number(match[3])
  // What makes no sense stays as it is, for the check of the schedule.
  if (first > last || step === 0) return part
  const values = step === null ? last - first + 1 : Math.min(step, last - first + 1)
  const value = first + pick(index, values)
  return step === null ? String(value) : `${value}-${last}/${step}`
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}

/** Whether an expression without `H` asks for runs that are closer to each other than those that Upsun makes. */
export function isTooFrequent(schedule: string): boolean {
  const minutes = minutesOf(schedule.trim().split(/\s+/)[0]!).toSorted((a, b) => a - b)
  return minutes.slice(1).some((minute, index) => {
    const gap = minute - minutes[index]!
    return gap > 0 && gap < LEAST_MINUTES
  })
}

/** The minutes of an hour that a field stands for. What makes no sense stands for none: the check of the schedule tells. */
function minutesOf(field: string): number[] {
  return field.split(',').flatMap((part) => {
    const match = MINUTES.exec(part)
    if (match === null) return []
    const [, first, last, step] = match
    const from = Number(first ?? 0)
    const to = Number(last ?? (first === undefined || step !== undefined ? 59 : first))
    const every = Number(step ?? 1)
    return Array.from({ length: 60 }, (_, minute) => minute).filter(
      (minute) => minute >= from && minute <= to && (minute - from) % every === 0,
    )
  })
}
