import type { Reading } from '../reading.ts'
import { child, derived, entriesOf, placeOf, table, toPlain } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { whyNoVariable } from '../variable-names.ts'

/**
 * The environment that `variables` make: those with the prefix `env` under their names in capitals, and all others
 * together in `PLATFORM_VARIABLES`, as JSON in base64 (platformsh-docs: development/variables). Null where it has none.
 */
export function readVariables(instance: Value, reading: Reading): Table | null {
  const variables = child(instance, 'variables')
  if (variables === undefined) return null
  const env = new Map<string, Value>()
  const others: [string, unknown][] = []
  for (const [prefix, group] of entriesOf(variables)) {
    if (prefix === 'php') continue
    for (const [name, value] of entriesOf(group)) {
      if (prefix === 'env') addVariable(name, value, env, reading)
      else others.push([`${prefix}:${name}`, toPlain(value)])
    }
  }
  if (others.length > 0) {
    const packed = Buffer.from(JSON.stringify(Object.fromEntries(others))).toString('base64')
    env.set('PLATFORM_VARIABLES', derived(packed, variables))
  }
  return table(env, variables.origin)
}

function addVariable(written: string, value: Value, env: Map<string, Value>, reading: Reading): void {
  const name = written.toUpperCase()
  const wrong = whyNoVariable(name)
  if (wrong !== null) {
    reading.keys.change(value, 'unsupported', wrong.text, wrong.hint)
    return
  }
  if (value.kind === 'scalar' && value.value === null) return
  if (env.has(name)) {
    reading.warn(`${name} is here for the second time: this value counts`, {
      place: value.key ?? placeOf(value),
      hint: 'Leave one of them out.',
    })
  }
  env.set(name, value.kind === 'scalar' ? value : derived(JSON.stringify(toPlain(value)), value))
}
