import type { Reading } from './reading.ts'
import { quote } from './text.ts'
import { child, entriesOf, placeOf } from './value.ts'
import type { Value } from './value.ts'

// Rules that hold for processes, tasks and the containers beside a process.

/** @param owner the path of what has these settings, with a dot at its end; empty for the whole config */
export function checkVariables(owner: string, settings: Value, reading: Reading): void {
  const env = child(settings, 'env')
  for (const [variable, reference] of entriesOf(child(settings, 'secrets'))) {
    const plain = child(env, variable)
    if (plain === undefined) continue
    reading.error(`${quote(variable)} is both in env${lineOf(plain.key ?? placeOf(plain))} and in secrets`, {
      path: `${owner}secrets.${variable}`,
      place: reference.key ?? placeOf(reference),
      hint: 'Leave it out of one of them.',
    })
  }
}

/** Reports mounts of which one would hide a part of the other. */
export function checkMounts(path: string, settings: Value, reading: Reading): void {
  for (const { outer, inner, value } of overlapsIn(entriesOf(child(settings, 'mounts')))) {
    reading.error(`The mounts ${quote(outer)} and ${quote(inner)} of ${path} overlap`, {
      path: `${path}.mounts`,
      place: value.key ?? placeOf(value),
      hint: OVERLAP_HINT,
    })
  }
}

export const OVERLAP_HINT = 'Mount folders beside each other.'

/** Mounts, by folders that end without `/`, of which one is inside of another one. */
export function overlapsIn(
  mounts: readonly (readonly [string, Value])[],
): { outer: string; inner: string; value: Value }[] {
  const sorted = mounts
    // By parts and not by letters: `a-b` must not come between `a` and `a/b`.
    .map(([folder, value]) => ({ folder, value, parts: `${folder}/` }))
    .toSorted((a, b) => (a.parts < b.parts ? -1 : 1))
  return sorted.slice(1).flatMap(({ folder, value, parts }, index) => {
    const outer = sorted[index]!
    return parts.startsWith(outer.parts) ? { outer: outer.folder, inner: folder, value } : []
  })
}

export function lineOf(place: { file: string; line: number } | undefined): string {
  return place === undefined ? '' : ` (${place.file}:${place.line})`
}
