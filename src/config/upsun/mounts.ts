import { MountPath, SourcePath } from '../gantry-yml/parts.ts'
import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { child, derived, entriesOf, placeOf, table, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { OVERLAP_HINT, overlapsIn } from '../shared-rules.ts'
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
export function readMounts(instance: Value, reading: Reading): Table | null {
  const written = child(instance, 'mounts')
  if (written?.kind !== 'table') return null
  const mounts = entriesOf(written).map(([path, mount]) => [trimmed(path), mount] as const)
  const told = refuseOverlap(mounts, reading)
  const found = mounts.flatMap(([path, mount]) => {
    const settings = told.has(path) ? null : mountOf(path, mount, reading)
    return settings === null ? [] : [[path, settings] as const]
  })
  return { ...table(found, written.origin), ...(written.key && { key: written.key }) }
}

/** Null where it has a path that Gantry does not take. */
function mountOf(path: string, mount: Value, reading: Reading): Table | null {
  // As it was written at first: `shared:files/uploads`.
  const [first = '', ...rest] = mount.kind === 'scalar' ? mount.text.split(':') : []
  const source = mount.kind === 'scalar' ? first : (textAt(mount, 'source') ?? '')
  const service = textAt(mount, 'service')
  const place = mount.key ?? placeOf(mount)
  if (source === 'service' && service === undefined) {
    reading.error('A mount with the source `service` must name the service', {
      place,
      hint: 'Write `service: NAME`.',
    })
    return null
  }
  const said = mount.kind === 'scalar' ? rest.join(':') : textAt(mount, 'source_path')
  const own = said === undefined ? path : trimmed(said)
  const folder = source === 'service' ? trimmed(`${service}/${own}`) : own
  if (!MountPath.safeParse(path).success || !SourcePath.safeParse(folder).success) {
    const why = 'its paths must have no blanks, commas and colons'
    reading.keys.change(mount, 'unsupported', why, 'Mount it in gantry.yml, at another path.')
    return null
  }
  if (source === 'service') {
    const how = `it is the folder ${quote(folder)} of the storage of this app, which no other app shares`
    reading.keys.change(mount, 'approximated', how, MOUNT_HINT)
  }
  const entries = [
    ['source', derived(SOURCES[source] ?? source, child(mount, 'source') ?? mount)],
    ['source_path', derived(folder, child(mount, 'source_path') ?? mount)],
  ] as const
  return { ...table(entries, mount.origin), ...(mount.key && { key: mount.key }) }
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
