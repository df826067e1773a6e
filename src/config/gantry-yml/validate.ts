import type { z } from 'zod'

import { expectedBy, meantBy } from '../issues.ts'
import { foldName } from '../names.ts'
import type { Reading } from '../reading.ts'
import { VARIABLE_NAME } from '../secrets.ts'
import { suggest } from '../suggest.ts'
import { describeValue, quote, showPath } from '../text.ts'
import { child, nearest, placeOf, toPlain } from '../value.ts'
import type { Path, Table, Value } from '../value.ts'
import { GantryYml } from './schema.ts'
import { ProcessSettings } from './settings.ts'

const PROCESS_KEYS = Object.keys(ProcessSettings.shape)
const SECRET_HINT =
  'Keep the value with `gantry env set NAME --secret` and write `NAME: gantry`. If it stands here, change it: git keeps it.'
const BUILD_SECRET_HINT =
  'Export the value where the image is built and write `id: env:NAME`. If the value stands here, change it: git keeps it.'

type Issue = z.core.$ZodIssue
type Schema = z.core.$ZodType

/** Reports everything about a config that the schema refuses. */
export function validate(config: Table, reading: Reading): void {
  const reported = new Set<string>()
  for (const issue of issuesOf(GantryYml, config, [])) {
    const path = issue.path as Path
    // Of several rules that one value breaks, the first says enough.
    if (issue.code !== 'unrecognized_keys' && reported.has(showPath(path))) continue
    reported.add(showPath(path))
    if (issue.code === 'unrecognized_keys') reportUnknownKeys(issue.keys, path, config, reading)
    else if (issue.code === 'invalid_key') reportBadName(issue, path, config, reading)
    else reportBadValue(issue, path, config, reading)
  }
}

/** All issues. The schema stops at a bad name; what is under that name is checked as well. */
function issuesOf(schema: Schema, root: Value, base: Path): Issue[] {
  const result = (schema as z.ZodType).safeParse(toPlain(root))
  return (result.error?.issues ?? []).flatMap(inside).flatMap((issue) => {
    const own = { ...issue, path: [...base, ...issue.path] as PropertyKey[] }
    if (issue.code !== 'invalid_key') return [own]
    const path = issue.path as Path
    return [own, ...issuesOf(schemaAt(schema, path), nearest(root, path), [...base, ...path])]
  })
}

/** Of what may be one of several things and is one of them from the outside: what is wrong in it. */
function inside(issue: Issue): Issue[] {
  const meant =
    issue.code === 'invalid_union' && issue.errors.find((all) => all.every(({ path }) => path.length > 0))
  return meant
    ? meant.map((each) => ({ ...each, path: [...issue.path, ...each.path] })).flatMap(inside)
    : [issue]
}

function reportUnknownKeys(keys: readonly string[], path: Path, config: Table, reading: Reading): void {
  const schema = schemaAt(GantryYml, path)
  const allowed = Object.keys(shapeOf(schema))
  const where = path.length === 0 ? 'of gantry.yml' : `of ${showPath(path)}`
  for (const key of keys) {
    reading.error(`${quote(key)} is not a key ${where}`, {
      path: showPath([...path, key]),
      place: child(nearest(config, path), key)?.key ?? placeOf(nearest(config, path)),
      hint: hintForKey(key, allowed, path.length === 0),
    })
  }
}

function hintForKey(key: string, allowed: readonly string[], isTop: boolean): string {
  const meant = suggest(key, allowed)
  if (meant !== null) return `Did you mean ${quote(meant)}?`
  const setting = isTop ? suggest(key, PROCESS_KEYS) : null
  if (setting !== null) return `Put ${quote(setting)} under a process, or under "defaults" for all of them.`
  return `Allowed are ${allowed.join(', ')}.`
}

function reportBadName(issue: z.core.$ZodIssueInvalidKey, path: Path, config: Table, reading: Reading): void {
  const name = String(path.at(-1))
  const folded = foldName(name)
  const isVariable = isInside(path, ['env', 'args', 'secrets'])
  const rule = issue.issues[0]?.message ?? 'another one'
  reading.error(`${isHidden(path) ? 'This' : quote(name)} is not allowed as a name; it must be ${rule}`, {
    path: shownPath(path),
    place: nearest(config, path).key,
    hint: !isVariable && folded !== null && folded !== name ? `Did you mean ${quote(folded)}?` : undefined,
  })
}

function reportBadValue(issue: Issue, path: Path, config: Table, reading: Reading): void {
  const value = nearest(config, path)
  if (isMissing(config, path)) {
    const missing = shownPath(path)
    const hint = `It must be ${expectedBy(issue)}.`
    reading.error(`${missing} is missing`, { path: missing, place: value.key ?? placeOf(value), hint })
    return
  }
  const isNothing = value.kind === 'scalar' && value.value === null
  const expected = expectedBy(issue)
  // A pasted secret must not end up in a log.
  const isSecret = isInside(path, ['secrets']) && value.kind === 'scalar' && !isNothing
  const found = isSecret || reading.hides(placeOf(value)) ? '' : `; found ${describeValue(value)}`
  const shown = shownPath(path)
  reading.error(`${shown} must be ${expected}${found}`, {
    path: shown,
    place: placeOf(value),
    hint: isNothing ? emptyHint(expected) : isSecret ? secretHint(path) : suggestion(issue, value),
  })
}

function isMissing(config: Table, path: Path): boolean {
  const around = nearest(config, path.slice(0, -1))
  return around.kind === 'table' && !around.entries.has(String(path.at(-1)))
}

/** A path for people, without a last name that must not be seen. */
function shownPath(path: Path): string {
  return showPath(isHidden(path) ? path.slice(0, -1) : path)
}

/** Under `secrets` even what stands as a name may be a pasted secret. */
function isHidden(path: Path): boolean {
  return isInside(path, ['secrets']) && !VARIABLE_NAME.test(String(path.at(-1)))
}

function secretHint(path: Path): string {
  return isInside(path, ['build']) ? BUILD_SECRET_HINT : SECRET_HINT
}

function emptyHint(expected: string): string {
  return expected === 'a map'
    ? 'Write {} for an empty map, or leave the key out.'
    : 'Give it a value, or leave the key out. An empty text is "".'
}

function suggestion(issue: Issue, value: Value): string | undefined {
  const meant = meantBy(issue, value)
  return meant === null ? undefined : `Did you mean ${quote(meant)}?`
}

/** Whether a path leads into a map of variables with one of these names. */
function isInside(path: Path, names: readonly string[]): boolean {
  const settings = path[0] === 'environments' ? path.slice(2) : path
  const own = settings[0] === 'processes' || settings[0] === 'tasks' ? settings.slice(2) : settings
  return own.some((key) => names.includes(String(key)))
}

function schemaAt(schema: Schema, path: Path): Schema {
  return path.reduce<Schema>((at, key) => below(at, key)!, schema)
}

/** What may stand under a key or at an index; undefined where nothing may. */
function below(schema: Schema, key: Path[number]): Schema | undefined {
  const { valueType, element, shape } = defOf(schema)
  const item = typeof key === 'number' ? element : undefined
  const found = [valueType, item, shape?.[String(key)]].find((each) => each !== undefined)
  return found ?? optionsOf(schema).flatMap((each) => below(each, key) ?? [])[0]
}

function shapeOf(schema: Schema): Record<string, Schema> {
  return Object.assign({}, defOf(schema).shape, ...optionsOf(schema).map(shapeOf)) as Record<string, Schema>
}

interface Definition {
  shape?: Record<string, Schema>
  /** Of a map of any names. */
  valueType?: Schema
  /** Of a list. */
  element?: Schema
  options?: readonly Schema[]
}

function defOf(schema: Schema): Definition {
  return unwrapped(schema)._zod.def as Definition
}

/** What a value may be, where it may be one of several things. */
function optionsOf(schema: Schema): readonly Schema[] {
  return defOf(schema).options ?? []
}

/** The schema without what makes it optional, gives it a default or transforms it. */
function unwrapped(schema: Schema): Schema {
  const def = schema._zod.def as { type: string; innerType?: Schema; in?: Schema }
  const inner = def.innerType ?? (def.type === 'pipe' ? def.in : undefined)
  return inner === undefined ? schema : unwrapped(inner)
}
