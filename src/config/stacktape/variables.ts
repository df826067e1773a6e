import { child, derived, given, itemsOf, placeOf, scalar } from '../value.ts'
import type { Value } from '../value.ts'
import { whyNoVariable } from '../variable-names.ts'
import { said, warnTwice } from './context.ts'
import type { StackContext, Target } from './context.ts'
import { byStacktape } from './rules.ts'

/** Where a web service listens: on every address (docs.stacktape.com, web services). */
const HOST = '0.0.0.0'

const AS_WRITTEN = 'the code gets it as it is written; Stacktape makes a number, true or false of it first'
const QUOTE_HINT = 'Put it in quotes, as the code is to get it.'

/** Adds the variables of a list: values to `env`, references to secrets to `secrets`. */
export function addVariables(path: Target, list: Value | undefined, context: StackContext): void {
  const { draft, reading, directives } = context
  const found = new Map<string, { at: 'env' | 'secrets'; value: Value }>()
  for (const item of itemsOf(list)) {
    const name = given(item, 'name')
    const value = child(item, 'value')
    if (name?.kind !== 'scalar' || value?.kind !== 'scalar') continue
    const wrong = whyNoVariable(name.text)
    if (wrong !== null) {
      reading.keys.change(name, 'unsupported', wrong.text, wrong.hint)
      continue
    }
    if (found.has(name.text)) {
      warnTwice(name, context)
      found.delete(name.text)
    }
    const unknown = directives.reasonFor(value)
    if (unknown === undefined) {
      if (String(value.value) !== value.text)
        reading.keys.change(value, 'approximated', AS_WRITTEN, QUOTE_HINT)
      found.set(name.text, { at: 'env', value: { ...value, key: placeOf(name)! } })
    } else if (unknown.reference !== undefined) {
      reading.keys.change(value, 'honoured', `under \`secrets\`: ${unknown.reference}`)
      const reference = derived(unknown.reference, value)
      found.set(name.text, { at: 'secrets', value: { ...reference, key: placeOf(name)! } })
    } else tellUnknown(path, name.text, value, context)
  }
  for (const [name, { at, value }] of found) draft.set([...path, at, name], value)
}

/** The address to listen on that Stacktape gives to web services, unless the file has another one. */
export function addHost(path: Target, list: Value | undefined, { draft }: StackContext): void {
  const isNamed = itemsOf(list).some((item) => {
    const name = given(item, 'name')
    return name?.kind === 'scalar' && name.text === 'HOST'
  })
  if (!isNamed) draft.set([...path, 'env', 'HOST'], scalar(HOST, byStacktape))
}

function tellUnknown(path: Target, name: string, value: Value, context: StackContext): void {
  const { reading, directives } = context
  const isGiven = said(context, path).some((own) =>
    ['env', 'secrets'].some((key) => child(child(own, key), name) !== undefined),
  )
  if (isGiven) reading.keys.change(value, 'honoured', 'gantry.yml has its value')
  else
    reading.keys.change(
      value,
      'unsupported',
      directives.reasonFor(value)!.text,
      `Set it with \`gantry env set ${name}\`.`,
    )
}
