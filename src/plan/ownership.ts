import type { Process } from '../app/app.ts'
import { FIELD_NAMES } from '../app/fields.ts'
import type { OwnedFields, OwnedParts } from '../app/spec.ts'
import { mergedParts } from './parts.ts'
import type { ProcessFields } from './specs.ts'
import type { KeptField } from './types.ts'
import { shadowedFields, type Versions } from './variables.ts'

/** What an operator does to one process. */
export interface Operation {
  process: string
  /** Make it: nothing of this name may be there. */
  create?: boolean
  /** Remove it, which only what an operator made can be. */
  delete?: boolean
  /** Fields to own from now on. An image of null or '' is handed back. */
  set?: OwnedFields
  /** Entries of fields that are maps, to own with the others of that map as they are then. */
  parts?: OwnedParts
  /** Fields to hand back to the config. */
  unset?: readonly string[]
  /** Replace its instances although nothing differs. */
  restart?: boolean
}

/** The fields that the operator owns after an operation. `says` is what lies under them. */
export function operated(owned: OwnedFields, says: ProcessFields, operation: Operation): OwnedFields {
  const handedBack = new Set(operation.unset)
  // Start is the inverse of stop: it leaves nothing behind where the config wants the process to run.
  if (operation.set?.disabled === false && !says.disabled) handedBack.add('disabled')
  const parts = mergedParts({ ...says, ...owned }, operation.parts)
  return pinnedOnly(omit({ ...owned, ...operation.set, ...parts }, handedBack))
}

/** The fields that the operator owns after a roll-back: all but the image, which is what the release had. */
export function rolledBack(owned: OwnedFields, image: string | undefined): OwnedFields {
  return { ...omit(owned, new Set(['image'])), ...(image && { image }) }
}

/** Every field that the operator owns and what the config says there; `says` is null where it does not name the process. */
export function keptFields(
  owned: OwnedFields,
  says: Process | null,
  env: Pick<Process, 'env' | 'secrets'>,
  variables: Versions,
): KeptField[] {
  const fields = FIELD_NAMES.filter((field) => Object.hasOwn(owned, field)) as (keyof OwnedFields)[]
  return [
    ...fields.map((field) => ({ field, value: owned[field], ...(says && { config: says[field] }) })),
    ...shadowedFields(env, variables).map((each) => ({ ...each, value: null })),
  ]
}

function pinnedOnly(owned: OwnedFields): OwnedFields {
  return owned.image ? owned : omit(owned, new Set(['image']))
}

function omit(owned: OwnedFields, fields: ReadonlySet<string>): OwnedFields {
  return Object.fromEntries(Object.entries(owned).filter(([field]) => !fields.has(field)))
}
