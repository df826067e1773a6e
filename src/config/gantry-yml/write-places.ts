import type { Place } from '../../app/errors.ts'
import type { KeyUse } from '../catalogue/catalogue.ts'
import type { Provenance } from '../provenance.ts'

/** A path in the app: `['processes', 'web', 'memory']`. */
export type AppPath = readonly string[]

export interface Found {
  /** Empty where no one thing can be named. */
  path: AppPath
  /** Whether that is what the key itself made, and not only something near it. */
  isExact: boolean
}

const NOWHERE: Found = { path: [], isExact: false }

/**
 * Finds what became of a place in the files that were read: the value of the app that a key there made; where it made
 * none, what the nearest section around it made, if that is one thing.
 */
export class Places {
  readonly #keys = new Map<string, readonly KeyUse[]>()
  /** By the path of a key or section: what is common to the paths of all that it made. */
  readonly #made = new Map<string, AppPath>()

  constructor({
    keys,
    provenance,
  }: {
    keys: readonly KeyUse[]
    provenance: Readonly<Record<string, Provenance>>
  }) {
    for (const [file, own] of Map.groupBy(keys, ({ place }) => place.file)) {
      this.#keys.set(
        file,
        own.toSorted((a, b) => compare(a.place, b.place)),
      )
    }
    for (const [path, origin] of Object.entries(provenance)) {
      if (origin.kind === 'default') continue
      const key = this.#keyAt(origin, path.split('.'))
      if (key === undefined) continue
      // What many inherit is written once.
      const own = (origin.kind === 'inherited' ? origin.from : path).split('.')
      for (const section of sectionsOf(key.path)) {
        // What one key made stands for that key, and not for those beside it.
        const target = section === key.path ? own : own.slice(0, -1)
        const made = this.#made.get(section)
        this.#made.set(section, made === undefined ? target : common(made, target))
      }
    }
  }

  /** What stands at a place. */
  at(place: Place): Found {
    const key = this.#keyAt(place)
    return key === undefined ? NOWHERE : this.of(key.path)
  }

  of(key: string): Found {
    const section = sectionsOf(key).find((each) => this.#made.has(each))
    if (section === undefined) return NOWHERE
    const path = this.#made.get(section)!
    return section === key || isAbout(path, key, section) ? { path, isExact: section === key } : NOWHERE
  }

  /**
   * The last key that begins at a place or before it; of several that aliases have brought to one place, the one that is
   * about a path.
   */
  #keyAt(place: Place, path: AppPath = []): KeyUse | undefined {
    const keys = this.#keys.get(place.file) ?? []
    let [low, high] = [0, keys.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(keys[middle]!.place, place) <= 0) low = middle + 1
      else high = middle
    }
    const last = keys[low - 1]
    for (let at = low - 1; at >= 0 && compare(keys[at]!.place, last!.place) === 0; at--) {
      if (isAbout(path, keys[at]!.path, '')) return keys[at]
    }
    return last
  }
}

/** The path of a key, and of each section that it is in, from the inside. */
function sectionsOf(path: string): string[] {
  const sections = [path]
  let rest = path
  for (;;) {
    rest = rest.replace(/(?:\[[^\]]*\]|\.?[^.[\]]*)$/, '')
    if (rest === '' || rest === sections.at(-1)) return sections
    sections.push(rest)
  }
}

/** Whether what a section made has to do with a key in it, and does not only happen to be all that the section made. */
function isAbout([kind, name]: AppPath, key: string, section: string): boolean {
  const isComponent = (kind === 'processes' || kind === 'tasks') && name !== undefined
  if (!isComponent) return true
  const item = key.slice(0, key.lastIndexOf(']') + 1)
  return (item !== '' && section.startsWith(item)) || plain(key).includes(plain(name))
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** The first of each path. */
export function onePerPath<Of extends { path: AppPath }>(all: readonly Of[]): Of[] {
  return [...Map.groupBy(all, ({ path }) => path.join('.')).values()].map(([first]) => first!)
}

/** What is common to both, from the top. */
export function common(a: AppPath, b: AppPath): AppPath {
  const end = a.findIndex((each, index) => each !== b[index])
  return end === -1 ? a : a.slice(0, end)
}

function compare(a: Place, b: Place): number {
  return a.line - b.line || a.column - b.column
}
