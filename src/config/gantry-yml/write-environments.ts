import { isDeepStrictEqual } from 'node:util'

import type { Said } from './write-app.ts'
import { isMap } from './write-yaml.ts'
import type { Plain, PlainMap } from './write-yaml.ts'

/** What all environments have in common, and what each says beside or instead of it. */
export interface Layered {
  base: PlainMap
  /** In the order of the environments. An empty one says nothing. */
  overlays: PlainMap[]
}

/** One value in the forms of `Said`; undefined where it is not said, or cannot be. */
interface Forms {
  short: Plain | undefined
  full: Plain | undefined
}

/** Replaced as one thing by an overlay: their keys exclude each other. */
const CHECKS = new Set(['health_check', 'readiness'])

/**
 * Divides the config of several environments into a base and overlays, by the rules of `overlay`: maps merge by key,
 * all else is replaced, and nothing can be unsaid. What the first environment says goes into the base where all others
 * say the same or can say something else.
 */
export function layer(all: readonly Said[]): Layered {
  const layers = layerMaps(all, [])
  for (const kind of ['processes', 'tasks']) {
    if (all.every(({ short }, index) => keepsOrder(kind, short, layers.base, layers.overlays[index]!)))
      continue
    const whole = all.map(({ short }) => short.get(kind))
    layers.base = without(layers.base, kind)
    layers.overlays = layers.overlays.map((each, index) =>
      whole[index] === undefined ? without(each, kind) : new Map([...each, [kind, whole[index]]]),
    )
  }
  return layers
}

function layerMaps(all: readonly Said[], path: readonly string[]): Layered {
  const base = new Map<string, Plain>()
  const overlays = all.map(() => new Map<string, Plain>())
  for (const key of new Set(all.flatMap(({ short, full }) => [...short.keys(), ...full.keys()]))) {
    const forms = all.map(({ short, full }) => ({ short: short.get(key), full: full.get(key) }))
    const layers = layerValues(forms, [...path, key])
    if (layers.base !== undefined) base.set(key, layers.base)
    for (const [index, over] of layers.overlays.entries()) {
      if (over !== undefined) overlays[index]!.set(key, over)
    }
  }
  return { base, overlays }
}

function layerValues(
  all: readonly Forms[],
  path: readonly string[],
): { base: Plain | undefined; overlays: (Plain | undefined)[] } {
  const [first] = all
  if (all.every(({ short }) => isDeepStrictEqual(short, first?.short))) {
    return { base: first?.short, overlays: all.map(() => undefined) }
  }
  const apart = { base: undefined, overlays: all.map(({ short }) => short) }
  const said = all.map(({ short, full }) => short ?? full)
  if (first?.short === undefined || !said.every((each) => each !== undefined)) return apart
  // A mount is never written in part.
  if (path.at(-2) === 'mounts') return apart
  if (!said.every(isMap) || CHECKS.has(path.at(-1)!)) {
    return {
      base: first.short,
      overlays: said.map((each) => (isDeepStrictEqual(each, first.short) ? undefined : each)),
    }
  }
  const { base, overlays } = layerMaps(
    said.map((short, index) => {
      const { full } = all[index]!
      return { short, full: isMap(full) ? full : short }
    }),
    path,
  )
  // An empty map would clear what is inherited; an empty component says nothing.
  if (base.size === 0 && !isComponent(path)) return apart
  return { base, overlays: overlays.map((each) => (each.size === 0 ? undefined : each)) }
}

function isComponent([kind, ...below]: readonly string[]): boolean {
  return (kind === 'processes' || kind === 'tasks') && below.length === 1
}

/** Components of an overlay come after those of the base. */
function keepsOrder(kind: string, wanted: PlainMap, base: PlainMap, over: PlainMap): boolean {
  const [all, first, then] = [wanted, base, over].map((each) => keysOf(each.get(kind)))
  return isDeepStrictEqual([...new Set([...first!, ...then!])], all)
}

function keysOf(value: Plain | undefined): string[] {
  return isMap(value) ? [...value.keys()] : []
}

function without(map: PlainMap, key: string): PlainMap {
  return new Map([...map].filter(([name]) => name !== key))
}
