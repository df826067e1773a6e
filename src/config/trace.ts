import type { App } from '../app/app.ts'
import type { Component } from './inherit.ts'
import type { Provenance } from './provenance.ts'
import type { Table, Value } from './value.ts'

/**
 * Where each value of a resolved app came from, by its path: `app`, `processes.web.env.LOG_LEVEL`. Lists and commands
 * are one value, and so is an empty map.
 */
export function trace(app: App, config: Table, components: readonly Component[]): Record<string, Provenance> {
  const found: Record<string, Provenance> = {}
  const { name, environment: _, processes, tasks, ...settings } = app
  traceLeaves({ app: name, ...settings }, config, '', found)
  const written = new Map(components.map((each) => [`${each.kind}.${each.name}`, each.settings]))
  for (const [kind, members] of Object.entries({ processes, tasks })) {
    for (const { name, ...member } of members) {
      traceLeaves(member, written.get(`${kind}.${name}`), `${kind}.${name}.`, found)
    }
  }
  return found
}

function traceLeaves(
  resolved: object,
  written: Value | undefined,
  prefix: string,
  found: Record<string, Provenance>,
): void {
  for (const [key, value] of Object.entries(resolved) as [string, unknown][]) {
    const origin = written?.kind === 'table' ? written.entries.get(key) : written
    if (isMap(value) && Object.keys(value).length > 0) traceLeaves(value, origin, `${prefix}${key}.`, found)
    else found[prefix + key] = origin?.origin ?? { kind: 'default' }
  }
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
