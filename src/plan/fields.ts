import { isDeepStrictEqual } from 'node:util'

import { FIELD_NAMES, type FieldName } from '../app/fields.ts'
import { showImage } from '../app/image.ts'
import type { OwnedFields, ProcessSpec, ProcessState } from '../app/spec.ts'
import type { FieldChange, Owner } from './types.ts'

/** Shown entry by entry: `env.LOG_LEVEL`. */
const MAPS: ReadonlySet<FieldName> = new Set([
  'env',
  'secrets',
  'variables',
  'health_check',
  'rollout',
  'ecs',
  'placement',
])

/** Only ever changed by hand. */
const BY_HAND: ReadonlySet<FieldName> = new Set(['variables', 'restarts'])

/** What a person wants to know of a new process. */
const OF_A_NEW_PROCESS = ['image', 'command', 'demand_count', 'spot_count', 'cpu', 'memory'] as const

/** What differs in the fields named, entry by entry, and which fields only change hands. */
export function fieldChanges(
  before: ProcessState,
  after: ProcessState,
  differing: readonly FieldName[],
): FieldChange[] {
  const differs = new Set(differing)
  return FIELD_NAMES.flatMap((field) => {
    if (!differs.has(field)) return changeOfOwner(field, before, after)
    const owner = ownerOf(field, before.owned, after.owned)
    return entries(field, before.spec, after.spec).map((entry) => ({
      ...entry,
      owner: byVariable(entry.field, before.spec, after.spec) ? 'operator' : owner,
    }))
  })
}

export function fieldsOfNew({ spec, owned }: ProcessState): FieldChange[] {
  return OF_A_NEW_PROCESS.filter(
    (field) => spec[field] !== null && (field !== 'spot_count' || spec[field] > 0),
  ).map((field) => ({ field, to: shown(field, spec), owner: ownerOf(field, owned) }))
}

/** Equality never hands a field back, so an owner can change where the value does not: then `from` and `to` are equal. */
function changeOfOwner(field: FieldName, before: ProcessState, after: ProcessState): FieldChange[] {
  if (Object.hasOwn(before.owned, field) === Object.hasOwn(after.owned, field)) return []
  const value = shown(field, after.spec)
  return [{ field, from: value, to: value, owner: ownerOf(field, after.owned) }]
}

function entries(field: FieldName, before: ProcessSpec, after: ProcessSpec): Omit<FieldChange, 'owner'>[] {
  const [from, to] = [before[field], after[field]]
  if (!MAPS.has(field) || from === null || to === null) {
    return [{ field, from: shown(field, before), to: shown(field, after) }]
  }
  const [old, now] = [new Map(Object.entries(from)), new Map(Object.entries(to))]
  const names = [...new Set([...old.keys(), ...now.keys()])]
  return names
    .filter((name) => !isDeepStrictEqual(old.get(name), now.get(name)))
    .map((name) => ({
      field: `${field}.${name}`,
      ...(old.has(name) && { from: old.get(name) }),
      ...(now.has(name) && { to: now.get(name) }),
    }))
}

function shown(field: FieldName, spec: ProcessSpec): unknown {
  if (field !== 'image') return spec[field]
  return spec.image.kind === 'pinned' ? spec.image.reference : showImage(spec.image)
}

function ownerOf(field: FieldName, ...owned: OwnedFields[]): Owner {
  return BY_HAND.has(field) || owned.some((each) => Object.hasOwn(each, field)) ? 'operator' : 'config'
}

/** Whether a value of the config comes or goes because a variable of that name goes or comes. */
function byVariable(field: string, before: ProcessSpec, after: ProcessSpec): boolean {
  const name = /^(?:env|secrets)\.(.*)$/s.exec(field)?.[1]
  return name !== undefined && [before, after].some((spec) => Object.hasOwn(spec.variables, name))
}
