import { isEmpty } from './value.ts'
import type { Table, Value } from './value.ts'

/** Replaced as one thing: their keys exclude each other. */
const CHECKS = new Set(['health_check', 'readiness'])

type Combine = (base: Value, over: Value, key: string) => Value

/**
 * Lays one config over another. The maps of processes and tasks merge by name, a process merges by key, and so do the
 * maps of settings in it; scalars and lists are replaced. An empty map of settings clears what is below it. A health
 * check is replaced as one thing: its keys exclude each other.
 */
export function overlay(base: Table, over: Table): Table {
  return merge(base, over, (below, above, key) =>
    key === 'processes' || key === 'tasks'
      ? mergeTables(below, above, overlayComponent)
      : overlaySetting(below, above, key),
  )
}

/** Lays the keys of one map over those of another, each as a whole; an empty map clears. */
export function overlayKeys(base: Value, over: Value): Value {
  return isEmpty(over) ? over : mergeTables(base, over, (_, above) => above)
}

function overlayComponent(base: Value, over: Value): Value {
  return mergeTables(base, over, overlaySetting)
}

function overlaySetting(base: Value, over: Value, key: string): Value {
  return isEmpty(over) || CHECKS.has(key) ? over : mergeTables(base, over, overlaySetting)
}

function mergeTables(base: Value, over: Value, combine: Combine): Value {
  return base.kind === 'table' && over.kind === 'table' ? merge(base, over, combine) : over
}

function merge(base: Table, over: Table, combine: Combine): Table {
  const entries = new Map(base.entries)
  for (const [key, above] of over.entries) {
    const below = entries.get(key)
    entries.set(key, below === undefined ? above : combine(below, above, key))
  }
  return { ...base, entries }
}
