import { isDeepStrictEqual } from 'node:util'

import type {
  Build,
  EcsSettings,
  HealthCheck,
  LogSettings,
  Mounts,
  ProcessEcsSettings,
  RolloutSettings,
} from '../../app/app.ts'
import { Build as BuildSchema, HealthCheck as HealthCheckSchema } from './parts.ts'
import { Ecs, Logs } from './schema.ts'
import { ProcessEcs, Rollout } from './settings.ts'
import { asIs, command, duration, list, mapOf, orLeftOut } from './write-values.ts'
import type { Plain, PlainMap } from './write-yaml.ts'

/**
 * How each field is written where something else would be inherited, in the order of the file. Undefined: it cannot be,
 * as it is only there where nobody says anything. A field of the model that is not here does not compile.
 */
export type Fields<Of> = {
  readonly [Key in keyof Of]-?: (value: Of[Key], inherited: Of[Key], owner: Of) => Plain | undefined
}

/** The fields in which a value differs from what is inherited; undefined when one of them cannot be written. */
export function writeFields<Of extends object>(
  fields: Fields<Of>,
  value: Of,
  inherited: Of,
): PlainMap | undefined {
  const written = new Map<string, Plain>()
  for (const key of Object.keys(fields) as (keyof Of & string)[]) {
    if (isDeepStrictEqual(value[key], inherited[key])) continue
    const plain = fields[key](value[key], inherited[key], value)
    if (plain === undefined) return undefined
    written.set(key, plain)
  }
  return written
}

/** A map that counts as a whole: what it leaves out has Gantry's own default. */
export function whole<Of extends object>(fields: Fields<Of>, bare: Of): (value: Of) => PlainMap | undefined {
  return (value) => writeFields(fields, value, bare)
}

const BUILD: Fields<Build> = {
  context: asIs,
  dockerfile: orLeftOut(asIs),
  target: orLeftOut(asIs),
  args: mapOf(asIs),
  secrets: mapOf(asIs),
  platform: orLeftOut(asIs),
  ignore: list,
  include: list,
  max_age: orLeftOut(duration),
  command: orLeftOut(command),
}
const BARE_BUILD: Build = BuildSchema.parse({})

/** The keys of a build are inherited one by one, and `{}` clears them all. */
export function writeBuild(build: Build, inherited: Build): PlainMap | undefined {
  return isDeepStrictEqual(build, BARE_BUILD) ? new Map() : writeFields(BUILD, build, inherited)
}

/** The build of something that has one: it names at least one key, unless it clears them. */
export function writeOwnBuild(build: Build, inherited: Build): PlainMap | undefined {
  const written = writeBuild(build, inherited)
  return isDeepStrictEqual(build, BARE_BUILD) || written === undefined
    ? written
    : new Map([['context', build.context], ...written])
}

export const writeTopBuild = (build: Build): PlainMap => writeBuild(build, BARE_BUILD)!

const HEALTH_CHECK: Fields<HealthCheck> = {
  path: orLeftOut(asIs),
  command: orLeftOut(command),
  tcp: (isTcp) => (isTcp ? true : undefined),
  interval: duration,
  timeout: duration,
  retries: asIs,
  start_period: duration,
}
const writeCheck = whole(HEALTH_CHECK, HealthCheckSchema.parse({}))

/** An empty map clears: no check at all. */
export function check(value: HealthCheck | null): Plain | undefined {
  return value === null ? new Map() : writeCheck(value)
}

export const rollout = whole<RolloutSettings>(
  { overlap: asIs, on_failure: asIs, timeout: duration, min_up: duration },
  Rollout.parse({}),
)

export const processEcs = whole<ProcessEcsSettings>(
  {
    target_group: orLeftOut(asIs),
    service: orLeftOut(asIs),
    health_check_grace_period: orLeftOut(duration),
  },
  ProcessEcs.parse({}),
)

const ECS: Fields<EcsSettings> = {
  region: orLeftOut(asIs),
  cluster: orLeftOut(asIs),
  subnets: list,
  security_groups: list,
  assign_public_ip: asIs,
  namespace: orLeftOut(asIs),
  execution_role: orLeftOut(asIs),
  task_role: orLeftOut(asIs),
  scheduler_role: orLeftOut(asIs),
  exec: orLeftOut(asIs),
}
export const ecs = whole(ECS, Ecs.parse({}))
export const logs = whole<LogSettings>({ retention: orLeftOut(duration) }, Logs.parse({}))

export const variables = mapOf<string>(asIs)

/** A mount without a `source_path` has its own path there. */
export function mounts(all: Mounts): PlainMap {
  return new Map(
    Object.entries(all).map(([path, { source, source_path }]) => {
      const isOwn = source_path === path.replace(/^\//, '')
      return [
        path,
        new Map([['source', source], ...(isOwn ? [] : ([['source_path', source_path]] as const))]),
      ]
    }),
  )
}
