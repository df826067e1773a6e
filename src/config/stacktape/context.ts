import type { Draft } from '../draft.ts'
import type { Reading } from '../reading.ts'
import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, itemsOf, placeOf, textAt } from '../value.ts'
import type { Scalar, Table, Value } from '../value.ts'
import type { Directives } from './directives.ts'
import type { Names } from './names.ts'

/** What the readers of the parts of a file work with. */
export interface StackContext {
  reading: Reading
  /** The config that they write. */
  draft: Draft
  directives: Directives
  names: Names
  /** Days for which output is to be kept, of each container that was read and wants any. */
  retentions: Scalar[]
  /** The folder of the file: paths in it begin there. */
  folder: string
  /** All resources of the file, by name. */
  resources: ReadonlyMap<string, Value>
  /** The same names as a list. */
  resourceNames: readonly string[]
  /** And by the type of the resource. */
  namesByType: ReadonlyMap<string, readonly string[]>
  /** The gantry.yml that is going to be laid over it. */
  over: Table | null
  environment: string
}

/** Where a process, a task or a container stands in the config: `['processes', 'web', 'containers', 'proxy']`. */
export type Target = readonly ['processes' | 'tasks', string, ...string[]]

/** The words of a list; null where there is none, or where one of them cannot be known here. */
export function wordsOf(list: Value | undefined): string[] | null {
  if (list?.kind !== 'list') return null
  const words = list.items.map((each) => (each.kind === 'scalar' && each.value !== null ? each.text : null))
  return words.every((each) => each !== null) ? words : null
}

/** Whether a value is asked for that cannot be known here. */
export function isUnknown(value: Value | undefined, { directives }: StackContext): boolean {
  return value !== undefined && directives.reasonFor(value) !== undefined
}

/** What gantry.yml says of a process, task or container: for this environment, and for all. */
export function said({ over, environment }: StackContext, target: Target): Value[] {
  const own = over ?? undefined
  return [child(child(own, 'environments'), environment), own].flatMap(
    (each) => target.reduce(child, each) ?? [],
  )
}

/**
 * Reports what an app cannot do without and what cannot be known here, unless gantry.yml has one of these keys for it.
 * Gives whether it does.
 */
export function refuseUnknown(
  what: string,
  [target, ...keys]: readonly [Target, ...string[]],
  at: Value | undefined,
  context: StackContext,
): boolean {
  if (said(context, target).some((own) => keys.some((key) => child(own, key) !== undefined))) return true
  context.reading.error(`${what} cannot be known here`, {
    place: at && placeOf(at),
    hint: `Name it in gantry.yml, as \`${keys[0]}\` of ${target.join('.')}.`,
  })
  return false
}

/** Warns of the second of two values of one name in a list. */
export function warnTwice(name: Scalar, { reading }: StackContext): void {
  reading.warn(`${name.text} is here for the second time: this value counts`, {
    place: placeOf(name),
    hint: 'Leave out the first one.',
  })
}

/** Names that are looked at for what was meant; a file may have thousands. */
const CANDIDATES = 100

/** Reports that something which a value names is not there. */
export function reportMissing(
  what: string,
  name: Scalar,
  names: readonly string[],
  { reading }: StackContext,
): void {
  const meant = suggest(name.text, names.slice(0, CANDIDATES))
  reading.error(`There is no ${what} ${quote(name.text)}`, {
    place: placeOf(name),
    hint: meant === null ? undefined : `Did you mean ${quote(meant)}?`,
  })
}

/** Reports a name that no resource of a type has. One whose type cannot be known here may have it. */
export function checkReference(type: string, name: Value | undefined, context: StackContext): void {
  if (name?.kind !== 'scalar') return
  const found = context.resources.get(name.text)
  if (found !== undefined && (textAt(found, 'type') ?? type) === type) return
  reportMissing(type, name, context.namesByType.get(type) ?? [], context)
}

/** Says that the false of a switch needs nothing: it is what happens anyway. */
export function honourFalse(
  flags: readonly (Value | undefined)[],
  context: Pick<StackContext, 'reading'>,
): void {
  for (const flag of flags) honourUsual(false, flag, context)
}

/** Says that a key needs nothing where what decides about it, by default its own value, is what happens anyway. */
export function honourUsual(
  usual: Scalar['value'],
  decisive: Value | undefined,
  { reading }: Pick<StackContext, 'reading'>,
  key: Value | undefined = decisive,
): void {
  if (key === undefined || decisive?.kind !== 'scalar' || decisive.value !== usual) return
  reading.keys.change(key, 'honoured', `${decisive.text}, as it is here`)
}

/** The items of a list that are maps. */
export function tablesOf(list: Value | undefined): Table[] {
  return itemsOf(list).filter((each) => each.kind === 'table')
}
