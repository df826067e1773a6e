import { IamRoleStatements } from '../gantry-yml/unmet.ts'
import { expectedBy, meantBy } from '../issues.ts'
import type { Reading } from '../reading.ts'
import { describeValue, quote, showPath } from '../text.ts'
import { UNMET } from '../unmet.ts'
import { child, derivedTable, entriesOf, itemsOf, nearest, placeOf, toPlain } from '../value.ts'
import type { Path, Table, Value } from '../value.ts'
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
    if (list.kind === 'list' && (isNothing(each) || child(each, 'Resource') !== undefined)) continue
    reading.error('iamRoleStatements must be a list of maps, each with Resource', { place: placeOf(each) })
  }
  for (const [key, value] of statements.flatMap(entriesOf)) {
    if (KEYS.has(key)) continue
    reading.error(`${quote(key)} is not a key of a statement`, {
      place: value.key ?? placeOf(value),
      hint: `Known are ${[...KEYS.keys()].join(', ')}.`,
    })
  }
  checkValues(list, reading)
  const known = statements.filter(isKnown)
  const lost = statements.length - known.length
  if (lost > 0) {
    const { text, hint } = UNMET.iam_role_statements
    const why = `${lost} of ${statements.length} ${lost === 1 ? 'has' : 'have'} values that only Stacktape knows, and ${lost === 1 ? 'is' : 'are'} not kept`
    reading.keys.change(list, 'unsupported', `${text}; ${why}`, hint)
  }
  if (list.kind === 'list' && !reading.isWrong)
    draft.set([...path, 'iam_role_statements'], { ...list, items: known.map(renamed) })
}

/** Reports values that a statement cannot have, in the words of the file. */
function checkValues(list: Value, reading: Reading): void {
  for (const [index, each] of itemsOf(list).entries()) {
    if (child(each, 'Resource') === undefined || !isKnown(each)) continue
    for (const issue of IamRoleStatements.safeParse([toPlain(renamed(each))]).error?.issues ?? []) {
      const path = (issue.path as Path).slice(1).map((step, at) => (at === 0 ? writtenAs(step) : step))
      const value = nearest(each, path)
      const meant = meantBy(issue, value)
      const shown = showPath(['iamRoleStatements', index, ...path])
      reading.error(`${shown} must be ${expectedBy(issue)}; found ${describeValue(value)}`, {
        place: placeOf(value),
        hint: meant === null ? undefined : `Did you mean ${quote(meant)}?`,
      })
    }
  }
}

function writtenAs(name: string | number): string | number {
  return [...KEYS].find(([, own]) => own === name)?.[0] ?? name
}

/** What a directive asked for and nobody knows here is null. */
function isNothing(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null
}

function isKnown(value: Value): boolean {
  if (value.kind === 'scalar') return !isNothing(value)
  return [...itemsOf(value), ...entriesOf(value).map(([, each]) => each)].every(isKnown)
}

function renamed(statement: Value): Table {
  const entries = entriesOf(statement).flatMap(([key, value]) => {
    const name = KEYS.get(key)
    return name === undefined ? [] : [[name, value] as const]
  })
  return derivedTable(entries, statement)
}
