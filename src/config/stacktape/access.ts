import { describeValue } from '../text.ts'
import { child, given, placeOf } from '../value.ts'
import type { Value } from '../value.ts'
import { reportMissing } from './context.ts'
import type { StackContext } from './context.ts'
import { kebab } from './names.ts'

const SHOWN = 10
const SERVICE = /^aws:[a-z0-9:-]+$/

/** Says of `connectTo` which variables code goes without, and refuses resources that are not there. */
export function tellAccess(properties: Value | undefined, context: StackContext): void {
  const { reading, resources, resourceNames } = context
  const list = given(properties, 'connectTo')
  if (list === undefined) return
  if (list.kind !== 'list') {
    reading.error(`connectTo must be a list; found ${describeValue(list)}`, { place: placeOf(list) })
    return
  }
  const missing: string[] = []
  for (const item of list.items) {
    if (item.kind !== 'scalar' || item.value === null) continue
    if (resources.has(item.text)) missing.push(`${prefixOf(item.text)}…`)
    else if (!SERVICE.test(item.text)) reportMissing('resource', item, resourceNames, context)
  }
  if (missing.length === 0) return
  const names = missing.slice(0, SHOWN).join(', ') + (missing.length > SHOWN ? ' and more' : '')
  reading.keys.change(
    list,
    'unsupported',
    `no permissions and network rules come from it, and no variables ${names}`,
    'Set the variables with `gantry env set`, and allow it to the role under `ecs.task_role` and the groups under `ecs.security_groups`.',
  )
}

/** Of the variables that Stacktape would give: `STP_ORDERS_DB_`. */
function prefixOf(resource: string): string {
  return `STP_${kebab(resource).replaceAll('-', '_').toUpperCase()}_`
}

/** Statements of a role name what they are about. */
export function checkStatements(properties: Value | undefined, { reading }: StackContext): void {
  const list = given(properties, 'iamRoleStatements')
  if (list === undefined) return
  const statements = list.kind === 'list' ? list.items : [list]
  for (const each of statements) {
    if (each.kind === 'table' && child(each, 'Resource') !== undefined && list.kind === 'list') continue
    reading.error('iamRoleStatements must be a list of maps, each with Resource', { place: placeOf(each) })
  }
}
