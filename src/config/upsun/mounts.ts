import { MountPath, SourcePath } from '../gantry-yml/parts.ts'
import type { Reading } from '../reading.ts'
import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, derived, derivedTable, entriesOf, given, placeOf, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { OVERLAP_HINT, overlapsIn } from '../shared-rules.ts'
import type { AppContext } from './context.ts'
import { MOUNT_HINT } from './sentences.ts'

/** What the sources of mounts are called here, by all of their names. */
const SOURCES: Readonly<Record<string, string>> = {
  storage: 'storage',
  service: 'storage',
  shared: 'storage',
  instance: 'instance',
  local: 'instance',
  tmp: 'tmp',
  temporary: 'tmp',
}

/**
 * The mounts of an instance in Gantry's terms, in the folder of the app; null where it says nothing about them. Refuses
 * those that overlap, as the systems do (mounts.md).
 */
export function readMounts(instance: Value, context: AppContext): Table | null {
  const written = child(instance, 'mounts')
  if (written?.kind !== 'table') return null
  const mounts = entriesOf(written).map(([path, mount]) => [trimmed(path), mount] as const)
  const told = refuseOverlap(mounts, context.reading)
  const found = mounts.flatMap(([path, mount]) => {
    const settings = told.has(path) ? null : mountOf(path, mount, context)
    return settings === null ? [] : [[path, settings] as const]
  })
  return derivedTable(found, written)
}

/** Null where it has a path that Gantry does not take. */
function mountOf(path: string, mount: Value, context: AppContext): Table | null {
  const { reading } = context
  // As it was written at first: `shared:files/uploads`.
  const [first = '', ...rest] = mount.kind === 'scalar' ? mount.text.split(':') : []
  const written = mount.kind === 'scalar' ? first : (textAt(mount, 'source') ?? '')
  const source = SOURCES[written] ?? written
  const owner = source === 'storage' ? ownerOf(mount, written, context) : null
  if (source !== 'storage') tellNoOwner(mount, written, reading)
  const said = mount.kind === 'scalar' ? rest.join(':') : textAt(mount, 'source_path')
  const own = said === undefined ? path : trimmed(said)
  const folder = owner === null ? own : trimmed(`${owner}/${own}`)
  const wrong = wrongPath(path, folder)
  if (wrong !== null) {
    reading.keys.change(mount, 'unsupported', wrong, 'Mount it in gantry.yml, at another path.')
    return null
  }
  if (owner !== null) {
    const how = `it is the folder ${quote(folder)} of the storage of this app, which no other app shares`
    reading.keys.change(mount, 'approximated', how, MOUNT_HINT)
  }
  const entries = [
    ['source', derived(source, child(mount, 'source') ?? mount)],
    ['source_path', derived(folder, child(mount, 'source_path') ?? mount)],
  ] as const
  return derivedTable(entries, mount)
}

/** The network storage, or the other app, whose storage a mount is of (mounts.md); null for that of the app itself. */
function ownerOf(mount: Value, source: string, context: AppContext): string | null {
  const owner = textAt(mount, 'service')
  if (owner === undefined && source === 'service') {
    context.reading.error('A mount with the source `service` must name the service', {
      place: mount.key ?? placeOf(mount),
      hint: 'Write `service: NAME`.',
    })
  }
  if (owner === undefined || (source === 'storage' && owner === context.name)) return null
  refuseUnknown(owner, mount, source, context)
  return owner
}

/** Refuses a network storage or an app that the project does not have, where it says what it has. */
function refuseUnknown(owner: string, mount: Value, source: string, { project, reading }: AppContext): void {
  const services = entriesOf(project.services)
  const isApp = source === 'storage'
  if (!isApp && services.length === 0) return
  const storages = services.filter(([, each]) => textAt(each, 'type')?.startsWith('network-storage:'))
  const known = isApp ? [...project.apps.keys()] : storages.map(([name]) => name)
  if (known.includes(owner)) return
  const meant = suggest(owner, known)
  const add = isApp
    ? 'Name an app of this project.'
    : 'Add it to `services`, with `type: network-storage:1.0`.'
  reading.error(`There is no ${isApp ? 'app' : 'network storage'} ${quote(owner)}`, {
    place: mount.key ?? placeOf(mount),
    hint: meant === null ? add : `Did you mean ${quote(meant)}?`,
  })
}

function tellNoOwner(mount: Value, source: string, reading: Reading): void {
  const service = given(mount, 'service')
  if (service === undefined) return
  const why = `the files of the source \`${source}\` are of one instance alone`
  reading.keys.change(service, 'unsupported', why, 'Leave it out.')
}

/** Why Gantry does not take the paths of a mount; null where it does. */
function wrongPath(path: string, folder: string): string | null {
  if (path === '') return 'the folder of the app itself is no mount'
  const wrong = MountPath.safeParse(path).error?.issues[0]
  if (wrong !== undefined) return `its path must be ${wrong.message}`
  const issue = SourcePath.safeParse(folder).error?.issues[0]
  return issue === undefined ? null : `its source_path must be ${issue.message}`
}

function trimmed(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}

/** Gives the folders that are inside of others. */
function refuseOverlap(mounts: readonly (readonly [string, Value])[], reading: Reading): ReadonlySet<string> {
  const overlaps = overlapsIn(mounts)
  for (const { outer, inner, value } of overlaps) {
    reading.error(`The mounts ${quote(outer)} and ${quote(inner)} overlap`, {
      place: value.key ?? placeOf(value),
      hint: OVERLAP_HINT,
    })
  }
  return new Set(overlaps.map(({ inner }) => inner))
}
