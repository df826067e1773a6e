import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { clean } from '../../report/clean.ts'
import type { AuditEntry } from '../../server/audit.ts'
import { age } from '../age.ts'
import { aboutServer } from '../app-option.ts'
import { path, withQuery } from '../client.ts'
import { connect } from '../connect.ts'
import { examples } from '../help.ts'
import { readCount } from '../numbers.ts'
import { note, printJson, printTable } from '../output.ts'

/** How much of a change stands in a list. */
const SHORT = 80

const COMMIT = /^[0-9a-f]{40}$/

export function addAudit(app: CommandUnknownOpts): void {
  aboutServer(
    app
      .command('audit <name>')
      .description('list who changed what of an app, newest first; as JSON with what was before and after')
      .option('-n, --limit <number>', 'how many at most', readCount, 20)
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry app audit hello', 'gantry app audit hello -n 1000 --json'))
    .action(async (name, { limit, json, ...server }) => {
      const client = await connect(server)
      const entries = await client.list<AuditEntry>(withQuery(path`/apps/${name}/audit`, { limit }))
      if (json) printJson(entries)
      else if (entries.length === 0) note(`nothing of ${name} was changed yet`)
      else printTable(['AGE', 'WHO', 'WHAT', 'CHANGE'], entries.map(cellsOf))
    })
}

function cellsOf({ at, who, action, before, after }: AuditEntry): string[] {
  return [age(at), clean(who, SHORT), action, clean(showChange(before, after), SHORT)]
}

/** `branch: main → live`, field by field; what there was not, and what is no more, is shown as a whole. */
export function showChange(before: unknown, after: unknown): string {
  if (!isRecord(before) || !isRecord(after)) return after === null ? `${show(before)} is gone` : show(after)
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const changed = fields.filter((field) => show(before[field]) !== show(after[field]))
  return changed.map((field) => `${field}: ${show(before[field])} → ${show(after[field])}`).join(', ')
}

function show(value: unknown): string {
  if (value === undefined || value === null) return '-'
  if (typeof value === 'string') return COMMIT.test(value) ? value.slice(0, 7) : value
  if (!isRecord(value)) return JSON.stringify(value)
  return Object.entries(value)
    .map(([field, each]) => `${field} ${show(each)}`)
    .join(', ')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
