import { readFileSync, writeFileSync } from 'node:fs'

import { markdownTable } from 'markdown-table'
import { parse } from 'yaml'

/** Writes the tables of inputs and outputs in README.md from action.yml; with `--check`, exits 1 when they are not that. */
interface Action {
  inputs: Record<string, { description: string; default?: string }>
  outputs: Record<string, { description: string }>
}

const root = new URL('../', import.meta.url)
const readme = new URL('README.md', root)
const { inputs, outputs } = parse(readFileSync(new URL('action.yml', root), 'utf8')) as Action

const tables: Record<string, string[][]> = {
  inputs: [
    ['input', 'what it says', 'default'],
    ...Object.entries(inputs).map(([name, { description, default: value }]) => [
      `\`${name}\``,
      cell(description),
      value === undefined ? '' : `\`${value}\``,
    ]),
  ],
  outputs: [
    ['output', 'what it is'],
    ...Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, cell(description)]),
  ],
}

const text = readFileSync(readme, 'utf8')
let made = text
for (const [name, rows] of Object.entries(tables)) {
  const [begin, end] = [
    `<!-- action ${name}: made by scripts/generate-action-docs.ts -->\n`,
    `<!-- end of action ${name} -->`,
  ]
  const [from, to] = [made.indexOf(begin), made.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`README.md has no place for the ${name} of the Action`)
  const table = markdownTable(rows, { alignDelimiters: false, padding: true })
  made = `${made.slice(0, from + begin.length)}\n${table}\n\n${made.slice(to)}`
}

if (!process.argv.includes('--check')) writeFileSync(readme, made)
else if (made !== text) {
  console.error('README.md is stale: run `node scripts/generate-action-docs.ts` and commit it.')
  process.exitCode = 1
}

function cell(description: string): string {
  return description.replaceAll('|', '\\|').trim()
}
