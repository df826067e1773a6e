import type { Action, Plan, ProcessChange } from '../plan/types.ts'
import { clean } from './clean.ts'
import { painter, type Paint } from './colour.ts'
import { renderDiagnostics } from './config.ts'
import { linesIn } from './lines.ts'
import { rowOfImage, rowOfProcess, rowOfTask, type Row } from './plan-rows.ts'
import { columnWidths, table, wrapped } from './table.ts'
import { counted } from './units.ts'

export interface PlanLayout {
  colour: boolean
  /** Columns to fit into, 100 where nobody knows better; details that are longer go on below. */
  width?: number
}

const COLOURS = { '+': 'green', '~': 'yellow', '-': 'red', '>': 'cyan', ' ': 'dim' } as const

const WIDTH = 100

/** The details get at least so many columns, however wide the rest is. */
const NARROWEST = 40

/** More pinned processes than this are told in one line. */
const FEW = 3

/** A list names so many, and says how many more there are. */
const LISTED = 8

/** The whole plan as text: a summary, the table, what to know about it and why it cannot be carried out. */
export function renderPlan(plan: Plan, layout: PlanLayout): string {
  const title = plan.environment === 'default' ? plan.app : `${plan.app} (${plan.environment})`
  return [
    painter(layout.colour)('bold', `Plan for ${clean(title)}: ${planSummary(plan)}`),
    ...planTable(plan, inside(layout, 2)).map((line) => `  ${line}`),
    ...(plan.warnings.length > 0 ? [renderDiagnostics(plan.warnings, layout).trimEnd()] : []),
    ...plan.blocked.map(linesIn(layout.colour).problem),
  ]
    .map((line) => `${line}\n`)
    .join('')
}

/** `1 to create, 2 to update, 1 task to run`, or `nothing to do`. */
export function planSummary({ processes, tasks, images }: Plan): string {
  const actions: Action[] = ['create', 'update', 'scale', 'start', 'stop', 'remove']
  const parts = [
    ...actions.map((action) => tally(processes, [action], (count) => `${count} to ${action}`)),
    tally(
      processes.filter(({ settled }) => !settled),
      ['pinned', 'unchanged'],
      (count) => `${count} to wait for`,
    ),
    tally(images, ['build', 'rebuild'], (count) => `${counted(count, 'image')} to build`),
    tally(tasks, ['run'], (count) => `${counted(count, 'task')} to run`),
    tally(tasks, ['create', 'update', 'remove'], (count) => `${counted(count, 'schedule')} to change`),
  ]
  return parts.filter((part) => part !== '').join(', ') || 'nothing to do'
}

/** The table: processes, tasks, images. What is left alone is told in short, unless there is more to say about it. */
export function planTable(plan: Plan, { colour, width = WIDTH }: PlanLayout): string[] {
  const plain = (action: Action) => plan.processes.filter((each) => each.action === action && isPlain(each))
  const unchanged = plain('unchanged')
  const pinned = plain('pinned').length > FEW ? plain('pinned') : []
  const inShort = new Set([...unchanged, ...pinned])
  const [sameTasks, tasks] = [
    plan.tasks.filter((each) => each.action === 'unchanged'),
    plan.tasks.filter((each) => each.action !== 'unchanged'),
  ]
  const rows = [
    ...plan.processes.filter((each) => !inShort.has(each)).map(rowOfProcess),
    ...tasks.map(rowOfTask),
    ...plan.images.filter((each) => each.action !== 'reuse').map(rowOfImage),
  ]
  const names = [...unchanged.map((each) => each.name), ...sameTasks.map((each) => `task ${each.name}`)]
  return [
    ...layOut(rows, painter(colour), width),
    ...listed(
      'pinned',
      pinned.map((each) => each.name),
      width,
    ),
    ...listed('unchanged', names, width),
  ]
}

/** A layout that leaves room for a margin. */
export function inside({ colour, width = WIDTH }: PlanLayout, margin: number): PlanLayout {
  return { colour, width: width - margin }
}

function tally(
  all: readonly { action: string }[],
  actions: string[],
  text: (count: number) => string,
): string {
  const count = all.filter((each) => actions.includes(each.action)).length
  return count === 0 ? '' : text(count)
}

/** There is nothing to say about it but its action. */
function isPlain({ kept, stopped, settled }: ProcessChange): boolean {
  return kept.length === 0 && !stopped && settled
}

function layOut(rows: readonly Row[], paint: Paint, width: number): string[] {
  const heads = rows.map((row) => [`${row.symbol} ${row.name}`, row.action, ''])
  const used = columnWidths(heads).reduce((sum, each) => sum + each + 2, 0)
  const room = Math.max(NARROWEST, width - used)
  const cells = rows.flatMap(({ symbol, name, action, details, below }) => {
    const [first = '', ...rest] = [...wrapped(details, room), ...below]
    return [
      [paint(COLOURS[symbol], `${symbol} ${name}`), paint(COLOURS[symbol], action), first],
      ...rest.map((line) => ['', '', line]),
    ]
  })
  return table(cells)
}

/** `  5 unchanged: a, b, c, d, e` */
function listed(what: string, names: readonly string[], width: number): string[] {
  if (names.length === 0) return []
  const shown =
    names.length > LISTED ? [...names.slice(0, LISTED), `and ${names.length - LISTED} more`] : names
  const [first = '', ...others] = shown.map((each) => clean(each))
  const indent = '    '
  const lines = wrapped([`${names.length} ${what}: ${first}`, ...others], width - indent.length)
  return lines.map((line, index) => `${index === 0 ? '  ' : indent}${line}`)
}
