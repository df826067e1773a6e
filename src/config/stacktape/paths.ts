import { posix } from 'node:path'

import { quote } from '../text.ts'
import { derived, placeOf } from '../value.ts'
import type { Value } from '../value.ts'
import type { StackContext } from './context.ts'

/** A path of the file, which begins at its folder, from the root of the repository. Null, and reported, outside of it. */
export function fromRoot(path: Value, { folder, reading }: StackContext): Value | null {
  if (path.kind !== 'scalar' || path.value === null) return null
  const found = posix.normalize(posix.join(folder, path.text))
  if (posix.isAbsolute(path.text) || found === '..' || found.startsWith('../')) {
    reading.error(`${quote(path.text)} is outside of the repository`, { place: placeOf(path) })
    return null
  }
  return derived(found === './' ? '.' : found, path)
}
