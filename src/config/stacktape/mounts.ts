import { MountPath, SourcePath } from '../gantry-yml/parts.ts'
import { OVERLAP_HINT } from '../shared-rules.ts'
import { quote } from '../text.ts'
import { child, derived, given, placeOf, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import { checkReference, isUnknown, tablesOf } from './context.ts'
import type { StackContext, Target } from './context.ts'

/** Adds file systems as folders of the storage of the app: a file system is the first folder of their path. */
export function addMounts(path: Target, list: Value | undefined, context: StackContext): void {
  const { draft, reading } = context
  const taken = new Set<string>()
  for (const mount of tablesOf(list)) {
    const properties = given(mount, 'properties')
    const isKnown = ['efsFilesystemName', 'rootDirectory', 'mountPath'].every(
      (key) => !isUnknown(child(properties, key), context),
    )
    checkReference('efs-filesystem', given(properties, 'efsFilesystemName'), context)
    // Without the name or the folder it would be more than is asked for.
    if (properties === undefined || !isKnown) {
      const why = 'it is not mounted: which folder, or where, cannot be known here'
      reading.keys.change(mount, 'unsupported', why, 'Mount it in gantry.yml.')
      continue
    }
    const written = given(properties, 'mountPath')
    if (written?.kind !== 'scalar') continue
    const at = `/${trimmed(written.text)}`
    const folder = trimmed(
      `${textAt(properties, 'efsFilesystemName') ?? ''}/${textAt(properties, 'rootDirectory') ?? ''}`,
    )
    if (!MountPath.safeParse(at).success || !SourcePath.safeParse(folder).success) {
      const why = 'its paths must have no `..`, blanks, commas and colons'
      reading.keys.change(mount, 'unsupported', why, 'Mount it in gantry.yml, at another path.')
      continue
    }
    if (taken.has(at)) {
      reading.error(`Two file systems are mounted at ${quote(at)}`, {
        place: placeOf(written),
        hint: OVERLAP_HINT,
      })
    }
    taken.add(at)
    draft.set([...path, 'mounts', at, 'source'], derived('storage', written))
    draft.set([...path, 'mounts', at, 'source_path'], derived(folder, written))
  }
}

function trimmed(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}
