import type { App, Process, Task } from '../app/app.ts'
import { Ecs, GantryYml, Logs } from './gantry-yml/schema.ts'
import { Build, HealthCheck, ProcessSettings, TaskSettings } from './gantry-yml/settings.ts'
import type { Component } from './inherit.ts'
import { child, isEmpty, table, toPlain, toText } from './value.ts'
import type { Table, Value } from './value.ts'

const NOTHING = table([], { kind: 'default' })
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
  const { build, env, secrets, expose, health_check, ...rest } = ProcessSettings.parse(
    plainSettings(settings),
  )
  const checked = child(settings, 'health_check') ?? NOTHING
  return {
    name,
    ...rest,
    build: build ?? Build.parse({}),
    env: env ?? {},
    secrets: secrets ?? {},
    placement: null,
    expose: expose ?? (name === 'web' ? 'public' : 'none'),
    // An empty map clears: no check at all.
    health_check: isEmpty(checked) ? null : (health_check ?? HealthCheck.parse({})),
  }
}

function resolveTask({ name, settings }: Component): Task {
  const { build, env, secrets, max_hours, ...rest } = TaskSettings.parse(plainSettings(settings))
  return {
    name,
    ...rest,
    build: build ?? Build.parse({}),
    env: env ?? {},
    secrets: secrets ?? {},
    placement: null,
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
const TEXTS = new Set(['env', 'args', 'command'])

function plainSettings(settings: Value): unknown {
  if (settings.kind !== 'table') return toPlain(settings)
  const entries = [...settings.entries].map(([key, value]) => [
    key,
    TEXTS.has(key) ? toText(value) : plainSettings(value),
  ])
  return Object.fromEntries(entries)
}
