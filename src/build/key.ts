import { createHash } from 'node:crypto'

import type { Build } from '../app/app.ts'
import type { TreeEntry } from '../git/tree.ts'

/** Changes when the same input must be built anew because Gantry builds it differently. */
const FORMAT = 1

/**
 * The identity of an image before it is made, 64 hex digits: a hash over the selected entries and over the settings
 * that the result depends on. The same on every machine, in whatever order the entries come.
 */
export function contentKey(entries: readonly TreeEntry[], build: Build): string {
  const hash = createHash('sha256')
  hash.update(
    JSON.stringify([
      FORMAT,
      build.dockerfile,
      build.target,
      Object.entries(build.args).sort(([a], [b]) => compare(a, b)),
      build.platform,
      build.command,
    ]),
  )
  // JSON has no NUL and neither has a path, so nothing can be read in two ways.
  for (const { mode, oid, path } of entries.toSorted((a, b) => compare(a.path, b.path))) {
    hash.update(`\0${mode} ${oid} ${path}`)
  }
  return hash.digest('hex')
}

/** By code unit, not by the language of the machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
