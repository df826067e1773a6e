import { isAlias, isMap, isScalar, isSeq } from 'yaml'
import type { Pair, ParsedNode, YAMLMap } from 'yaml'

import type { Place } from '../app/errors.ts'
import type { Reading } from './reading.ts'
import type { Source } from './source.ts'
import { quote } from './text.ts'
import type { Value } from './value.ts'

// What aliases may expand to: characters, and some for each value. Far above what a person writes.
const MAX_EXPANDED = 8 * 1024 * 1024
const COST_OF_VALUE = 16
const MAX_DEPTH = 32

type ParsedPair = Pair<ParsedNode, ParsedNode | null>

/** Turns the nodes of a YAML document into values. Aliases share their value, within a budget for all they expand to. */
export class YamlValues {
  readonly #source: Source
  readonly #reading: Reading
  readonly #anchors = new Map<string, { value: Value; cost: number }>()
  #spent = 0

  constructor(source: Source, reading: Reading) {
    this.#source = source
    this.#reading = reading
  }

  /** Reports what has no meaning as a value, and throws when it cannot go on. */
  convert(node: ParsedNode, depth = 0): Value {
    if (depth > MAX_DEPTH) this.#fail(node, 'it is nested too deeply')
    if (isAlias(node)) {
      // Inside of the value that it names, an alias is not known yet: there are no circles.
      const anchored = this.#anchors.get(node.source)
      if (!anchored) return this.#fail(node, 'there is no anchor of this name before it')
      this.#spend(anchored.cost, node)
      return anchored.value
    }
    const before = this.#spent
    this.#spend(COST_OF_VALUE, node)
    const value = this.#convertContent(node, depth)
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, { value, cost: this.#spent - before })
    return value
  }

  #convertContent(node: ParsedNode, depth: number): Value {
    const common = { origin: { kind: 'file', ...this.#placeOf(node) } as const, ...tagOf(node) }
    if (isSeq(node)) {
      return { kind: 'list', items: node.items.map((each) => this.convert(each, depth + 1)), ...common }
    }
    if (isMap(node)) return { kind: 'table', entries: this.#entriesOf(node, depth), ...common }
    if (!isScalar(node)) return this.#fail(node, 'this is not expected here')
    const text = textOf(node)
    this.#spend(text.length, node)
    return { kind: 'scalar', value: node.value as string | number | boolean | null, text, ...common }
  }

  #entriesOf(node: YAMLMap.Parsed, depth: number): Map<string, Value> {
    const entries = new Map<string, Value>()
    const merges: ParsedPair[] = []
    for (const pair of node.items) {
      const key = this.#keyOf(pair.key)
      if (key === null) continue
      const first = entries.get(key)?.key
      if (key === '<<' && isScalar(pair.key) && pair.key.type === 'PLAIN') merges.push(pair)
      else if (first) this.#reportTwice(key, first.line, pair.key)
      else entries.set(key, { ...this.#valueOf(pair, depth), key: this.#placeOf(pair.key) })
    }
    for (const pair of merges) this.#merge(entries, pair, depth)
    return entries
  }

  #valueOf({ key, value }: ParsedPair, depth: number): Value {
    if (value !== null) return this.convert(value, depth + 1)
    return { kind: 'scalar', value: null, text: '', origin: { kind: 'file', ...this.#placeOf(key) } }
  }

  /** What a map says itself counts more than what it merges; of several merged maps, the first. */
  #merge(entries: Map<string, Value>, pair: ParsedPair, depth: number): void {
    const value = this.#valueOf(pair, depth)
    for (const each of value.kind === 'list' ? value.items : [value]) {
      if (each.tag !== undefined) return this.#refuseTagged(each.tag, pair)
      if (each.kind !== 'table') return this.#fail(pair.key, '`<<` merges maps only')
      for (const [key, entry] of each.entries) if (!entries.has(key)) entries.set(key, entry)
    }
  }

  /** What a tag stands for is not known before the whole file is read. */
  #refuseTagged(tag: string, { key }: ParsedPair): never {
    this.#reading.fail(`${this.#source.file} cannot be read: \`<<\` cannot take what \`${tag}\` brings in`, {
      place: this.#placeOf(key),
      hint: `Write \`${tag}\` in place of the whole map, or merge an anchor of this file.`,
    })
  }

  #keyOf(node: ParsedNode): string | null {
    const key = isScalar(node) ? textOf(node) : null
    // Assigned to an object, `__proto__` would change its prototype.
    if (key !== null && key !== '__proto__') {
      this.#spend(key.length, node)
      return key
    }
    this.#reading.error(`${this.#source.file}: this cannot be a key`, { place: this.#placeOf(node) })
    return null
  }

  #reportTwice(key: string, firstLine: number, node: ParsedNode): void {
    const shown = this.#source.hides(node.range[0]) ? 'This key' : quote(key)
    this.#reading.error(`${shown} is here for the second time: the first is in line ${firstLine}`, {
      place: this.#placeOf(node),
      hint: 'A key may occur once in a map. Leave one out.',
    })
  }

  #spend(cost: number, node: ParsedNode): void {
    this.#spent += cost
    if (this.#spent > MAX_EXPANDED) this.#fail(node, 'its aliases expand to too much')
  }

  #placeOf(node: ParsedNode): Place {
    return this.#source.placeAt(node.range[0])
  }

  #fail(node: ParsedNode, message: string): never {
    return this.#reading.fail(`${this.#source.file} cannot be read: ${message}`, {
      place: this.#placeOf(node),
    })
  }
}

/** The tag of a format. Those of YAML itself have done their work. */
function tagOf({ tag }: { tag?: string }): { tag?: string } {
  return tag !== undefined && /^!./.test(tag) ? { tag } : {}
}

/** A scalar as it is written: numbers keep their zeros. */
function textOf(node: { value: unknown; source?: string }): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value))
}
