import { child, entriesOf, table } from '../value.ts'
import type { Table, Value } from '../value.ts'
import type { AppContext } from './context.ts'
import { readMounts } from './mounts.ts'
import { readRelationships } from './relationships.ts'
import { readSize } from './sizes.ts'
import { readVariables } from './variables.ts'

/**
 * What an app, `web` or a worker says of its instances, as settings of a process. What `web` or a worker does not have it
 * inherits from the app, each key as a whole (rows UP-21 to UP-25).
 */
export function readInstance(instance: Value, context: AppContext): Map<string, Value> {
  const settings = readSize(instance, context)
  const mounts = readMounts(instance, context)
  if (mounts !== null) settings.set('mounts', mounts)
  const env = readVariables(instance, context.reading)
  if (env !== null) settings.set('env', env)
  const connections = readRelationships(instance, context)
  if (connections !== null) settings.set('connect_to', connections)
  const access = child(instance, 'access')
  if (access?.kind === 'table') settings.set('access', onlyShells(access))
  return settings
}

function onlyShells(access: Table): Table {
  return { ...access, entries: new Map(entriesOf(access).filter(([key]) => key === 'ssh')) }
}

/** Puts settings of an instance into the draft, below a process or task. */
export function addSettings(
  path: readonly string[],
  settings: ReadonlyMap<string, Value>,
  { draft, app }: AppContext,
): void {
  draft.lay(path, table(settings, app.origin))
}
