import type { z } from 'zod'

import type { App, Condition, Container, Process, Task } from '../app/app.ts'
import { Ecs, GantryYml, Logs } from './gantry-yml/schema.ts'
import type { ContainerSettings } from './gantry-yml/containers.ts'
import { Build, type HealthCheck, type Mounts } from './gantry-yml/parts.ts'
import { ProcessSettings, TaskSettings } from './gantry-yml/settings.ts'
import type { Component } from './inherit.ts'
import { child, entriesOf, isEmpty, table, toPlain, toText } from './value.ts'
import type { Table, Value } from './value.ts'

/** Who waits for this waits for the end. */
const ENDS: ReadonlySet<Condition> = new Set(['completed', 'succeeded'])
const DEPLOYMENT_TASK_HOURS = 1
const TASK_HOURS = 24

/** What the caller knows and the config may not say: the app's name, where no `app:` gives one, and the environment. */
export interface AppNames {
  name: string
  environment: string
}

/** The app of a valid config: every default filled in, every value in the unit of the app model. */
export function resolve(config: Table, components: readonly Component[], names: AppNames): App {
  const top = GantryYml.parse(withoutComponents(config))
  return {
    name: top.app ?? names.name,
    environment: names.environment,
    engine: top.engine,
    env: top.env ?? {},
    secrets: top.secrets ?? {},
    build: top.build ?? Build.parse({}),
    processes: components.filter((each) => each.kind === 'processes').map(resolveProcess),
    tasks: components.filter((each) => each.kind === 'tasks').map(resolveTask),
    logs: top.logs ?? Logs.parse({}),
    ecs: top.ecs ?? Ecs.parse({}),
  }
}

function resolveProcess({ name, settings }: Component): Process {
  const {
    build,
    env,
    secrets,
    mounts,
    containers,
    depends_on,
    expose,
    health_check,
    readiness,
    connect_to,
    ...rest
  } = ProcessSettings.parse(plainSettings(settings))
  const waits = depends_on ?? {}
  return {
    name,
    ...rest,
    build: build ?? Build.parse({}),
    env: env ?? {},
    secrets: secrets ?? {},
    mounts: resolveMounts(mounts),
    placement: null,
    expose: expose ?? (name === 'web' ? 'public' : 'none'),
    health_check: resolveCheck(child(settings, 'health_check'), health_check),
    readiness: resolveCheck(child(settings, 'readiness'), readiness),
    containers: resolveContainers(containers ?? {}, waits, child(settings, 'containers')),
    depends_on: waits,
    connect_to: connect_to ?? {},
  }
}

function resolveContainers(
  containers: Readonly<Record<string, ContainerSettings>>,
  waits: Process['depends_on'],
  written: Value | undefined,
): Process['containers'] {
  const all = [waits, ...Object.values(containers).map((each) => each.depends_on ?? {})]
  const ending = new Set(all.flatMap((each) => Object.keys(each).filter((name) => ENDS.has(each[name]!))))
  return Object.fromEntries(
    Object.entries(containers).map(([name, container]) => {
      const { build, env, secrets, essential, depends_on, health_check, mounts, ...rest } = container
      const resolved: Container = {
        ...rest,
        build: build ?? null,
        env: env ?? {},
        secrets: secrets ?? {},
        essential: essential ?? !ending.has(name),
        depends_on: depends_on ?? {},
        health_check: resolveCheck(child(child(written, name), 'health_check'), health_check),
        mounts: resolveMounts(mounts),
      }
      return [name, resolved]
    }),
  )
}

/** An empty map clears: no check at all. */
function resolveCheck(
  written: Value | undefined,
  check: z.output<typeof HealthCheck> | undefined,
): Process['health_check'] {
  return written === undefined || isEmpty(written) ? null : (check ?? null)
}

function resolveMounts(mounts: z.output<typeof Mounts> | undefined): Process['mounts'] {
  return Object.fromEntries(
    Object.entries(mounts ?? {}).map(([path, { source, source_path }]) => [
      path,
      { source, source_path: source_path ?? path.replace(/^\//, '') },
    ]),
  )
}

function resolveTask({ name, settings }: Component): Task {
  const { build, env, secrets, mounts, max_hours, connect_to, ...rest } = TaskSettings.parse(
    plainSettings(settings),
  )
  return {
    name,
    ...rest,
    build: build ?? Build.parse({}),
    env: env ?? {},
    secrets: secrets ?? {},
    mounts: resolveMounts(mounts),
    placement: null,
    connect_to: connect_to ?? {},
    max_hours: max_hours ?? (rest.run === null ? TASK_HOURS : DEPLOYMENT_TASK_HOURS),
  }
}

function withoutComponents(config: Table): unknown {
  const entries = ['app', 'engine', 'env', 'secrets', 'build', 'logs', 'ecs'].flatMap((key) => {
    const value = child(config, key)
    return value === undefined ? [] : [[key, value] as const]
  })
  return plainSettings(table(entries, config.origin))
}

// Where scalars are texts: a version 1.10 is not the number 1.1.
const TEXTS = new Set(['env', 'args', 'entry_point', 'command', 'pre_start', 'iam_role_statements'])

/** Settings that hold settings again. All other maps have names that may be any. */
const PARTS = new Set(['build', 'health_check', 'readiness'])

function plainSettings(settings: Value): unknown {
  if (settings.kind !== 'table') return toPlain(settings)
  return Object.fromEntries([...settings.entries].map(([key, value]) => [key, plainSetting(key, value)]))
}

function plainSetting(key: string, value: Value): unknown {
  if (TEXTS.has(key)) return toText(value)
  if (key === 'containers') return plainContainers(value)
  return PARTS.has(key) ? plainSettings(value) : toPlain(value)
}

/** Their names may be any. */
function plainContainers(containers: Value): unknown {
  return Object.fromEntries(entriesOf(containers).map(([name, each]) => [name, plainSettings(each)]))
}
