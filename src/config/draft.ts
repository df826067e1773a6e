import type { Provenance } from './provenance.ts'
import { table } from './value.ts'
import type { Table, Value } from './value.ts'

interface Branch {
  at: Value | null
  entries: Map<string, Branch | Value>
}

/** A config in the terms of `gantry.yml` that a reader of another format puts together, setting by setting. */
export class Draft {
  readonly #root: Branch = { at: null, entries: new Map() }
  readonly #origin: Provenance

  constructor(origin: Provenance) {
    this.#origin = origin
  }

  /** Puts a value at a path. The maps above it come to be, and count as written where their first value is. */
  set(path: readonly string[], value: Value): void {
    const last = path.at(-1)!
    this.#branch(path.slice(0, -1), value).entries.set(last, value)
  }

  /** Puts all entries of a map at a path. */
  lay(path: readonly string[], values: Table): void {
    for (const [key, value] of values.entries) this.set([...path, key], value)
  }

  /** Makes a map come to be at a path, also one that stays empty, as written where this value is. */
  open(path: readonly string[], at: Value): void {
    const branch = this.#branch(path, at)
    branch.at = at
  }

  table(): Table {
    return build(this.#root, this.#origin)
  }

  #branch(path: readonly string[], at: Value): Branch {
    let branch = this.#root
    for (const key of path) {
      let next = branch.entries.get(key)
      if (next === undefined || 'kind' in next) {
        next = { at, entries: new Map() }
        branch.entries.set(key, next)
      }
      branch = next
    }
    return branch
  }
}

function build({ at, entries }: Branch, origin: Provenance): Table {
  const own = at?.origin ?? origin
  const values = [...entries].map(([key, each]) => [key, 'kind' in each ? each : build(each, own)] as const)
  return { ...table(values, own), ...(at?.key && { key: at.key }) }
}
