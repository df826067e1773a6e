import type { Component, SecretReference } from '../app/app.ts'
import type { ProcessSpec } from '../app/spec.ts'
import type { Variable } from '../engine/engine.ts'

/** Variables set by hand: name to the version of the value. */
export type Versions = Record<string, number>

/** What the config says, as far as variables can win over it. */
type Says = Pick<Component, 'env' | 'secrets'>

/** Which variables reach a process; null: a task. */
export type Reach = (process: string | null) => Versions

/** The reference of a secret whose value is a variable: `API_KEY: gantry`. */
const SET_BY_HAND: SecretReference = 'gantry'

/** A variable of one process wins over one that reaches everything. */
export function reachOf(variables: readonly Variable[]): Reach {
  const everywhere = versions(variables.filter((each) => each.process === null))
  const own = Map.groupBy(variables, (each) => each.process)
  return (process) => {
    const specific = process === null ? undefined : own.get(process)
    return specific === undefined ? everywhere : { ...everywhere, ...versions(specific) }
  }
}

/** What stays of the config's env and secrets where a variable of the same name wins. */
export function unshadowed(says: Says, variables: Versions): Says {
  return {
    env: without(says.env, shadowedEnv(says, variables)),
    secrets: without(says.secrets, shadowedSecrets(says, variables)),
  }
}

/** The config's env and secrets that variables win over, as fields: `env.LOG_LEVEL`. */
export function shadowedFields(says: Says, variables: Versions): { field: string; config: string }[] {
  return [
    ...shadowedEnv(says, variables).map((name) => ({ field: `env.${name}`, config: says.env[name]! })),
    ...shadowedSecrets(says, variables).map((name) => ({
      field: `secrets.${name}`,
      config: says.secrets[name]!,
    })),
  ]
}

/** The secrets that are to be set by hand and are not. */
export function missingSecrets({
  secrets,
  variables,
}: {
  secrets: Says['secrets']
  variables: Versions
}): string[] {
  return Object.entries(secrets)
    .filter(([name, reference]) => reference === SET_BY_HAND && !Object.hasOwn(variables, name))
    .map(([name]) => name)
}

/** The same of a process and of what runs beside it. */
export function missingSecretsOf({ secrets, variables, containers }: ProcessSpec): string[] {
  const all = [secrets, ...Object.values(containers).map((each) => each.secrets)]
  return [...new Set(all.flatMap((each) => missingSecrets({ secrets: each, variables })))]
}

function shadowedEnv({ env }: Says, variables: Versions): string[] {
  return Object.keys(variables).filter((name) => Object.hasOwn(env, name))
}

// A `gantry` secret is the variable: there is nothing to win over.
function shadowedSecrets({ secrets }: Says, variables: Versions): string[] {
  return Object.keys(variables).filter(
    (name) => Object.hasOwn(secrets, name) && secrets[name] !== SET_BY_HAND,
  )
}

function versions(variables: readonly Variable[]): Versions {
  return Object.fromEntries(variables.map((each) => [each.name, each.version]))
}

function without(record: Record<string, string>, names: readonly string[]): Record<string, string> {
  if (names.length === 0) return record
  const dropped = new Set(names)
  return Object.fromEntries(Object.entries(record).filter(([name]) => !dropped.has(name)))
}
