import { UserError } from '../app/errors.ts'

export interface KeyValue {
  key: string
  value: string
}

/** Reads `key=value`; the value may be empty and may hold more `=`. Null for a word without one. */
export function parseKeyValue(word: string): KeyValue | null {
  const at = word.indexOf('=')
  return at < 1 ? null : { key: word.slice(0, at), value: word.slice(at + 1) }
}

/** @throws UserError for a word that is not `key=value`, and for a key that comes twice */
export function parseKeyValues(words: readonly string[]): Record<string, string> {
  const values = new Map<string, string>()
  for (const word of words) {
    const pair = parseKeyValue(word)
    if (pair === null) throw new UserError(`${JSON.stringify(word)} is not of the form key=value`)
    if (values.has(pair.key)) throw new UserError(`${pair.key} is given twice`)
    values.set(pair.key, pair.value)
  }
  return Object.fromEntries(values)
}

/** Other names under which people know a field. */
const ALIASES: Readonly<Record<string, string>> = { desired_count: 'demand_count' }

export function fieldName(key: string): string {
  return Object.hasOwn(ALIASES, key) ? ALIASES[key]! : key
}

/** Fields of a process to set, as the raw texts that were given, and fields to hand back to the config. */
export interface FieldChanges {
  set: Record<string, string>
  unset: string[]
}

/**
 * Reads the `key=value` words of `process set`. An empty image means: no longer pinned.
 *
 * @throws UserError
 */
export function parseFieldChanges(words: readonly string[]): FieldChanges {
  const { image, ...set } = parseKeyValues(words.map(renamed))
  if (image === '') return { set, unset: ['image'] }
  return { set: image === undefined ? set : { ...set, image }, unset: [] }
}

function renamed(word: string): string {
  const pair = parseKeyValue(word)
  return pair === null ? word : `${fieldName(pair.key)}=${pair.value}`
}
