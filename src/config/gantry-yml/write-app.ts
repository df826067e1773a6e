import { isDeepStrictEqual } from 'node:util'

import type { App } from '../../app/app.ts'
import { canonicalJson } from '../../app/canonical-json.ts'
import { PROCESS, TASK } from './write-components.ts'
import { ecs, logs, variables, writeBuild, writeFields, writeTopBuild } from './write-fields.ts'
import { silentApp } from './write-silent.ts'
import type { Plain, PlainMap } from './write-yaml.ts'

/** A config in two forms: as short as it can be said, and with all that can be said at all. */
export interface Said {
  short: PlainMap
  full: PlainMap
}

/** What goes into `defaults`, by key: values of the model. */
export type Shared = ReadonlyMap<string, unknown>

type Settings = Readonly<Record<string, unknown>>
type AnyFields = Readonly<
  Record<string, (value: unknown, inherited: unknown, owner: unknown) => Plain | undefined>
>

/** A process or task, with what it would be if it said nothing. */
interface Member {
  kind: 'processes' | 'tasks'
  name: string
  fields: AnyFields
  value: Settings
  silent: Settings
}

/** Keys that may go into `defaults`. What tells components apart never does. */
const SHAREABLE: readonly (keyof typeof PROCESS)[] = [
  'image',
  'env',
  'secrets',
  'mounts',
  'cpu',
  'memory',
  'ephemeral_storage_gb',
  'stop_timeout',
  'rollout',
  'connect_to',
  'access',
  'iam_role_statements',
]

/**
 * What several components have in common: where the file gets shorter by saying it once, and all others can say what
 * they have instead, in every environment. The first app decides.
 */
export function sharedSettings(apps: readonly App[]): Shared {
  const [first = [], ...others] = apps.map((app) => membersOf(app, sayTop(app, false).short))
  return new Map(
    SHAREABLE.flatMap((key) => {
      const own = first.filter(({ fields }) => Object.hasOwn(fields, key))
      const value = mostCommon(own.map((each) => each.value[key]))
      const now = own.filter((each) => !isDeepStrictEqual(each.value[key], each.silent[key])).length
      const then = 1 + own.filter((each) => !isDeepStrictEqual(each.value[key], value)).length
      const all = [own, ...others].flat()
      return then < now && all.every((each) => canSay(each, key, value)) ? [[key, value] as const] : []
    }),
  )
}

function canSay({ fields, value }: Member, key: string, inherited: unknown): boolean {
  const write = fields[key]
  if (write === undefined || isDeepStrictEqual(value[key], inherited)) return true
  return write(value[key], inherited, value) !== undefined
}

function mostCommon(values: readonly unknown[]): unknown {
  const counts = Map.groupBy(values, canonicalJson)
  return [...counts.values()].toSorted((a, b) => b.length - a.length)[0]?.[0]
}

/** @param isNamed whether the config is to say the app's name */
export function sayApp(app: App, { isNamed, shared }: { isNamed: boolean; shared: Shared }): Said {
  const top = sayTop(app, isNamed)
  const defaults = new Map([...defaultBuild(app, top.short), ...sayShared(shared)])
  const above = (all: PlainMap): PlainMap =>
    defaults.size === 0 ? all : new Map([...all, ['defaults', defaults]])
  const members = membersOf(app, above(top.short))
  return {
    short: new Map([...above(top.short), ...sayMembers(members, shortOf)]),
    full: new Map([...above(top.full), ...sayMembers(members, fullOf)]),
  }
}

function sayTop(app: App, isNamed: boolean): Said {
  const fixed = new Map<string, Plain>()
  if (isNamed) fixed.set('app', app.name)
  if (app.engine !== 'local') fixed.set('engine', app.engine)
  const maps: [string, PlainMap][] = [
    ['build', writeTopBuild(app.build)],
    ['env', variables(app.env)],
    ['secrets', variables(app.secrets)],
    ['logs', logs(app.logs)!],
    ['ecs', ecs(app.ecs)!],
  ]
  return {
    short: new Map([...fixed, ...maps.filter(([, map]) => map.size > 0)]),
    full: new Map([...fixed, ...maps]),
  }
}

function sayShared(shared: Shared): [string, Plain][] {
  const fields = PROCESS as AnyFields
  return [...shared].map(([key, value]) => [key, fields[key]!(value, undefined, undefined)!])
}

/**
 * What components inherit as their build, where that cannot be the build of the top level: one that is pinned cannot
 * name a build, and what is inherited cannot be unsaid key by key.
 */
function defaultBuild(app: App, top: PlainMap): [string, Plain][] {
  const pinned = [...app.processes, ...app.tasks].find(({ image }) => image !== null)
  const candidates = [undefined, new Map<string, Plain>(), pinned && writeBuild(pinned.build, app.build)]
  const fits = (build: PlainMap | undefined): boolean => {
    const defaults: PlainMap = new Map(build === undefined ? [] : [['defaults', new Map([['build', build]])]])
    return membersOf(app, new Map([...top, ...defaults])).every(({ value, silent, fields }) =>
      value['image'] !== null || isDeepStrictEqual(value['build'], silent['build'])
        ? isDeepStrictEqual(value['build'], silent['build'])
        : fields['build']!(value['build'], silent['build'], value) !== undefined,
    )
  }
  const found = candidates.find(fits)
  return found === undefined ? [] : [['build', found]]
}

function membersOf(app: App, top: PlainMap): Member[] {
  const silent = silentApp(top, app, app)
  // It has to be told when a task runs, as other defaults hang on that.
  silent.tasks = silent.tasks.map((each) => ({ ...each, run: null }))
  const of = (kind: Member['kind'], fields: object): Member[] =>
    app[kind].map((each, index) => ({
      kind,
      name: each.name,
      fields: fields as AnyFields,
      value: each as unknown as Settings,
      silent: silent[kind][index] as unknown as Settings,
    }))
  return [...of('processes', PROCESS), ...of('tasks', TASK)]
}

function sayMembers(members: readonly Member[], say: (member: Member) => PlainMap): [string, PlainMap][] {
  const kinds = (['processes', 'tasks'] as const).map((kind): [string, PlainMap] => [
    kind,
    new Map(members.filter((each) => each.kind === kind).map((each) => [each.name, say(each)])),
  ])
  const some = kinds.filter(([, all]) => all.size > 0)
  // No map at all would be taken for a mistake.
  return some.length > 0 ? some : [['processes', new Map()]]
}

function shortOf({ name, fields, value, silent }: Member): PlainMap {
  const written = writeFields(fields, value, silent)
  if (written === undefined) throw new Error(`${name} has what no gantry.yml can say`)
  return written
}

/** Without the build: what of it can be said hangs on what is inherited. */
function fullOf({ fields, value }: Member): PlainMap {
  return new Map(
    Object.entries(fields).flatMap(([key, write]) => {
      const plain = key === 'build' ? undefined : write(value[key], undefined, value)
      return plain === undefined ? [] : [[key, plain] as const]
    }),
  )
}
