import { child, derived, placeOf, scalar } from '../value.ts'
import type { Value } from '../value.ts'
import { byBlueKing } from './context.ts'
import type { ModuleContext } from './context.ts'
import { numberOf } from './numbers.ts'

/** Percent of CPU at which the only policy scales (blueking-paas operator: ScalingPolicyDefault). */
const DEFAULT_POLICY_CPU = 85

/** Adds counts and threshold of an autoscaler, to a process or to the overlay of one. */
export function addScaling(scaling: Value, path: readonly string[], { draft, reading }: ModuleContext): void {
  const least = child(scaling, 'minReplicas')
  const most = child(scaling, 'maxReplicas')
  if (least?.kind !== 'scalar' || most?.kind !== 'scalar') return
  const extra = Number(most.value) - Number(least.value)
  if (extra < 0) {
    reading.error('maxReplicas must be at least minReplicas', { place: placeOf(most) })
    return
  }
  draft.set([...path, 'demand_count'], numberOf(least))
  draft.set([...path, 'scale_count'], derived(extra, most))
  // In the overlay of an environment, one count for least and most ends the scaling that there is below it.
  draft.set([...path, 'scale_type'], derived(extra === 0 ? 'none' : 'demand', most))
  if (extra === 0) return
  draft.set([...path, 'autoscaling_cpu_threshold'], scalar(DEFAULT_POLICY_CPU, byBlueKing))
}

/** Says of a number of instances that it does not count beside an autoscaler. */
export function tellScalingDecides(count: Value, { reading }: ModuleContext): void {
  const how = 'autoscaling decides: there are at least minReplicas'
  reading.keys.change(count, 'approximated', how, 'Leave out the count, or the autoscaling.')
}
