interface Field {
  first: number
  last: number
  names: readonly string[]
  /** What else may stand there than numbers, ranges and lists of them. */
  special: RegExp | null
  steps: boolean
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

const MINUTES: Field = { first: 0, last: 59, names: [], special: null, steps: true }
const HOURS: Field = { first: 0, last: 23, names: [], special: null, steps: true }
const DAY_OF_MONTH: Field = {
  first: 1,
  last: 31,
  names: [],
  special: /^(?:\?|L|LW|(?:[1-9]|[12]\d|3[01])W)$/,
  steps: true,
}
const MONTH: Field = { first: 1, last: 12, names: MONTHS, special: null, steps: true }
const DAY_OF_WEEK: Field = {
  first: 1,
  last: 7,
  names: DAYS,
  special: /^(?:\?|L|[1-7]L|(?:[1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)#[1-5])$/,
  steps: false,
}
const YEAR: Field = { first: 1970, last: 2199, names: [], special: null, steps: true }

const FIELDS = [MINUTES, HOURS, DAY_OF_MONTH, MONTH, DAY_OF_WEEK, YEAR]

/** Whether EventBridge Scheduler takes the expression: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
export function isScheduleExpression(text: string): boolean {
  const [, kind, argument = ''] = /^(cron|rate|at)\((.*)\)$/.exec(text) ?? []
  if (kind === 'rate') return /^[1-9]\d* (?:minute|hour|day)s?$/.test(argument)
  if (kind === 'at') return isTime(argument)
  return kind === 'cron' && isCron(argument)
}

export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat
  } catch {
    return false
  }
}

function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}Z`))
}

function isCron(text: string): boolean {
  const parts = text.trim().split(/\s+/)
  if (parts.length !== FIELDS.length || !FIELDS.every((field, index) => fits(parts[index] ?? '', field)))
    return false
  // Days of the month or of the week: the other one is a question mark.
  return (parts[2] === '?') !== (parts[4] === '?')
}

function fits(text: string, field: Field): boolean {
  if (field.special?.test(text)) return true
  return text.split(',').every((part) => {
    const [range = '', step, ...more] = part.split('/')
    if (more.length > 0 || (step !== undefined && !(field.steps && /^[1-9]\d*$/.test(step)))) return false
    const ends =
      range === '*' ? [field.first, field.last] : range.split('-').map((each) => numberOf(each, field))
    return ends.length <= 2 && ends.every((end) => end >= field.first && end <= field.last)
  })
}

function numberOf(text: string, field: Field): number {
  const index = field.names.indexOf(text.toUpperCase())
  return index === -1 ? Number(/^\d+$/.exec(text)?.[0] ?? NaN) : index + field.first
}
