import { isDeepStrictEqual } from 'node:util'

import type { Clock } from '../../../app/clock.ts'
import type { Account } from '../account.ts'
import { damaged, decode, encode, partNames, readHead, type Encoded } from './document-format.ts'
import { ParameterStore, type Parameter } from './parameter-store.ts'

/** How often a document is read, a second apart, while its parts do not fit together. */
const READ_ATTEMPTS = 4

/**
 * JSON values of any size in SSM parameters. The head is written last: whoever reads, and whenever a writer dies, gets
 * the old value or the new one, whole.
 */
export class Documents {
  readonly store: ParameterStore
  readonly #clock: Clock

  constructor(account: Account) {
    this.store = new ParameterStore(account)
    this.#clock = account.clock
  }

  /** Those that exist, by name: one call for ten names, and more only where a value is large. */
  async read<T>(names: readonly string[]): Promise<Map<string, T>> {
    return this.resolve<T>(await this.store.get(names))
  }

  /** The values of heads that were read together with something else. */
  async resolve<T>(heads: ReadonlyMap<string, Parameter>): Promise<Map<string, T>> {
    const values = new Map<string, T>()
    let open = heads
    for (let attempt = 1; ; attempt++) {
      const decoded = await this.#decode<T>(open)
      for (const [name, found] of decoded) if (found !== null) values.set(name, found.value)
      const incomplete = [...decoded].flatMap(([name, found]) => (found === null ? [name] : []))
      if (incomplete.length === 0) return values
      if (attempt === READ_ATTEMPTS) throw damaged(incomplete[0]!)
      // Replaced while it was read, most likely.
      await this.#clock.sleep(1)
      open = await this.store.get(incomplete)
    }
  }

  /**
   * Whether it was written; false when there was one already. The same value counts as written: an answer that was lost
   * makes the client ask again. So what two may create at once needs something of its own in it.
   */
  async create(name: string, value: unknown): Promise<boolean> {
    const encoded = await encode(value)
    await this.#putRest(name, encoded)
    if ((await this.store.put(name, encoded.head, { overwrite: false })) !== null) return true
    return (await this.store.get([name])).get(name)?.value === encoded.head
  }

  /** Writes it over whatever there is. Parts of a value before it stay, for `prune` to find. */
  async write(name: string, value: unknown): Promise<void> {
    await this.#put(name, value)
  }

  /**
   * Reads, changes and writes; writes nothing when nothing changes. The lock keeps writers apart; this keeps the change of
   * one who lost it without knowing. SSM cannot compare and swap, but says which version a write became: when another's
   * came in between, the change is made again on top of that one. So `change` may be called more than once, and must come
   * to the same when applied twice.
   */
  async update<T>(name: string, change: (value: T | undefined) => T): Promise<T> {
    const base = (await this.store.get([name])).get(name)
    let value = base && (await this.resolve<T>(new Map([[name, base]]))).get(name)
    let current = { value, version: base?.version ?? 0, head: base }
    for (;;) {
      const next = change(value)
      if (isDeepStrictEqual(next, current.value)) return next
      const version = await this.#put(name, next)
      if (current.head !== undefined) await this.#deleteRest(name, current.head)
      // The first of all versions: what was read is deleted.
      if (version === 1 || version === current.version + 1) return next
      const head = await this.#overwritten(name, version - 1)
      const found = head && (await this.#decode<T>(new Map([[name, head]]))).get(name)
      if (found == null) return next
      value = found.value
      current = { value: next, version, head }
    }
  }

  async #overwritten(name: string, version: number): Promise<Parameter | undefined> {
    for (let attempt = 1; attempt <= READ_ATTEMPTS; attempt++) {
      const found = await this.store.version(name, version)
      if (found !== null) return found
      await this.#clock.sleep(1)
    }
    return undefined
  }

  async #put(name: string, value: unknown): Promise<number> {
    const encoded = await encode(value)
    await this.#putRest(name, encoded)
    return (await this.store.put(name, encoded.head, { overwrite: true }))!
  }

  async #putRest(name: string, { hash, rest }: Encoded): Promise<void> {
    const names = partNames(name, { hash, parts: rest.length + 1 })
    for (const [index, text] of rest.entries()) {
      await this.store.put(names[index]!, text, { overwrite: true })
    }
  }

  async #deleteRest(name: string, { value }: Parameter): Promise<void> {
    await this.store.delete(partNames(name, readHead(name, value)))
  }

  /** Null: its parts do not fit together. */
  async #decode<T>(heads: ReadonlyMap<string, Parameter>): Promise<Map<string, { value: T } | null>> {
    const parsed = [...heads].map(([name, { value }]) => ({ name, head: readHead(name, value) }))
    const parts = await this.store.get(parsed.flatMap(({ name, head }) => partNames(name, head)))
    const entries = parsed.map(async ({ name, head }) => {
      const rest = partNames(name, head).map((part) => parts.get(part)?.value)
      return [name, await decode<T>(name, head, rest)] as const
    })
    return new Map(await Promise.all(entries))
  }
}
