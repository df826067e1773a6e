import type { UnmetOfProcess } from '../app/unmet.ts'
import type { Component } from './inherit.ts'
import type { Reading } from './reading.ts'
import { child, itemsOf, placeOf, entriesOf } from './value.ts'
import type { Value } from './value.ts'

/** Why nothing comes of what is kept, and what to do about it: for the file of any system. */
export const UNMET: Readonly<Record<keyof UnmetOfProcess, { text: string; hint: string }>> = {
  connect_to: {
    text: 'no permissions, network rules and variables come from it',
    hint: 'Allow it to the role under `ecs.task_role` and the groups under `ecs.security_groups`, and set addresses with `gantry env set`.',
  },
  access: {
    text: 'shells are for who has a token of the server with the scope `operate`, or on ECS a right in IAM',
    hint: 'Give tokens and rights to those alone who may have a shell.',
  },
  iam_role_statements: {
    text: 'Gantry makes no roles',
    hint: 'Add the statements to the role that `ecs.task_role` in gantry.yml names.',
  },
  instance_types: {
    text: 'instances run on Fargate, or on this machine',
    hint: 'Say the size of an instance with `cpu` and `memory`.',
  },
  enable_warm_pool: {
    text: 'no stopped instances are kept',
    hint: 'Let more instances run: `demand_count`.',
  },
}

/**
 * Warns of what is kept and does nothing yet, once where it is written. The files of other systems have their own
 * catalogues, which have told.
 */
export function warnOfUnmet(components: readonly Component[], reading: Reading): void {
  const told = new Set(reading.keys.list().map(({ place }) => place.file))
  for (const { kind, name, settings } of components) {
    for (const [key, { text, hint }] of Object.entries(UNMET)) {
      const value = child(settings, key)
      if (value === undefined || saysNothing(value)) continue
      // Of what is laid over the file of another system, only its entries say where it stands.
      const parts = [value, ...entriesOf(value).map(([, each]) => each)]
      const places = parts.flatMap((each) => each.key ?? placeOf(each) ?? [])
      const place = places.find(({ file }) => !told.has(file))
      if (place === undefined) continue
      const path = value.origin.kind === 'inherited' ? value.origin.from : `${kind}.${name}.${key}`
      reading.warn(`${path} is kept, and does nothing yet: ${text}`, { path, place, hint })
    }
  }
}

function saysNothing(value: Value): boolean {
  if (value.kind === 'scalar') return value.value === false
  return itemsOf(value).length + entriesOf(value).length === 0
}
