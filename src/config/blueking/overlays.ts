import { foldName } from '../names.ts'
import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, given, itemsOf, placeOf, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import type { ModuleContext } from './context.ts'
import { numberOf } from './numbers.ts'
import { nameOf, NOT_IN_PROCFILE, ONE_PLACE } from './processes.ts'
import type { Described } from './processes.ts'
import { PLANS_3 } from './rules.ts'
import { addScaling, tellScalingDecides } from './scaling.ts'
import { addPlan } from './sizes.ts'
import { addVariables } from './variables.ts'

/** Adds what version 3 says for one environment. */
export function addOverlays(
  overlay: Value | undefined,
  all: readonly Described[],
  deployed: ReadonlyMap<string, Described>,
  context: ModuleContext,
): void {
  const { draft, reading } = context
  const names = new Set([...all.map(nameOf), ...deployed.keys()])
  const each = (list: string, add: (item: Value, path: string[], process: Described) => void): void => {
    const seen = new Set<string>()
    for (const item of itemsOf(child(overlay, list))) {
      const name = nameIn(item, names, context)
      const process = name === null ? undefined : deployed.get(name)
      if (name === null) continue
      if (process === undefined) {
        reading.keys.change(item, 'unsupported', NOT_IN_PROCFILE, ONE_PLACE)
        continue
      }
      const environment = textAt(item, 'envName') ?? ''
      const path = ['environments', environment, 'processes', name]
      if (seen.has(keyOf(path))) {
        const twice = `${list} of ${quote(name)} in ${environment} is here for the second time: this one counts`
        reading.warn(twice, { place: placeOf(item), hint: 'Leave out the one before it.' })
      }
      seen.add(keyOf(path))
      add(item, path, process)
    }
  }
  const scaled = new Set<string>()
  const keys = { name: 'name', environment: 'envName' }
  addVariables(itemsOf(child(overlay, 'envVariables')), keys, context)
  each('autoscaling', (item, path) => {
    scaled.add(keyOf(path))
    addScaling(item, path, context)
  })
  each('resQuotas', (item, path) => addPlan(given(item, 'plan'), PLANS_3, path, context))
  each('replicas', (item, path, { entry }) => {
    const count = child(item, 'count')
    if (count?.kind !== 'scalar') return
    const isScaled = scaled.has(keyOf(path)) || given(entry, 'autoscaling') !== undefined
    if (isScaled) tellScalingDecides(count, context)
    else draft.set([...path, 'demand_count'], numberOf(count))
  })
}

function keyOf(path: readonly string[]): string {
  return path.join('.')
}

/** The name of the process that an item is about; null after reporting that there is none. */
function nameIn(item: Value, names: ReadonlySet<string>, { reading }: ModuleContext): string | null {
  const type = child(item, 'process')
  const text = textAt(item, 'process') ?? ''
  const name = foldName(text)
  if (name !== null && names.has(name)) return name
  const meant = suggest(text, [...names])
  reading.error(`There is no process ${quote(text)}`, {
    place: type && placeOf(type),
    hint: meant === null ? `Processes are ${[...names].join(', ')}.` : `Did you mean ${quote(meant)}?`,
  })
  return null
}
