import { createHash } from 'node:crypto'

import { canonicalJson } from '../../../app/canonical-json.ts'
import { FIELD_NAMES, FIELDS } from '../../../app/fields.ts'
import type { ProcessSpec, TaskSpec } from '../../../app/spec.ts'

/** Docker labels of the container: what the definition was made from, and the hash of what was made. */
export const LABEL = { spec: 'gantry.spec', hash: 'gantry.hash' } as const

/** What of a process is in its task definition: every field that replaces instances. The rest is the service's. */
export type DefinitionFields = Omit<
  ProcessSpec,
  | 'name'
  | 'disabled'
  | 'demand_count'
  | 'spot_count'
  | 'scale_count'
  | 'scale_type'
  | 'autoscaling_cpu_threshold'
  | 'autoscaling_memory_threshold'
  | 'rollout'
>

const DEFINITION = FIELD_NAMES.filter((field) => FIELDS[field] === 'definition')

/**
 * The label that a spec comes back from: the definition of ECS does not know a shell line from a list, nor a content
 * key. Of a task the same fields, as far as it has them.
 */
export function writeLabel(spec: ProcessSpec | TaskSpec): string {
  const entries = Object.entries(spec).filter(([field]) => (DEFINITION as string[]).includes(field))
  return canonicalJson(Object.fromEntries(entries))
}

/** What a label says; nothing where there is none, or one that is not ours. */
export function readLabel(label: string | undefined): Partial<DefinitionFields> {
  try {
    const value: unknown = JSON.parse(label ?? '{}')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/**
 * Identifies what is registered. A part of SHA-256, so that it fits into a tag of 256 characters behind the longest
 * `family:n`.
 */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32)
}
