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

const VALUES = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/
/** One run every so many minutes, and no list. */
const STEPS = /^[^,]+\/\d+$/

/** Minutes between two runs that Upsun keeps to at least (crons.md). */
const LEAST_MINUTES = 5

/** Which of so many values an `H` becomes, counted from 0, in a field. */
export type Choose = (field: number, count: number) => number

/** Always the same values for one seed, and others for another one, so that jobs do not all start at once (crons.md). */
export function choiceBy(seed: string): Choose {
  return (field, count) => hash(`${seed} ${field}`) % count
}

/**
 * A cron expression without `H`: each stands for a value of its field. `H/15` and `H(0-29)` are known from where the
 * letter comes from, Jenkins.
 */
export function withoutHashes(spec: string, choose: Choose): string {
  return spec
    .trim()
    .split(/\s+/)
    .map((field, index) =>
      field
        .split(',')
        .map((part) => resolveHash(part, index, choose))
        .join(','),
    )
    .join(' ')
}

function resolveHash(part: string, index: number, choose: Choose): string {
  const match = HASHED.exec(part)
  const range = RANGES[index]
  if (match === null || range === undefined) return part
  const first = Number(match[1] ?? range[0])
  const last = Number(match[2] ?? range[1])
  const step = match[3] === undefined ? null : Number(match[3])
  // What makes no sense stays as it is, for the check of the schedule.
  if (first > last || step === 0) return part
  const values = step === null ? last - first + 1 : Math.min(step, last - first + 1)
  const value = first + choose(index, values)
  return step === null ? String(value) : `${value}-${last}/${step}`
}

function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0)
}

/**
 * Whether an expression without `H` asks for runs that are closer to each other than those that Upsun makes. A step that
 * does not divide the hour, such as 7 minutes, is shorter once an hour; the systems recommend it themselves (crons.md).
 */
export function isTooFrequent(schedule: string): boolean {
  const [minute = '', hour = '', ...days] = schedule.trim().split(/\s+/)
  const minutes = valuesOf(minute, 60)
  if (areTooClose(minutes)) return true
  if (STEPS.test(minute)) return false
  const times = valuesOf(hour, 24).flatMap((each) => minutes.map((at) => each * 60 + at))
  const isDaily = days.every((field) => field === '*')
  return areTooClose(isDaily ? [...times, ...times.slice(0, 1).map((first) => first + 24 * 60)] : times)
}

function areTooClose(times: readonly number[]): boolean {
  return times.slice(1).some((time, index) => time - times[index]! < LEAST_MINUTES)
}

/** What a field stands for, in order. What makes no sense stands for nothing: the check of the schedule tells. */
function valuesOf(field: string, count: number): number[] {
  const parts = field.split(',').flatMap((part) => {
    const match = VALUES.exec(part)
    if (match === null) return []
    const [, first, last, step] = match
    const from = Number(first ?? 0)
    const to = Number(last ?? (first === undefined || step !== undefined ? count - 1 : first))
    return [{ from, to, every: Number(step ?? 1) }]
  })
  return Array.from({ length: count }, (_, value) => value).filter((value) =>
    parts.some(({ from, to, every }) => value >= from && value <= to && (value - from) % every === 0),
  )
}
