import { child, derived, placeOf, scalar } from '../value.ts'
import type { Value } from '../value.ts'
import { byBlueKing } from './context.ts'
import type { ModuleContext } from './context.ts'

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
  draft.set([...path, 'demand_count'], least)
  // Nothing to scale: the autoscaler would be reported as one that never acts.
  if (extra === 0) return
  draft.set([...path, 'scale_count'], derived(extra, most))
  draft.set([...path, 'scale_type'], derived('demand', most))
  const policy = child(scaling, 'policy')
  draft.set(
    [...path, 'autoscaling_cpu_threshold'],
    policy === undefined ? scalar(DEFAULT_POLICY_CPU, byBlueKing) : derived(DEFAULT_POLICY_CPU, policy),
  )
}
