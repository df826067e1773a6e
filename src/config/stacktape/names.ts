import { foldName } from '../names.ts'
import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { placeOf } from '../value.ts'
import type { Value } from '../value.ts'

/** What a name of Stacktape is here: `mailWorker` is `mail-worker`. */
export function kebab(name: string): string {
  const words = name
    .slice(0, 256)
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1-$2')
  return foldName(words) ?? 'unnamed'
}

/** The names that processes and tasks have been given. */
export class Names {
  readonly #taken = new Map<string, string>()
  readonly #reading: Reading

  constructor(reading: Reading) {
    this.#reading = reading
  }

  /**
   * The name for what is called like this; null, and reported, where another one has it.
   *
   * @param shown what the file has that is called so
   */
  take(called: string, at: Value, shown: string = quote(called)): string | null {
    const name = kebab(called)
    const other = this.#taken.get(name)
    if (other !== undefined) {
      this.#reading.error(`${shown} is named "${name}" here, and so is ${other}`, {
        place: at.key ?? placeOf(at),
        hint: 'Rename one of them.',
      })
      return null
    }
    this.#taken.set(name, shown)
    return name
  }
}
