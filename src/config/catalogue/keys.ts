import type { Reading } from '../reading.ts'
import { itemsOf } from '../value.ts'
import type { Value } from '../value.ts'
import type { AwaitedVariable, Fate, KeyUse } from './catalogue.ts'

const VERDICT: Readonly<Record<Fate, string>> = {
  honoured: 'honoured',
  approximated: 'approximated',
  unsupported: 'not supported',
}

/** The keys of other systems' files that were met, each with what becomes of it. */
export class Keys {
  readonly #uses = new Map<Value, KeyUse>()

  add(value: Value, use: KeyUse): void {
    if (!this.#uses.has(value)) this.#uses.set(value, use)
  }

  /**
   * Says of one key what the catalogue cannot know: that its value, or what stands beside it, changes its fate. It
   * speaks for all that is below the key.
   */
  change(value: Value, fate: Fate, text: string, hint?: string, awaits?: AwaitedVariable): void {
    const use = this.#uses.get(value)
    if (use === undefined) throw new Error(`no key of a catalogue stands at ${JSON.stringify(value.origin)}`)
    const { hint: _, ...rest } = use
    this.#uses.set(value, {
      ...rest,
      fate,
      text,
      ...(hint !== undefined && { hint }),
      ...(awaits && { awaits }),
    })
    for (const each of below(value)) this.#forget(each)
  }

  #forget(value: Value): void {
    this.#uses.delete(value)
    for (const each of below(value)) this.#forget(each)
  }

  /** In the order of the files. */
  list(): KeyUse[] {
    return [...this.#uses.values()]
  }

  /** Warns of every key that is not honoured. */
  warn(reading: Reading): void {
    for (const { path, fate, text, hint, place } of this.#uses.values()) {
      if (fate === 'honoured') continue
      reading.warn(`${path} is ${VERDICT[fate]}: ${text}`, { path, place, hint })
    }
  }
}

function below(value: Value): Iterable<Value> {
  return value.kind === 'table' ? value.entries.values() : itemsOf(value)
}
