import { isDeepStrictEqual } from 'node:util'

import { sameImage } from './image.ts'
import type { ProcessSpec } from './spec.ts'

/**
 * What a change of a field does to instances: `definition` replaces them, `count` adds or removes some, `state` starts
 * or stops them all, `setting` is used at the next occasion and touches none.
 */
export type FieldKind = 'definition' | 'count' | 'state' | 'setting'

export type FieldName = Exclude<keyof ProcessSpec, 'name'>

/** Every field of a spec, in the order in which people want to read them. */
export const FIELDS: Readonly<Record<FieldName, FieldKind>> = {
  image: 'definition',
  entry_point: 'definition',
  command: 'definition',
  pre_start: 'definition',
  restarts: 'definition',
  disabled: 'state',
  demand_count: 'count',
  spot_count: 'count',
  scale_count: 'count',
  scale_type: 'count',
  autoscaling_cpu_threshold: 'count',
  autoscaling_memory_threshold: 'count',
  cpu: 'definition',
  memory: 'definition',
  ephemeral_storage_gb: 'definition',
  expose: 'definition',
  port: 'definition',
  env: 'definition',
  secrets: 'definition',
  variables: 'definition',
  health_check: 'definition',
  readiness: 'definition',
  mounts: 'definition',
  containers: 'definition',
  depends_on: 'definition',
  stop_timeout: 'definition',
  rollout: 'setting',
  ecs: 'definition',
  placement: 'definition',
}

export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[]

/** The fields in which two specs differ. */
export function differingFields(a: ProcessSpec, b: ProcessSpec): FieldName[] {
  return FIELD_NAMES.filter((field) =>
    field === 'image' ? !sameImage(a.image, b.image) : !isDeepStrictEqual(a[field], b[field]),
  )
}

/** Whether going from one spec to the other needs new instances. */
export function replacesInstances(a: ProcessSpec, b: ProcessSpec): boolean {
  return differingFields(a, b).some((field) => FIELDS[field] === 'definition')
}
