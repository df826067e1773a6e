import { posix } from 'node:path'

import { MAX_FILE_BYTES } from '../reading.ts'
import type { Reading } from '../reading.ts'
import type { Source } from '../source.ts'
import { printable, quote } from '../text.ts'
import { child, entriesOf, isEmpty, placeOf, table, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { parseYaml } from '../yaml.ts'
import { Includes, Scope, TAGS } from './include.ts'

/** The keys that the files of `.upsun` have in common, and that are merged entry by entry (yaml-structure.md). */
export const MERGED = ['applications', 'services', 'routes']

export const UPSUN_FOLDER = '.upsun'

/** Far above what a person writes. */
const MAX_FILES = 50

/** The root of a file, a map or list, with what it includes still to be put in. Null when there is no such file. */
export async function openYaml(path: string, reading: Reading): Promise<Value | null> {
  const source = await reading.open(path)
  return source === null ? null : parseYaml(source, reading, TAGS)
}

/** A file of services or routes beside that of the apps. */
export async function openWhole(path: string, reading: Reading): Promise<Value | null> {
  const root = await openYaml(path, reading)
  const scope = new Scope([posix.dirname(path), '.'], [path], true)
  return root && (await new Includes(reading).resolve(root, scope))
}

/**
 * All YAML files of a folder `.upsun`, merged, or a single one that stands elsewhere: of two apps, services or routes with one name, that of the later file
 * counts as a whole. Null when the file does not exist.
 *
 * @param base the folder that the roots of apps begin in
 */
export async function openMerged(path: string, base: string, reading: Reading): Promise<Value | null> {
  const folder = posix.dirname(path)
  const listed = (await reading.list(folder)).filter((name) => /\.ya?ml$/.test(name))
  // A link is in no list, and opening it says what is wrong with it.
  const isOneOf = posix.basename(folder) === UPSUN_FOLDER && listed.includes(posix.basename(path))
  const names = isOneOf ? listed : [posix.basename(path)]
  const sources: Source[] = []
  let size = 0
  for (const name of names) {
    const source = await reading.open(posix.join(folder, name))
    if (source === null) return null
    sources.push(source)
    size += source.text.length
    if (sources.length > MAX_FILES || size > MAX_FILE_BYTES) {
      return reading.fail(
        `${printable(folder)} holds too much: more than ${MAX_FILES} files, or than 1 MiB`,
        {
          place: source.placeAt(0),
        },
      )
    }
  }
  const includes = new Includes(reading)
  const roots = new Map<string, Value>()
  for (const source of sources) {
    const root = parseYaml(source, reading, TAGS)
    roots.set(source.file, await resolveRoot(root, source.file, base, includes))
  }
  if (roots.size === 1) return [...roots.values()][0]!
  return mergeAll(
    [...roots].map(([file, root]) => (includes.isIncluded(file) ? onlyMerged(root) : root)),
    reading,
  )
}

/** What a file that others include has for the project itself: the rest, or what is no map, is for where it is included. */
function onlyMerged(root: Value): Table {
  return table(
    entriesOf(root).filter(([key]) => MERGED.includes(key)),
    root.origin,
  )
}

/** What is not merged stays as it is: where another file includes it, paths begin where that one says. */
async function resolveRoot(root: Value, file: string, base: string, includes: Includes): Promise<Value> {
  const scope = new Scope([posix.dirname(file), base], [file])
  if (root.kind === 'list') return root
  if (root.kind === 'scalar') return await includes.resolve(root, scope)
  const services = new Scope(scope.folders, scope.chain, true)
  const entries = new Map<string, Value>()
  for (const [key, each] of root.entries) {
    const resolved = !MERGED.includes(key)
      ? each
      : key === 'applications'
        ? await resolveApps(each, scope, base, includes)
        : await includes.resolve(each, key === 'services' ? services : scope)
    entries.set(key, each.key === undefined ? resolved : { ...resolved, key: each.key })
  }
  return { ...root, entries }
}

/** The apps of a map or list, each with its includes looked up in its own folder first. */
export async function resolveApps(
  apps: Value,
  scope: Scope,
  base: string,
  includes: Includes,
): Promise<Value> {
  const taken = await includes.take(apps, scope)
  const resolve = async (app: Value) => {
    const resolved = await resolveApp(app, taken.scope, base, includes)
    return app.key === undefined ? resolved : { ...resolved, key: app.key }
  }
  const { value } = taken
  if (value.kind === 'scalar') return value
  if (value.kind === 'list') {
    const items: Value[] = []
    for (const app of value.items) items.push(await resolve(app))
    return { ...value, items }
  }
  const entries = new Map<string, Value>()
  for (const [name, app] of value.entries) entries.set(name, await resolve(app))
  return { ...value, entries }
}

/** An app with its includes looked up in its folder first. */
export async function resolveApp(app: Value, scope: Scope, base: string, includes: Includes): Promise<Value> {
  const { value, scope: own } = await includes.take(app, scope)
  const root = rootOf(value, base)
  return await includes.resolve(value, new Scope([root, ...own.folders], own.chain))
}

/** The folder of an app: `source.root`, from the folder that roots begin in. */
export function rootOf(app: Value, base: string): string {
  return posix.join(base, (textAt(child(app, 'source'), 'root') ?? '').replace(/^\/+/, ''))
}

function mergeAll(roots: readonly Value[], reading: Reading): Value {
  const maps = roots.filter((each): each is Table => each.kind === 'table' && !isEmpty(each))
  const wrong = roots.find((each) => each.kind !== 'table')
  if (wrong !== undefined) {
    return reading.fail(`${printable(fileOf(wrong))} must be a map`, { place: placeOf(wrong) })
  }
  return maps.reduce((base, over) => mergeTwo(base, over, reading), table([], roots[0]!.origin))
}

function mergeTwo(base: Table, over: Table, reading: Reading): Table {
  const entries = new Map(base.entries)
  for (const [key, above] of over.entries) {
    const below = entries.get(key)
    entries.set(key, MERGED.includes(key) ? mergeNamed(key, below, above, reading) : above)
  }
  return { ...base, entries }
}

function mergeNamed(key: string, base: Value | undefined, over: Value, reading: Reading): Value {
  if (base?.kind !== 'table') return over
  if (over.kind !== 'table') return over.kind === 'scalar' && over.value === null ? base : over
  const entries = new Map(base.entries)
  for (const [name, above] of entriesOf(over)) {
    const below = entries.get(name)
    if (below !== undefined) {
      reading.warn(
        `${key}.${quote(name)} is in ${printable(fileOf(above))} too: that one counts, as a whole`,
        {
          place: below.key ?? placeOf(below),
          hint: 'Leave one of them out.',
        },
      )
    }
    entries.set(name, above)
  }
  return { ...base, entries }
}

function fileOf(value: Value): string {
  return (value.key ?? placeOf(value))!.file
}
