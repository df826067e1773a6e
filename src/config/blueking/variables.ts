import { child, placeOf } from '../value.ts'
import type { Value } from '../value.ts'
import { whyNoVariable } from '../variable-names.ts'
import type { ModuleContext } from './context.ts'
import { GLOBAL } from './rules.ts'

/** How a list of variables spells its keys. */
export interface VariableKeys {
  name: string
  environment: string | null
}

/** Adds the variables of a list, each to all environments or to the one that it names. */
export function addVariables(
  items: readonly Value[],
  keys: VariableKeys,
  { draft, reading }: ModuleContext,
): void {
  const seen = new Map<string, Value>()
  for (const item of items) {
    const name = child(item, keys.name)
    const value = child(item, 'value')
    const environment = keys.environment === null ? undefined : child(item, keys.environment)
    if (name?.kind !== 'scalar' || value === undefined) continue
    const refused = whyNoVariable(name.text)
    if (refused !== null) {
      reading.keys.change(name, 'unsupported', refused.text, refused.hint)
      continue
    }
    const of =
      environment?.kind === 'scalar' && environment.text !== GLOBAL ? ['environments', environment.text] : []
    const path = [...of, 'env', name.text]
    const before = seen.get(path.join('.'))
    if (before !== undefined) {
      reading.warn(`${name.text} is here for the second time: this value counts`, {
        place: placeOf(name),
        hint: 'Leave out the one before it.',
      })
    }
    seen.set(path.join('.'), name)
    draft.set(path, { ...value, key: placeOf(name)! })
  }
}
