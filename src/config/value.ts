import type { Place } from '../app/errors.ts'
import type { Provenance } from './provenance.ts'

/**
 * A value of a config file that knows where it came from. Every format is read into this one shape, in the terms of
 * `gantry.yml`, so that overlays, inheritance and rules are written once.
 */
export type Value = Scalar | List | Table

interface Node {
  origin: Provenance
  /** Where the key is under which the value is written. */
  key?: Place
  /** The tag in front of it that the reader of the format gives a meaning: `!include`. */
  tag?: string
}
export interface Scalar extends Node {
  kind: 'scalar'
  value: string | number | boolean | null
  /** As it is written: `1.10` stays `1.10`. */
  text: string
}
export interface List extends Node {
  kind: 'list'
  items: Value[]
}
export interface Table extends Node {
  kind: 'table'
  entries: ReadonlyMap<string, Value>
}

export type Path = readonly (string | number)[]

/** The same, where nothing is the same object as anything else: what aliases share stands at several places then. */
export function unshared<Each extends Value>(value: Each): Each {
  if (value.kind === 'list') return { ...value, items: value.items.map((each) => unshared(each)) }
  if (value.kind === 'scalar') return { ...value }
  const entries = new Map([...value.entries].map(([name, each]) => [name, unshared(each)]))
  return { ...value, entries }
}

export function scalar(value: string | number | boolean, origin: Provenance): Scalar {
  return { kind: 'scalar', value, text: String(value), origin }
}

export function table(entries: Iterable<readonly [string, Value]>, origin: Provenance): Table {
  return { kind: 'table', entries: new Map(entries), origin }
}

/** What a value of another system's file means here: stands where that value stands. */
export function derived(value: string | number | boolean, from: Value): Scalar {
  return { ...scalar(value, from.origin), ...keyOf(from) }
}

/** As `derived`, with the words of a command. */
export function derivedList(words: readonly string[], from: Value): List {
  const items = words.map((word) => scalar(word, from.origin))
  return { kind: 'list', items, origin: from.origin, ...keyOf(from) }
}

/** As `derived`, with entries. */
export function derivedTable(entries: Iterable<readonly [string, Value]>, from: Value): Table {
  return { ...table(entries, from.origin), ...keyOf(from) }
}

function keyOf({ key }: Value): { key?: Place } {
  return key === undefined ? {} : { key }
}

/** The items of a list; none for values that are no list. */
export function itemsOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : []
}

/** A scalar as it is written; undefined for an absent one, for null, and for maps and lists. */
export function textAt(value: Value | undefined, key: string): string | undefined {
  const found = given(value, key)
  return found?.kind === 'scalar' ? found.text : undefined
}

/** The entry of a table; undefined for an absent one and for values that are no table. */
export function child(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === 'table' ? value.entries.get(key) : undefined
}

/** The entry of a table, unless it says nothing: null is as good as absent in most other formats. */
export function given(value: Value | undefined, key: string): Value | undefined {
  const found = child(value, key)
  return found?.kind === 'scalar' && found.value === null ? undefined : found
}

/** The entries of a table; none for values that are no table. */
export function entriesOf(value: Value | undefined): [string, Value][] {
  return value?.kind === 'table' ? [...value.entries] : []
}

export function isEmpty(value: Value): boolean {
  return value.kind === 'table' && value.entries.size === 0
}

/** The value at a path, or the nearest one above it that exists. */
export function nearest(root: Value, path: Path): Value {
  let value = root
  for (const key of path) {
    const next = value.kind === 'list' ? value.items[Number(key)] : child(value, String(key))
    if (next === undefined) break
    value = next
  }
  return value
}

/** The value as plain data, for the schema. */
export function toPlain(value: Value): unknown {
  if (value.kind === 'scalar') return value.value
  if (value.kind === 'list') return value.items.map(toPlain)
  return Object.fromEntries([...value.entries].map(([key, each]) => [key, toPlain(each)]))
}

/** Like toPlain, with every scalar as the text that is written: for variables and words of a command. */
export function toText(value: Value): unknown {
  if (value.kind === 'scalar') return value.text
  if (value.kind === 'list') return value.items.map(toText)
  return Object.fromEntries([...value.entries].map(([key, each]) => [key, toText(each)]))
}

/** The value with all that is in it marked as inherited from a key. A default stays one. */
export function inheritedFrom(value: Value, from: string): Value {
  const origin: Provenance =
    value.origin.kind === 'default' ? value.origin : { ...value.origin, kind: 'inherited', from }
  if (value.kind === 'scalar') return { ...value, origin }
  if (value.kind === 'list')
    return { ...value, origin, items: value.items.map((each) => inheritedFrom(each, from)) }
  const entries = [...value.entries].map(
    ([key, each]) => [key, inheritedFrom(each, `${from}.${key}`)] as const,
  )
  return { ...value, origin, entries: new Map(entries) }
}

/** Where the value is written; undefined for a default. */
export function placeOf(value: Value): Place | undefined {
  const { origin } = value
  return origin.kind === 'default'
    ? undefined
    : { file: origin.file, line: origin.line, column: origin.column }
}

/** How much memory a value takes, about, in characters. */
export function weigh(value: Value): number {
  if (value.kind === 'scalar') return 16 + value.text.length
  if (value.kind === 'list') return value.items.reduce((sum, each) => sum + weigh(each), 16)
  return [...value.entries].reduce((sum, [key, each]) => sum + key.length + weigh(each), 16)
}
