import type { AppId } from '../../../app/app.ts'
import type { Variable } from '../../engine.ts'
import { newer } from './document-format.ts'
import { readVariableParameter, variablesParameter } from './parameter-names.ts'
import type { DescribedParameter } from './parameter-store.ts'

/**
 * What is set, in one document, so that a deployment need not list parameters. It follows from the list. The last entry of
 * what was unset stays in it: a list that is behind brings nothing back, and no version comes again for another value.
 */
export interface Mirror {
  format: 1
  /** The last entry of each variable: by name, and the process that it is for. */
  entries: Entry[]
}

/** One change of a variable, with a parameter of its own: it was set to the value there, or unset. */
export interface Entry {
  name: string
  /** Null: reaches every process and task. */
  process: string | null
  /** Counted up for the name, whichever process it is for. */
  version: number
  kind: 'plain' | 'secret' | 'unset'
  /** Milliseconds since the epoch, by SSM. */
  modified: number
}

export interface ListedEntry extends Entry {
  keyId: string | null
}

/** Seconds after which a list shows what was written, whoever's clock counts them. */
const LISTED_AFTER = 120

const EMPTY: Mirror = { format: 1, entries: [] }

/** The mirror as it was read, or that of an app that has none yet. */
export function readMirror(app: AppId, read: unknown): Mirror {
  const mirror = (read ?? EMPTY) as Mirror
  if (mirror.format !== EMPTY.format) throw newer(variablesParameter(app))
  return mirror
}

export function variablesOf({ entries }: Mirror): Variable[] {
  return entries.flatMap(({ name, process, version, kind }) =>
    kind === 'unset' ? [] : { name, process, version, secret: kind === 'secret' },
  )
}

/** What a mirror becomes when this is listed now, in milliseconds since the epoch. */
export function mirrorOf(listed: readonly ListedEntry[], before: Mirror, now: number): Mirror {
  const names = new Set(listed.map(idOf))
  // What other hands deleted is not set any more.
  const isGone = (entry: Entry) => !names.has(idOf(entry)) && now - entry.modified > LISTED_AFTER * 1_000
  const known = before.entries.map((entry) => (isGone(entry) ? { ...entry, kind: 'unset' as const } : entry))
  const last = new Map<string, Entry>()
  for (const { name, process, version, kind, modified } of [...known, ...listed]) {
    const key = keyOf({ name, process })
    if (version >= (last.get(key)?.version ?? 0)) last.set(key, { name, process, version, kind, modified })
  }
  return { format: 1, entries: [...last].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry) }
}

export function lastOf({ entries }: Mirror, variable: Pick<Entry, 'name' | 'process'>): Entry | undefined {
  return entries.find((each) => keyOf(each) === keyOf(variable))
}

/** What the parameter of an entry is described as, for people who look at it and for `readEntry`. */
export function describe({ kind, process }: Pick<Entry, 'kind' | 'process'>): string {
  const done = kind === 'unset' ? 'unset' : 'set'
  return process === null ? done : `${done} for ${process}`
}

/** Null: no variable's parameter. */
export function readEntry(app: AppId, parameter: DescribedParameter): ListedEntry | null {
  const place = readVariableParameter(app, parameter.name)
  if (place === null) return null
  const { type, description, keyId, modified } = parameter
  // What other hands made may be described in any way: it reaches everything.
  const [, done = 'set', process = null] = /^(set|unset)(?: for (\S+))?$/.exec(description) ?? []
  const kind = done === 'unset' ? 'unset' : type === 'SecureString' ? 'secret' : 'plain'
  return { ...place, process, kind, keyId, modified }
}

/** Of one value. */
export function idOf({ name, version }: Pick<Entry, 'name' | 'version'>): string {
  return `${name}/${version}`
}

function keyOf({ name, process }: Pick<Entry, 'name' | 'process'>): string {
  return `${process ?? ''}/${name}`
}
