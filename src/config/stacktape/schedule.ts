const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']
const RATE = /^rate\((?:(1) (minute|hour|day)|(\d{1,9}) (minutes|hours|days))\)$/
const FORMS = 'cron(minute hour day month weekday year), or rate(NUMBER minutes), hours or days'

/** A schedule of EventBridge as a cron expression, or why it is none. */
export type Translated = { cron: string; isExact: boolean } | { wrong: string } | { unsupported: string }

/**
 * The cron expression of 5 fields that a schedule of EventBridge stands for; times are in UTC.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html
 */
export function translateSchedule(text: string): Translated {
  if (text.startsWith('rate(')) return translateRate(text)
  const fields = text.slice('cron('.length, -1).trim().split(/\s+/)
  if (fields.length !== 6) return { wrong: FORMS }
  const [minute, hour, day, month, weekday, year] = fields as [string, string, string, string, string, string]
  if ((day === '?') === (weekday === '?'))
    return { wrong: 'a cron(…) with a ? for the day or for the weekday' }
  if (year !== '*') return { unsupported: 'a schedule is for every year' }
  const days = weekday === '?' ? '*' : weekdaysOf(weekday)
  const times = [
    stepped(minute, 59),
    stepped(hour, 23),
    day === '?' ? '*' : stepped(day, 31),
    stepped(month, 12),
  ]
  if (days === null || times.some((each) => each === null)) {
    return { unsupported: 'a schedule has lists, ranges and steps only' }
  }
  return { cron: [...times, days].join(' '), isExact: true }
}

const ONE = String.raw`(?:\d{1,2}|[A-Z]{3})`
const PART = new RegExp(String.raw`^(\*|${ONE}(?:-${ONE})?)(?:/(\d{1,2}))?$`)

/** A step has a range in front of it: `5/15` is `5-59/15`. Null for what no list of numbers says, such as `L`. */
function stepped(field: string, last: number): string | null {
  const parts = field
    .toUpperCase()
    .split(',')
    .map((part) => {
      const [, from, step] = PART.exec(part) ?? []
      if (from === undefined) return null
      if (step === undefined) return from
      return from === '*' || from.includes('-') ? `${from}/${step}` : `${from}-${last}/${step}`
    })
  return parts.every((each) => each !== null) ? parts.join(',') : null
}

/** Days of the week are counted from Sunday, the first. */
function weekdaysOf(field: string): string | null {
  if (field === '*') return '*'
  const parts = field
    .toUpperCase()
    .split(',')
    .map((part) => {
      const [from, to = from] = part
        .split('-')
        .map((each) => (DAYS.includes(each) ? DAYS.indexOf(each) + 1 : Number(each)))
      const isRange = Number.isInteger(from) && Number.isInteger(to) && from! >= 1 && to! <= 7 && from! <= to!
      if (!isRange || part.split('-').length > 2) return null
      return from === to ? String(from! - 1) : `${from! - 1}-${to! - 1}`
    })
  return parts.every((each) => each !== null) ? parts.join(',') : null
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
