import { markdownTable } from 'markdown-table'

import { ALL_CALLS, grantsOf, PLAN_CALLS, type CallName } from './access.ts'
import { DOCUMENT_NAMES, documentJson, EXAMPLE } from './documents.ts'
import { placeOf, PLACES, type PlaceName } from './places.ts'

/**
 * The page with every part between `<!-- generated: NAME -->` and `<!-- end -->` made anew.
 *
 * @throws Error for a part that nothing makes, and for one that the page does not have
 */
export function generatePage(page: string): string {
  const left = new Set(Object.keys(PARTS))
  const made = page.replaceAll(
    /(<!-- generated: ([\w-]+) -->\n)[^]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => {
      const part = PARTS[name]
      if (part === undefined) throw new Error(`nothing makes the part ${name}`)
      left.delete(name)
      return `${begin}\n${part()}\n\n${end}`
    },
  )
  if (left.size > 0) throw new Error(`the page has no part ${[...left].join(', ')}`)
  return made
}

const PARTS: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(
    DOCUMENT_NAMES.map((name) => [name, () => `\`\`\`json\n${documentJson(name, EXAMPLE)}\n\`\`\``]),
  ),
  calls: callTable,
  everything: everythingTable,
}

/** What every call needs, and whether a plan makes it. */
function callTable(): string {
  const plan: readonly CallName[] = PLAN_CALLS
  return table([
    ['Call', 'Actions', 'On', 'Plan'],
    ...ALL_CALLS.map((call) => {
      const grants = grantsOf(call)
      return [
        code(call),
        grants.map(([action]) => code(action)).join('<br>'),
        grants.map(([, place]) => place).join('<br>'),
        plan.includes(call) ? 'yes' : '',
      ]
    }),
  ])
}

/** Where AWS offers nothing narrower than every resource. */
function everythingTable(): string {
  const names = Object.keys(PLACES) as PlaceName[]
  const grants = ALL_CALLS.flatMap(grantsOf)
  return table([
    ['Statement', 'Actions', 'Why'],
    ...names.flatMap((name) => {
      const { why } = placeOf(name)
      const actions = grants.filter(([, place]) => place === name).map(([action]) => code(action))
      return why === undefined ? [] : [[name, [...new Set(actions)].join('<br>'), why]]
    }),
  ])
}

function table(rows: string[][]): string {
  return markdownTable(rows, { alignDelimiters: false, padding: true })
}

function code(text: string): string {
  return `\`${text}\``
}
