import { markdownTable } from 'markdown-table'

import type { Diagnostic } from '../../app/errors.ts'
import { isEmpty } from '../../plan/plan.ts'
import type { Action, Plan, ProcessChange, TaskChange } from '../../plan/types.ts'
import { planSummary } from '../plan.ts'
import { rowOfImage, rowOfProcess, rowOfTask, type Row } from '../plan-rows.ts'
import { counted } from '../units.ts'
import { showKept } from '../kept.ts'
import { showChange } from '../values.ts'
import { code, folded } from './text.ts'

/** How much of the differences a row of the table names; all are folded below. */
const REASONS = 3

/** Longer values are cut in the table. */
const SHORT = 80

const LONG = 1_000

/** The plan for a reviewer: what happens to which process and why, in one table; the rest folded below it. */
export function planMarkdown(plan: Plan): string {
  const changes = plan.processes.filter(isChange)
  const tasks = plan.tasks.filter(({ action }) => action !== 'unchanged' && action !== 'skip')
  const images = plan.images.filter(({ action }) => action !== 'reuse')
  return [
    isEmpty(plan)
      ? '**Nothing to do**: what runs is what the configuration says.'
      : `**${planSummary(plan)}**`,
    ...plan.blocked.map((sentence) => `> [!CAUTION]\n> ${code(sentence, LONG)}`),
    changes.length > 0 ? changeTable(changes) : null,
    leftAlone(plan.processes),
    folded(
      'Every difference',
      changes
        .map(rowOfProcess)
        .filter(({ details }) => details.length > 0)
        .map(entry)
        .join('\n'),
    ),
    // Where nothing else happens this is what the reader has come for.
    folded(taskTitle(tasks), tasks.map(rowOfTask).map(entry).join('\n'), { open: changes.length === 0 }),
    folded(`${counted(images.length, 'image')} to build`, images.map(rowOfImage).map(entry).join('\n')),
    folded('Set by operators, and kept', kept(plan)),
    folded(counted(plan.warnings.length, 'warning'), plan.warnings.map(warning).join('\n')),
  ]
    .filter((part) => part !== null)
    .join('\n\n')
}

function isChange({ action, settled }: ProcessChange): boolean {
  return !settled || (action !== 'unchanged' && action !== 'pinned')
}

function changeTable(changes: readonly ProcessChange[]): string {
  return markdownTable(
    [
      ['Process', 'What happens', 'Why'],
      ...changes.map((change) => {
        const { name, action } = rowOfProcess(change)
        return [code(name), action, reasons(change)]
      }),
    ],
    { alignDelimiters: false, padding: true },
  )
}

const OWN_REASONS: Readonly<Partial<Record<Action, string>>> = {
  remove: 'no longer in the config',
  stop: '`disabled`',
  start: 'no longer `disabled`',
}

function reasons(change: ProcessChange): string {
  const own = OWN_REASONS[change.action]
  if (change.action === 'create') return rowOfProcess(change).details.map(brief).join('<br>')
  const others = change.fields
    .filter(({ field }) => own === undefined || field !== 'disabled')
    .map((field) => (field.field === 'image' && isBuilt(change) ? 'new image' : brief(showChange(field))))
  const left = others.length - REASONS
  return [
    ...(own === undefined ? [] : [own]),
    ...others.slice(0, REASONS),
    ...(left > 0 ? [`${left} more`] : []),
  ].join('<br>')
}

/** Before and after: then the digits of the images tell a reviewer nothing. */
function isBuilt({ before, after }: ProcessChange): boolean {
  return before?.spec.image.kind === 'built' && after?.spec.image.kind === 'built'
}

function brief(detail: string): string {
  return code(detail, SHORT)
}

function leftAlone(processes: readonly ProcessChange[]): string | null {
  const named = (action: Action, told: string): string[] => {
    const names = processes.filter((each) => each.action === action && !isChange(each))
    return names.length === 0 ? [] : [`${told}: ${names.map(({ name }) => code(name)).join(', ')}.`]
  }
  return [...named('unchanged', 'Unchanged'), ...named('pinned', 'Pinned')].join(' ') || null
}

function taskTitle(tasks: readonly TaskChange[]): string {
  const runs = tasks.filter(({ action }) => action === 'run').length
  const schedules = tasks.length - runs
  return [
    ...(runs > 0 ? [`${counted(runs, 'task')} to run`] : []),
    ...(schedules > 0 ? [`${counted(schedules, 'schedule')} to change`] : []),
  ].join(', ')
}

/** A list entry with one below it for each detail. */
function entry({ name, action, details }: Row): string {
  return [`- ${code(name)} ${action}`, ...details.map((detail) => `  - ${code(detail)}`)].join('\n')
}

function kept({ processes }: Plan): string {
  return processes
    .filter(({ kept }) => kept.length > 0)
    .map(({ name, kept }) =>
      [`- ${code(name)}`, ...kept.flatMap(showKept).map((line) => `  - ${code(line)}`)].join('\n'),
    )
    .join('\n')
}

function warning({ message, path, place }: Diagnostic): string {
  const where = place === undefined ? path : `${place.file}:${place.line}`
  return `- ${where === undefined ? '' : `${code(where)} `}${code(message, 500)}`
}
