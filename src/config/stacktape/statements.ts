import { quote } from '../text.ts'
import { UNMET } from '../unmet.ts'
import { child, entriesOf, itemsOf, placeOf, table } from '../value.ts'
import type { Table, Value } from '../value.ts'
import type { StackContext, Target } from './context.ts'

/** The keys of a statement, and what they are called here. */
const KEYS: ReadonlyMap<string, string> = new Map([
  ['Sid', 'sid'],
  ['Effect', 'effect'],
  ['Action', 'action'],
  ['Condition', 'condition'],
  ['Resource', 'resource'],
])

/** Adds the statements of a role. One of which a part cannot be known here is left out: it would say something else. */
export function addStatements(path: Target, list: Value | undefined, { draft, reading }: StackContext): void {
  if (list === undefined) return
  const statements = list.kind === 'list' ? list.items : []
  for (const each of list.kind === 'list' ? statements : [list]) {
    if (list.kind !== 'list' || child(each, 'Resource') === undefined)
      reading.error('iamRoleStatements must be a list of maps, each with Resource', { place: placeOf(each) })
  }
  for (const [key, value] of statements.flatMap(entriesOf)) {
    if (KEYS.has(key)) continue
    reading.error(`${quote(key)} is not a key of a statement`, {
      place: value.key ?? placeOf(value),
      hint: `Known are ${[...KEYS.keys()].join(', ')}.`,
    })
  }
  const known = statements.filter(isKnown)
  const lost = statements.length - known.length
  if (lost > 0) {
    const { text, hint } = UNMET.iam_role_statements
    const why = `${lost} of ${statements.length} ${lost === 1 ? 'has' : 'have'} values that only Stacktape knows, and ${lost === 1 ? 'is' : 'are'} not kept`
    reading.keys.change(list, 'unsupported', `${text}; ${why}`, hint)
  }
  if (list.kind === 'list')
    draft.set([...path, 'iam_role_statements'], { ...list, items: known.map(renamed) })
}

/** What a directive asked for and nobody knows here is null. */
function isKnown(value: Value): boolean {
  if (value.kind === 'scalar') return value.value !== null
  return [...itemsOf(value), ...entriesOf(value).map(([, each]) => each)].every(isKnown)
}

function renamed(statement: Value): Table {
  const entries = entriesOf(statement).flatMap(([key, value]) => {
    const name = KEYS.get(key)
    return name === undefined ? [] : [[name, value] as const]
  })
  return { ...table(entries, statement.origin), ...(statement.key && { key: statement.key }) }
}
