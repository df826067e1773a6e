import { UserError } from '../app/errors.ts'
import type { AppChange } from '../server/apps.ts'
import { parseKeyValues } from './key-values.ts'

type Reader = (key: string, text: string) => unknown

const text: Reader = (_key, value) => value
/** Nothing takes it away. */
const optional: Reader = (_key, value) => (value === '' ? null : value)
const list: Reader = (_key, value) => (value === '' ? [] : value.split(',').map((each) => each.trim()))

const flag: Reader = (key, value) => {
  if (value === 'true' || value === 'false') return value === 'true'
  throw new UserError(`${key} is true or false, not ${JSON.stringify(value)}`)
}

const engine: Reader = (key, value) => {
  if (value === 'local' || value === 'ecs') return value
  throw new UserError(`${key} is local or ecs, not ${JSON.stringify(value)}`)
}

const OWN: Readonly<Record<string, Reader>> = {
  branch: text,
  allow_force: flag,
  environment: text,
  engine,
  secret_prefixes: list,
  target_groups: list,
}

/** As `ecs` of gantry.yml has them. */
const OF_ECS: Readonly<Record<string, Reader>> = {
  region: optional,
  cluster: optional,
  subnets: list,
  security_groups: list,
  assign_public_ip: flag,
  namespace: optional,
  execution_role: optional,
  task_role: optional,
  scheduler_role: optional,
  exec: flag,
}

/** What the settings of an app are called, for help. */
export const SETTINGS = [...Object.keys(OWN), ...Object.keys(OF_ECS)].join(', ')

/**
 * Reads the `key=value` words of `app create` and `app set`; lists have commas between their items.
 *
 * @throws UserError
 */
export function readAppSettings(words: readonly string[]): AppChange {
  const values = parseKeyValues(words)
  const unknown = Object.keys(values).find((key) => !Object.hasOwn({ ...OWN, ...OF_ECS }, key))
  if (unknown !== undefined) {
    throw new UserError(`an app has no setting ${unknown}`, { hint: `there are ${SETTINGS}` })
  }
  const read = (readers: Readonly<Record<string, Reader>>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) =>
        Object.hasOwn(readers, key) ? [[key, readers[key]!(key, value)]] : [],
      ),
    )
  const ecs = read(OF_ECS)
  return { ...read(OWN), ...(Object.keys(ecs).length > 0 && { ecs }) }
}
