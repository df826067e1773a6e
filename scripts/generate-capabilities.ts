/** `node scripts/generate-capabilities.ts [--check]`: docs/development/capabilities.md, from the titles of the tests. */
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

import { markdownTable } from 'markdown-table'

import { ROWS, type Kind } from './capabilities/rows.ts'
import { titlesByRow, type Title } from './capabilities/titles.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = `${root}/docs/development/capabilities.md`

const PARTS = { TP: 'Processes', TT: 'Tasks', SW: 'Stacktape', BK: 'BlueKing', UP: 'Upsun' } as const

/** What stands where no test names a row. */
const UNTESTED: Readonly<Record<Kind, string>> = {
  config: '**no test names it yet**',
  command: '**no test names it yet**',
  behaviour: '**no test names it yet**',
  advice: 'advice: needs no code',
  elsewhere: "of another product's own: needs no code",
  aws: 'AWS does so by itself: needs no code',
  later: 'not built: the design leaves it for later',
}

function coveredBy(titles: readonly Title[], kind: Kind): string {
  const [first, ...more] = titles
  if (first === undefined) return UNTESTED[kind]
  const text = first.text.replaceAll('|', '\\|').replaceAll(/[<>]/g, '')
  return `\`${first.file}\`: ${text}${more.length === 0 ? '' : ` (and ${more.length} more)`}`
}

const titles = await titlesByRow(root)
const parts = Object.entries(PARTS).map(([prefix, name]) => {
  const rows = ROWS.filter(([id]) => id.startsWith(`${prefix}-`)).map(([id, kind, what]) => [
    id,
    what,
    coveredBy(titles.get(id) ?? [], kind),
  ])
  return `## ${name}\n\n${markdownTable([['row', 'what', 'covered by'], ...rows], { alignDelimiters: false })}\n`
})
const text = `# Capabilities

Each row of the texts that Gantry was founded on, and the test that covers it: whose title names the row. Made by
\`scripts/generate-capabilities.ts\` from those titles; \`npm run check\` fails when it says anything else.

${parts.join('\n')}`

if (!process.argv.includes('--check')) await writeFile(page, text)
else if ((await readFile(page, 'utf8').catch(() => '')) !== text) {
  console.error('docs/development/capabilities.md is not what the tests say: npm run generate')
  process.exitCode = 1
}
