import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, given, itemsOf, placeOf, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import type { ModuleContext } from './context.ts'
import { nameOf } from './processes.ts'
import type { Described } from './processes.ts'
import { addScaling } from './scaling.ts'
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
  const each = (list: string, add: (item: Value, path: string[], process: Described) => void): void => {
    for (const item of itemsOf(child(overlay, list))) {
      const process = processOf(item, all, context)
      if (process === null || !deployed.has(nameOf(process))) continue
      add(item, ['environments', textAt(item, 'envName') ?? '', 'processes', nameOf(process)], process)
    }
  }
  const key = { name: 'name', environment: 'envName' }
  addVariables(itemsOf(child(overlay, 'envVariables')), key, context)
  each('autoscaling', (item, path) => addScaling(item, path, context))
  each('resQuotas', (item, path) => addPlan(child(item, 'plan'), path, context))
  each('replicas', (item, path, { entry }) => {
    const count = child(item, 'count')!
    if (given(entry, 'autoscaling') === undefined) draft.set([...path, 'demand_count'], count)
    else {
      const how = 'autoscaling decides: there are at least minReplicas'
      reading.keys.change(count, 'approximated', how)
    }
  })
}

function processOf(item: Value, all: readonly Described[], { reading }: ModuleContext): Described | null {
  const type = child(item, 'process')
  const text = textAt(item, 'process') ?? ''
  const found = all.find((each) => each.type === text)
  if (found !== undefined) return found
  const meant = suggest(
    text,
    all.map((each) => each.type),
  )
  reading.error(`There is no process ${quote(text)}`, {
    place: type && placeOf(type),
    hint: meant === null ? undefined : `Did you mean ${quote(meant)}?`,
  })
  return null
}
