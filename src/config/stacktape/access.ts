import { describeValue } from '../text.ts'
import { UNMET } from '../unmet.ts'
import { derived, given, placeOf, textAt } from '../value.ts'
import type { Scalar, Value } from '../value.ts'
import { reportMissing } from './context.ts'
import type { StackContext, Target } from './context.ts'
import { kebab } from './names.ts'
import { OTHERS } from './other-keys.ts'
import { addStatements } from './statements.ts'

const SHOWN = 10
const SERVICE = /^aws:[a-z0-9:-]+$/

/** Adds what code may reach: what it connects to, and the statements of its role. */
export function addAccess(path: Target, properties: Value | undefined, context: StackContext): void {
  addConnections(path, given(properties, 'connectTo'), context)
  addStatements(path, given(properties, 'iamRoleStatements'), context)
}

/** Says which variables code goes without, and refuses resources that are not there. */
function addConnections(path: Target, list: Value | undefined, context: StackContext): void {
  const { draft, reading, resources, resourceNames } = context
  if (list === undefined) return
  if (list.kind !== 'list') {
    reading.error(`connectTo must be a list; found ${describeValue(list)}`, { place: placeOf(list) })
    return
  }
  for (const item of list.items) {
    if (item.kind !== 'scalar')
      reading.error(`connectTo must have names; found ${describeValue(item)}`, { place: placeOf(item) })
  }
  const named = list.items.filter((item) => item.kind === 'scalar' && item.value !== null) as Scalar[]
  for (const item of named) {
    if (!resources.has(item.text) && !SERVICE.test(item.text))
      reportMissing('resource', item, resourceNames, context)
  }
  draft.open([...path, 'connect_to'], list)
  for (const item of named) {
    const name = nameOf(item.text, context)
    draft.set([...path, 'connect_to', name, 'service'], derived(name, item))
  }
  if (list.items.length === 0) return
  const { text, hint } = UNMET.connect_to
  const known = [...new Set(named.map((item) => item.text))].filter((name) => resources.has(name))
  const why = known.length === 0 ? text : withoutVariables(known)
  const lost = lostOf(list.items.length - named.length, list.items.length)
  reading.keys.change(list, 'unsupported', `kept as \`connect_to\`; ${why}${lost}`, hint)
}

function withoutVariables(resources: readonly string[]): string {
  const missing = resources.slice(0, SHOWN).map((name) => `${prefixOf(name)}…`)
  const names = missing.join(', ') + (resources.length > SHOWN ? ' and more' : '')
  return `no permissions and network rules come from it, and no variables ${names}`
}

function lostOf(count: number, all: number): string {
  if (count === 0) return ''
  return `; ${count} of ${all} ${count === 1 ? 'is' : 'are'} known to Stacktape only, and not kept`
}

/** What becomes a process or a task has its name here; all else the name that it has there. */
function nameOf(resource: string, { resources }: StackContext): string {
  const type = textAt(resources.get(resource), 'type')
  return type === undefined || OTHERS.has(type) ? resource : kebab(resource)
}

/** Of the variables that Stacktape would give: `STP_ORDERS_DB_`. */
function prefixOf(resource: string): string {
  return `STP_${kebab(resource).replaceAll('-', '_').toUpperCase()}_`
}
