import { describeValue } from '../text.ts'
import { UNMET } from '../unmet.ts'
import { child, derived, given, placeOf } from '../value.ts'
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
  const named = list.items.filter((item) => item.kind === 'scalar' && item.value !== null) as Scalar[]
  const known = named.filter(({ text }) => resources.has(text))
  for (const item of named) {
    if (!known.includes(item) && !SERVICE.test(item.text))
      reportMissing('resource', item, resourceNames, context)
  }
  draft.open([...path, 'connect_to'], list)
  for (const item of named) {
    const name = nameOf(item.text, context)
    draft.set([...path, 'connect_to', name, 'service'], derived(name, item))
  }
  if (known.length === 0) return
  const missing = known.slice(0, SHOWN).map(({ text }) => `${prefixOf(text)}…`)
  const names = missing.join(', ') + (known.length > SHOWN ? ' and more' : '')
  reading.keys.change(
    list,
    'unsupported',
    `kept as \`connect_to\`; no permissions and network rules come from it, and no variables ${names}`,
    UNMET.connect_to.hint,
  )
}

/** What becomes a process or a task has its name here; all else the name that it has there. */
function nameOf(resource: string, { resources }: StackContext): string {
  const type = child(resources.get(resource), 'type')
  return type?.kind !== 'scalar' || OTHERS.has(type.text) ? resource : kebab(resource)
}

/** Of the variables that Stacktape would give: `STP_ORDERS_DB_`. */
function prefixOf(resource: string): string {
  return `STP_${kebab(resource).replaceAll('-', '_').toUpperCase()}_`
}
