import { quote } from '../text.ts'

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const RATE = /^rate\((?:(1) (minute|hour|day)|(\d{1,9}) (minutes|hours|days))\)$/
const FORMS = 'cron(minute hour day month weekday year), or rate(NUMBER minutes), hours or days'

/** A schedule of EventBridge as a cron expression, or why it is none. */
export type Translated = { cron: string; isExact: boolean } | NoSchedule
/** What it must be instead, where AWS refuses it; or why there is no such schedule here. */
type NoSchedule = { wrong: string } | { unsupported: string }

/** The numbers that a field of an expression may have, and what stands for them, from the first one on. */
interface Field {
  called: string
  first: number
  last: number
  names: readonly string[]
  /** What EventBridge takes beside them, and a schedule of Gantry does not. */
  others?: RegExp
}

const MINUTE: Field = { called: 'minutes', first: 0, last: 59, names: [] }
const HOUR: Field = { called: 'hours', first: 0, last: 23, names: [] }
const DAY: Field = { called: 'days', first: 1, last: 31, names: [], others: /^(?:L|LW|L-\d{1,2}|\d{1,2}W)$/ }
const MONTH: Field = { called: 'months', first: 1, last: 12, names: MONTHS }
/** Counted from Sunday, the first; here that is 0. */
const WEEKDAY: Field = {
  called: 'weekdays',
  first: 1,
  last: 7,
  names: DAYS,
  others: new RegExp(`^(?:[1-7]|${DAYS.join('|')})?(?:L|#[1-5])$`),
}
const YEAR: Field = { called: 'years', first: 1970, last: 2199, names: [] }

/**
 * The cron expression of 5 fields that a schedule of EventBridge stands for; times are in UTC.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function translateSchedule(text: string): Translated {
  if (text.startsWith('rate(')) return translateRate(text)
  const fields = text.slice('cron('.length, -1).trim().toUpperCase().split(/\s+/)
  if (fields.length !== 6) return { wrong: FORMS }
  const [minute, hour, day, month, weekday, year] = fields as [string, string, string, string, string, string]
  if ((day === '?') === (weekday === '?'))
    return { wrong: 'a cron(…) with a ? for the day or for the weekday' }
  const cron = joined(
    [
      listOf(minute, MINUTE),
      listOf(hour, HOUR),
      day === '?' ? '*' : daysOf(day),
      listOf(month, MONTH),
      weekday === '?' ? '*' : weekdaysOf(weekday),
    ],
    ' ',
  )
  const years = listOf(year, YEAR)
  if (typeof cron !== 'string') return cron
  if (typeof years !== 'string') return years
  return years === '*' ? { cron, isExact: true } : { unsupported: 'a schedule is for every year' }
}

/** `L` is the last day of the month, `15W` the weekday nearest to the 15th: the same in both. */
function daysOf(text: string): string | NoSchedule {
  return /^(?:L|(?:[1-9]|[12]\d|3[01])W)$/.test(text) ? text : listOf(text, DAY)
}

/** `2#1` is the first Monday: the same in both, but for the number of the day. */
function weekdaysOf(text: string): string | NoSchedule {
  const [, day = '', nth] = /^(\w+)#([1-5])$/.exec(text) ?? []
  const found = numberOf(day, WEEKDAY)
  return found === null ? listOf(text, WEEKDAY) : `${shown(found, WEEKDAY)}#${nth}`
}

function listOf(text: string, field: Field): string | NoSchedule {
  return joined(
    text.split(',').map((part) => partOf(part, field)),
    ',',
  )
}

function joined(parts: readonly (string | NoSchedule)[], between: string): string | NoSchedule {
  const texts = parts.filter((each) => typeof each === 'string')
  return parts.find((each) => typeof each !== 'string') ?? texts.join(between)
}

const PART = /^(?:\*|(\w+)(?:-(\w+))?)(?:\/(\d{1,2}))?$/

/** A step has a range in front of it: `5/15` is `5-59/15`. */
function partOf(part: string, field: Field): string | NoSchedule {
  if (field.others?.test(part) === true)
    return { unsupported: `a schedule has no ${quote(part)} among its ${field.called}` }
  const [found, low, high, step] = PART.exec(part) ?? []
  const by = step === undefined ? '' : `/${Number(step)}`
  if (found === undefined || by === '/0' || Number(step) > field.last) return { wrong: ruleOf(field) }
  if (low === undefined) return `*${by}`
  const from = numberOf(low, field)
  const to = high === undefined ? (by === '' ? from : field.last) : numberOf(high, field)
  if (from === null || to === null) return { wrong: ruleOf(field) }
  if (from > to) return { unsupported: 'the ranges of a schedule only go up' }
  return from === to && by === '' ? shown(from, field) : `${shown(from, field)}-${shown(to, field)}${by}`
}

/** Null for what is no value of the field. */
function numberOf(text: string, { first, last, names }: Field): number | null {
  const index = names.indexOf(text)
  const value = index === -1 ? Number(/^\d{1,4}$/.exec(text)?.[0] ?? NaN) : index + first
  return value >= first && value <= last ? value : null
}

function shown(value: number, field: Field): string {
  return String(field === WEEKDAY ? value - 1 : value)
}

function ruleOf({ called, first, last, names }: Field): string {
  const named = names.length === 0 ? '' : `, or ${names[0]} to ${names.at(-1)}`
  return `a cron(…) with ${called} from ${first} to ${last}${named}`
}

/** A rate has no beginning in a file: it is taken to begin with the hour, or at midnight. */
function translateRate(text: string): Translated {
  const [, one, single, many, plural] = RATE.exec(text) ?? []
  const count = Number(one ?? many)
  const unit = single ?? plural?.slice(0, -1)
  if (unit === undefined || count < 1 || (one === undefined && count === 1)) return { wrong: FORMS }
  if (unit === 'minute')
    return every(
      count,
      60,
      (step) => `${step} * * * *`,
      () => translateHours(count / 60),
    )
  return unit === 'hour' ? translateHours(count) : translateDays(count)
}

function translateHours(count: number): Translated {
  return every(
    count,
    24,
    (step) => `0 ${step} * * *`,
    () => translateDays(count / 24),
  )
}

function translateDays(count: number): Translated {
  return count === 1
    ? { cron: '0 0 * * *', isExact: false }
    : { unsupported: 'a schedule cannot count across days, months and hours' }
}

/** A step that divides the larger unit, or, where it is a multiple of that one, whatever that makes. */
function every(
  count: number,
  most: number,
  show: (step: string) => string,
  larger: () => Translated,
): Translated {
  if (count >= most && count % most === 0) return larger()
  if (most % count !== 0) return { unsupported: 'a schedule cannot count across days, months and hours' }
  return { cron: show(count === 1 ? '*' : `*/${count}`), isExact: false }
}
