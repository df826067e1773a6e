import { markdownTable } from 'markdown-table'

import type { Diagnostic } from '../../app/errors.ts'
import type { Plan, ProcessChange } from '../../plan/types.ts'
import { rowOfImage, rowOfProcess, rowOfTask, type Row } from '../plan-rows.ts'
import { counted } from '../units.ts'
import { showKept } from '../values.ts'
import { code, folded } from './text.ts'

/** How much of the differences a row of the table names; the rest is folded below. */
const REASONS = 3

/** The plan for a reviewer: what happens to which process and why, in one table; the rest folded below it. */
export function planMarkdown(plan: Plan): string {
  const rows = [...rowsOf(plan), ...plan.tasks.filter(matters).map(rowOfTask)]
  const left = plan.processes.filter((change) => !changes(change))
  return [
    rows.length === 0 ? 'Nothing to do: what runs is what the configuration says.' : changeTable(rows),
    ...plan.blocked.map((sentence) => `> [!CAUTION]\n> ${code(sentence, 1_000)}`),
    left.length > 0 && rows.length > 0
      ? `Left alone: ${left.map(({ name }) => code(name)).join(', ')}`
      : null,
    folded('Every difference', differences(plan)),
    folded('Images', plan.images.map((image) => line(rowOfImage(image))).join('\n')),
    folded('Set by operators, and kept', owners(plan)),
    folded(counted(plan.warnings.length, 'warning'), plan.warnings.map(warning).join('\n')),
  ]
    .filter((part) => part !== null)
    .join('\n\n')
}

function changes({ action, settled }: ProcessChange): boolean {
  return !settled || (action !== 'unchanged' && action !== 'pinned')
}

function matters({ action }: Plan['tasks'][number]): boolean {
  return action !== 'unchanged' && action !== 'skip'
}

function rowsOf(plan: Plan): Row[] {
  return plan.processes.filter(changes).map(rowOfProcess)
}

function changeTable(rows: readonly Row[]): string {
  return markdownTable(
    [
      ['', 'Process', 'What happens', 'Why'],
      ...rows.map(({ symbol, name, action, details }) => [
        symbol.trim() === '' ? '' : code(symbol),
        code(name),
        action,
        reasons(details),
      ]),
    ],
    { alignDelimiters: false, padding: true },
  )
}

function reasons(details: readonly string[]): string {
  const shown = details.slice(0, REASONS).map((detail) => code(detail, 80))
  const more = details.length - shown.length
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join('<br>')
}

function differences(plan: Plan): string {
  return rowsOf(plan)
    .filter(({ details }) => details.length > 0)
    .map(line)
    .join('\n')
}

/** A list entry with one below it for each detail. */
function line({ name, action, details }: Row): string {
  return [`- ${code(name)} ${action}`, ...details.map((detail) => `  - ${code(detail)}`)].join('\n')
}

function owners({ processes }: Plan): string {
  return processes
    .filter(({ kept }) => kept.length > 0)
    .map(({ name, kept }) =>
      [`- ${code(name)}`, ...kept.map((field) => `  - ${code(showKept(field))}`)].join('\n'),
    )
    .join('\n')
}

function warning({ message, path, place }: Diagnostic): string {
  const where = place === undefined ? path : `${place.file}:${place.line}`
  return `- ${where === undefined ? '' : `${code(where)} `}${code(message, 500)}`
}
