import type { Task } from '../../app/app.ts'
import { messageOf, UserError } from '../../app/errors.ts'
import type { FieldProblem } from '../engine.ts'
import { error, warning } from './definition/field-problem.ts'

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT']

interface Field {
  called: string
  first: number
  last: number
  /** What stands for the numbers, from the first one on. */
  names: readonly string[]
}

const MINUTE: Field = { called: 'minute', first: 0, last: 59, names: [] }
const HOUR: Field = { called: 'hour', first: 0, last: 23, names: [] }
const DAY_OF_MONTH: Field = { called: 'day of the month', first: 1, last: 31, names: [] }
const MONTH: Field = { called: 'month', first: 1, last: 12, names: MONTHS }
/** Sunday is 0 and 7. */
const DAY_OF_WEEK: Field = { called: 'day of the week', first: 0, last: 7, names: DAYS }

/** What EventBridge Scheduler cannot do of what a task asks for. */
export function scheduleProblems({
  schedule,
  concurrency,
}: Pick<Task, 'schedule' | 'concurrency'>): FieldProblem[] {
  if (schedule === null) return []
  const found: FieldProblem[] = []
  try {
    eventBridgeCron(schedule)
  } catch (problem) {
    found.push(
      error(['schedule'], messageOf(problem), 'write it otherwise, or as two tasks with a schedule each'),
    )
  }
  if (concurrency === 'forbid') {
    found.push(
      warning(
        ['concurrency'],
        'EventBridge Scheduler starts a run whether or not the one before it has ended: `forbid` is not kept on ecs',
        'let the task take a lock of its own where two at once do harm',
      ),
    )
  }
  return found
}

/**
 * A cron expression in the form of EventBridge: `30 4 * * 1-5` is `cron(30 4 ? * MON,TUE,WED,THU,FRI *)`. It numbers
 * the days of the week from 1, knows no steps among them, and takes a day of the month or of the week, never both:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
 *
 * Throws a UserError for what it cannot say.
 */
export function eventBridgeCron(schedule: string): string {
  const fields = schedule.trim().toUpperCase().split(/\s+/)
  if (fields.length === 6 && fields.shift() !== '0') {
    throw new UserError(`the schedule "${schedule}" names seconds, and EventBridge starts at minutes`)
  }
  if (fields.length !== 5) throw new UserError(`the schedule "${schedule}" has no 5 fields`)
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields as [string, string, string, string, string]
  if (!isAny(dayOfMonth) && !isAny(dayOfWeek)) {
    throw new UserError(
      `the schedule "${schedule}" names days of the month and of the week, and EventBridge takes only one of them`,
    )
  }
  const days = isAny(dayOfWeek) ? [daysOfMonth(dayOfMonth), '?'] : ['?', daysOfWeek(dayOfWeek)]
  return `cron(${list(minute, MINUTE)} ${list(hour, HOUR)} ${days[0]} ${list(month, MONTH)} ${days[1]} *)`
}

/** `L` is the last day of the month, `15W` the weekday nearest to the 15th: the same in both. */
function daysOfMonth(text: string): string {
  return /^(?:L|\d{1,2}W)$/.test(text) ? text : list(text, DAY_OF_MONTH)
}

/** `MON#2` is the second Monday: the same in both, but for the number of the day. */
function daysOfWeek(text: string): string {
  const [, day, nth] = /^(\w+)#([1-5])$/.exec(text) ?? []
  if (day !== undefined) return `${(number(day, DAY_OF_WEEK) % 7) + 1}#${nth}`
  const days = new Set(values(text, DAY_OF_WEEK).map((each) => each % 7))
  return days.size === 7
    ? '*'
    : [...days]
        .sort((a, b) => a - b)
        .map((each) => DAYS[each]!)
        .join(',')
}

/** `0-4,6,9`: without steps, and short enough for the 256 characters that an expression may have. */
function list(text: string, field: Field): string {
  const numbers = [...new Set(values(text, field))].sort((a, b) => a - b)
  if (numbers.length === field.last - field.first + 1) return '*'
  const runs: [from: number, to: number][] = []
  for (const each of numbers) {
    const run = runs.at(-1)
    if (run !== undefined && run[1] === each - 1) run[1] = each
    else runs.push([each, each])
  }
  return runs.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(',')
}

/** Every number that a field stands for. */
function values(text: string, field: Field): number[] {
  return text.split(',').flatMap((part) => {
    const [range = '', step = '1', ...more] = part.split('/')
    const [from, to = from, ...rest] = isAny(range) ? [field.first, field.last] : bounds(range, field)
    const by = Number(step)
    if (more.length > 0 || rest.length > 0 || !Number.isInteger(by) || by < 1 || from! > to!) {
      throw unknown(part, field)
    }
    return Array.from({ length: Math.floor((to! - from!) / by) + 1 }, (_, index) => from! + index * by)
  })
}

function bounds(range: string, field: Field): number[] {
  return range.split('-').map((each) => number(each, field))
}

function number(text: string, field: Field): number {
  const index = field.names.indexOf(text)
  const value = index === -1 ? Number(/^\d{1,2}$/.exec(text)?.[0] ?? NaN) : index + field.first
  if (!(value >= field.first && value <= field.last)) throw unknown(text, field)
  return value
}

function isAny(text: string): boolean {
  return text === '*' || text === '?'
}

function unknown(text: string, field: Field): UserError {
  return new UserError(`EventBridge cannot be told "${text}" as the ${field.called} of a schedule`)
}
