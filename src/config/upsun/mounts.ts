import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { child, entriesOf, placeOf, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import type { System } from './context.ts'
import { STORAGE_HINT } from './sentences.ts'

/** Says of each mount what becomes of it, and refuses those that overlap, as the systems do (mounts.md). */
export function checkMounts(instance: Value, system: System, reading: Reading): void {
  const mounts = entriesOf(child(instance, 'mounts'))
  refuseOverlap(mounts, reading)
  for (const [, mount] of mounts) {
    const source = mount.kind === 'scalar' ? mount.text.split(':')[0]! : (textAt(mount, 'source') ?? '')
    if (source === 'service' && textAt(mount, 'service') === undefined) {
      reading.error('A mount with the source `service` must name the service', {
        place: mount.key ?? placeOf(mount),
        hint: 'Write `service: NAME`.',
      })
    }
    if (['tmp', 'temporary'].includes(source)) continue
    const what = ['service', 'storage', 'shared'].includes(source)
      ? 'there is no storage that instances share'
      : `what an instance writes is gone with it; ${system} keeps it`
    reading.keys.change(mount, 'unsupported', what, STORAGE_HINT)
  }
}

function refuseOverlap(mounts: readonly (readonly [string, Value])[], reading: Reading): void {
  const folders = mounts
    .map(([path, mount]) => ({ folder: `/${path.split('/').filter(Boolean).join('/')}/`, path, mount }))
    // By parts and not by letters: `a-b` must not come between `a` and `a/b`.
    .toSorted((a, b) => (a.folder < b.folder ? -1 : 1))
  for (const [index, { folder, path, mount }] of folders.entries()) {
    const outer = folders[index - 1]
    if (outer === undefined || !folder.startsWith(outer.folder)) continue
    reading.error(`The mounts ${quote(outer.path)} and ${quote(path)} overlap`, {
      place: mount.key ?? placeOf(mount),
      hint: 'Mount folders beside each other.',
    })
  }
}
