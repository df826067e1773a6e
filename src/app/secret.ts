import { inspect } from 'node:util'

/**
 * A value that must not be seen. It prints, serialises and inspects as `[secret]`; only `reveal()` gives it, at the
 * one place that needs it.
 */
export class Secret {
  readonly #value: string

  constructor(value: string) {
    this.#value = value
  }
  reveal(): string {
    return this.#value
  }
  toString(): string {
    return '[secret]'
  }
  toJSON(): string {
    return '[secret]'
  }
  [inspect.custom](): string {
    return '[secret]'
  }
}
