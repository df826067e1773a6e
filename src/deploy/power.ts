import { isDeepStrictEqual } from 'node:util'

import type { App, EcsSettings, SecretReference } from '../app/app.ts'
import type { Diagnostic } from '../app/errors.ts'

/** What an admin has decided where somebody else pushes the config: what the file says of it may only be the same. */
export interface Power {
  ecs: EcsSettings
  /** Secrets that the file may name: `ssm:/shop/` is all below it. Those that are set by hand need none. */
  secret_prefixes: readonly string[]
  /** Target groups that processes may be in: who is in one gets its traffic. */
  target_groups: readonly string[]
}

/** Kept with the app itself: whoever set them by hand could do so. */
const SET_BY_HAND = 'gantry'

/**
 * What an app asks for and is not given, an error each.
 *
 * @param isWritten whether the value at a path is somebody's who pushed it; a default asks for nothing
 */
export function powerProblems(app: App, power: Power, isWritten: (path: string) => boolean): Diagnostic[] {
  return [
    ...settingProblems(app, power.ecs, isWritten),
    ...targetGroupProblems(app, power.target_groups),
    ...serviceProblems(app),
    ...secretProblems(app, power.secret_prefixes),
  ]
}

function settingProblems(app: App, allowed: EcsSettings, isWritten: (path: string) => boolean): Diagnostic[] {
  return (Object.keys(app.ecs) as (keyof EcsSettings)[]).flatMap((key) => {
    const path = `ecs.${key}`
    if (!isWritten(path) || isDeepStrictEqual(claimOf(app.ecs[key]), claimOf(allowed[key]))) return []
    const set = shown(allowed[key])
    return problem(
      path,
      `${path} is a setting of the app here, and is ${set === '' ? 'not set' : set}: it cannot be ${shown(app.ecs[key]) || 'empty'}`,
      `leave it out, or have an admin set it: gantry app set ${app.name} ${key}=${shown(app.ecs[key])}`,
    )
  })
}

function targetGroupProblems(app: App, allowed: readonly string[]): Diagnostic[] {
  return app.processes.flatMap(({ name, ecs: { target_group } }) => {
    if (target_group === null || allowed.includes(target_group)) return []
    return problem(
      `processes.${name}.ecs.target_group`,
      `the target group ${target_group} is not one of this app's here`,
      `an admin allows it: gantry app set ${app.name} target_groups=${[...allowed, target_group].join(',')}`,
    )
  })
}

/** `shop--production--web`: Gantry's own name for the service of a process. */
const SERVICE = /^[a-z0-9-]+?--[a-z0-9-]+?--/

/** What is there and is not the app's the engine leaves alone; but its name would be taken where it is yet to come. */
function serviceProblems({ name: app, environment, processes }: App): Diagnostic[] {
  return processes.flatMap(({ name, ecs: { service } }) => {
    if (service === null || !SERVICE.test(service) || service.startsWith(`${app}--${environment}--`))
      return []
    return problem(
      `processes.${name}.ecs.service`,
      `the name ${service} is that of a service of another app`,
      'leave it out, or call it something else',
    )
  })
}

function secretProblems(app: App, allowed: readonly string[]): Diagnostic[] {
  const told = new Set<string>()
  return secretsOf(app).flatMap(([path, reference]) => {
    if (reference === SET_BY_HAND || told.has(reference)) return []
    if (allowed.some((prefix) => isUnder(reference, prefix))) return []
    told.add(reference)
    const under = allowed.length === 0 ? 'none' : allowed.join(', ')
    return problem(
      path,
      `the secret ${reference} is not one of this app's here: it may name ${under}`,
      `an admin allows it: gantry app set ${app.name} secret_prefixes=${[...allowed, reference].join(',')}; or set it by hand: gantry env set --secret`,
    )
  })
}

/** Every secret that is asked for, by the path where it stands in the resolved app. */
function secretsOf(app: App): [path: string, reference: SecretReference][] {
  const at = (path: string, { secrets }: { secrets: Readonly<Record<string, SecretReference>> }) =>
    Object.entries(secrets).map(([name, reference]): [string, string] => [
      `${path}secrets.${name}`,
      reference,
    ])
  return [
    ...app.processes.flatMap((process) => [
      ...at(`processes.${process.name}.`, process),
      ...Object.entries(process.containers).flatMap(([name, container]) =>
        at(`processes.${process.name}.containers.${name}.`, container),
      ),
    ]),
    ...app.tasks.flatMap((task) => at(`tasks.${task.name}.`, task)),
    ...at('', app),
  ]
}

/** Itself, or what is below it: `ssm:/shop` is not `ssm:/shop-admin`, and a key of a secret is below the secret. */
function isUnder(reference: string, prefix: string): boolean {
  if (!reference.startsWith(prefix)) return false
  const next = reference[prefix.length]
  return prefix.endsWith('/') || next === undefined || next === '/' || next === '#'
}

/** The order of a list says nothing, and neither does what is off or not there. */
function claimOf(value: EcsSettings[keyof EcsSettings]): unknown {
  return Array.isArray(value) ? value.toSorted() : value || null
}

function shown(value: EcsSettings[keyof EcsSettings]): string {
  return Array.isArray(value) ? value.join(',') : String(value ?? '')
}

function problem(path: string, message: string, hint: string): Diagnostic {
  return { severity: 'error', path, message, hint }
}
