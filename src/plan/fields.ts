import { isDeepStrictEqual } from 'node:util'

import { FIELD_NAMES, type FieldName } from '../app/fields.ts'
import { showImage, type Image } from '../app/image.ts'
import type { OwnedFields, ProcessSpec, ProcessState } from '../app/spec.ts'
import type { FieldChange, Owner } from './types.ts'

/** Shown entry by entry: `env.LOG_LEVEL`; containers deeper. */
const MAPS: ReadonlySet<FieldName> = new Set([
  'env',
  'secrets',
  'variables',
  'health_check',
  'readiness',
  'mounts',
  'depends_on',
  'rollout',
  'ecs',
  'placement',
])

/** `containers.proxy.env.LOG_LEVEL` */
const CONTAINER_DEPTH = 3

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
  const depth = field === 'containers' ? CONTAINER_DEPTH : MAPS.has(field) ? 1 : 0
  return differences(field, shown(field, before), shown(field, after), depth)
}

/** What differs, down to entries of so many maps inside of each other. */
function differences(path: string, from: unknown, to: unknown, depth: number): Omit<FieldChange, 'owner'>[] {
  if (depth === 0 || !isMap(from) || !isMap(to)) {
    return [{ field: path, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }]
  }
  const [old, now] = [new Map(Object.entries(from)), new Map(Object.entries(to))]
  const names = [...new Set([...old.keys(), ...now.keys()])]
  return names
    .filter((name) => !isDeepStrictEqual(old.get(name), now.get(name)))
    .flatMap((name) => differences(`${path}.${name}`, old.get(name), now.get(name), depth - 1))
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function shown(field: FieldName, spec: ProcessSpec): unknown {
  if (field === 'image') return shownImage(spec.image)
  if (field !== 'containers') return spec[field]
  return Object.fromEntries(
    Object.entries(spec.containers).map(([name, { image, ...rest }]) => [
      name,
      { image: shownImage(image), ...rest },
    ]),
  )
}

function shownImage(image: Image): string {
  return image.kind === 'pinned' ? image.reference : showImage(image)
}

function ownerOf(field: FieldName, ...owned: OwnedFields[]): Owner {
  return BY_HAND.has(field) || owned.some((each) => Object.hasOwn(each, field)) ? 'operator' : 'config'
}

/** Whether a value of the config comes or goes because a variable of that name goes or comes. */
function byVariable(field: string, before: ProcessSpec, after: ProcessSpec): boolean {
  const name = /^(?:env|secrets)\.(.*)$/s.exec(field)?.[1]
  return name !== undefined && [before, after].some((spec) => Object.hasOwn(spec.variables, name))
}
