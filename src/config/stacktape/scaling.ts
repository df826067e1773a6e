import { child, derived, given, placeOf, scalar } from '../value.ts'
import type { Value } from '../value.ts'
import { isUnknown } from './context.ts'
import type { StackContext, Target } from './context.ts'
import { byStacktape } from './rules.ts'

/** Percent at which Stacktape scales where nothing is said; it always looks at both CPU and memory. */
const DEFAULT_TARGET = 80

const TARGETS = {
  keepAvgCpuUtilizationUnder: 'autoscaling_cpu_threshold',
  keepAvgMemoryUtilizationUnder: 'autoscaling_memory_threshold',
} as const

/** Adds the count, and what autoscaling adds to it. */
export function addScaling(path: Target, scaling: Value | undefined, context: StackContext): void {
  const { draft, reading } = context
  if (scaling === undefined) return
  const [least, most] = ['minInstances', 'maxInstances'].map((key) => given(scaling, key))
  const min = least?.kind === 'scalar' ? Number(least.value) : 1
  const max = most?.kind === 'scalar' ? Number(most.value) : 1
  const isOpen = isUnknown(child(scaling, 'maxInstances'), context)
  if (max < min && !isOpen) {
    reading.error(`maxInstances must be at least minInstances, which is ${min}; found ${max}`, {
      place: placeOf(most ?? least!),
      hint: most === undefined ? 'Without it, it is 1.' : undefined,
    })
    return
  }
  if (least !== undefined) draft.set([...path, 'demand_count'], least)
  const policy = given(scaling, 'scalingPolicy')
  if (most === undefined || max === min) {
    if (policy !== undefined && !isOpen)
      reading.keys.change(policy, 'honoured', 'there is nothing to scale: minInstances is maxInstances')
    return
  }
  draft.set([...path, 'scale_count'], derived(max - min, most))
  draft.set([...path, 'scale_type'], derived('demand', most))
  for (const [key, threshold] of Object.entries(TARGETS)) {
    draft.set([...path, threshold], given(policy, key) ?? scalar(DEFAULT_TARGET, byStacktape))
  }
}
