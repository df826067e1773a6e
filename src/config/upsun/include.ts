import { posix } from 'node:path'

import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { child, entriesOf, placeOf, scalar, weigh } from '../value.ts'
import type { Value } from '../value.ts'
import { parseYaml } from '../yaml.ts'

/** The tags that the files of Upsun and Platform.sh have for what stands in other files (platform-yaml-tags.md). */
export const TAGS = ['!include', '!archive']

// Far above what a person writes. A file that is included many times counts each time.
const MAX_INCLUDES = 100
const MAX_WEIGHT = 4 * 1024 * 1024

/** Where a value stands: what its includes are looked up in, and what they would be a circle of. */
export class Scope {
  /** The folders that a path may begin in, the first that has the file wins. */
  readonly folders: readonly string[]
  /** The files that lead to here, each included by the one before it. */
  readonly chain: readonly string[]
  /** Whether `!archive` may stand here: only a service has a use for a folder. */
  readonly archives: boolean
  /** Aliases bring one value to many places. */
  readonly done = new Map<Value, Value>()

  constructor(folders: readonly string[], chain: readonly string[], archives = false) {
    this.folders = folders
    this.chain = chain
    this.archives = archives
  }
}

interface Wanted {
  path: string
  type: string
}

/** Puts the files that `!include` names in its place. Nothing outside of the repository is read, and no link. */
export class Includes {
  readonly #reading: Reading
  readonly #tagged = new Map<Value, boolean>()
  readonly #contents = new Map<string, Value | null>()
  readonly #included = new Set<string>()
  #count = 0
  #weight = 0

  constructor(reading: Reading) {
    this.#reading = reading
  }

  /** Whether a file stands in the place of some `!include`. */
  isIncluded(path: string): boolean {
    return this.#included.has(path)
  }

  /** The value with all that it includes. */
  async resolve(value: Value, scope: Scope): Promise<Value> {
    if (!this.#isTagged(value)) return value
    const known = scope.done.get(value)
    if (known !== undefined) return known
    const resolved = await this.#resolveNew(value, scope)
    scope.done.set(value, resolved)
    return resolved
  }

  async #resolveNew(value: Value, scope: Scope): Promise<Value> {
    const found = await this.take(value, scope)
    const own = found.value
    if (own.kind === 'scalar') return own
    if (own.kind === 'list') {
      const items: Value[] = []
      for (const each of own.items) items.push(await this.resolve(each, found.scope))
      return { ...own, items }
    }
    const entries = new Map<string, Value>()
    for (const [key, each] of own.entries) {
      const resolved = await this.resolve(each, found.scope)
      entries.set(key, each.key === undefined ? resolved : { ...resolved, key: each.key })
    }
    return { ...own, entries }
  }

  /** What stands in place of this one value, and the scope of what is in it. */
  async take(value: Value, scope: Scope): Promise<{ value: Value; scope: Scope }> {
    if (value.tag === undefined) return { value, scope }
    const { tag: _, ...plain } = value
    if (value.tag === '!archive') {
      if (scope.archives) return { value: plain, scope }
      return this.#fail(value, '`!archive` has no meaning here', 'Only services take folders.')
    }
    if (++this.#count > MAX_INCLUDES) this.#refuseTooMuch(value)
    const { path, content } = await this.#find(value, scope)
    this.#weight += weigh(content)
    if (this.#weight > MAX_WEIGHT) this.#refuseTooMuch(value)
    const key = value.key === undefined ? {} : { key: value.key }
    const inner = new Scope([...scope.folders, posix.dirname(path)], [...scope.chain, path], scope.archives)
    return await this.take({ ...content, ...key }, inner)
  }

  async #find(value: Value, scope: Scope): Promise<{ path: string; content: Value }> {
    const { path, type } = this.#wanted(value)
    const inside = [...new Set(scope.folders.map((folder) => posix.join(folder, path)))].filter(isInside)
    if (posix.isAbsolute(path) || inside.length === 0) {
      return this.#fail(
        value,
        `${quote(path)} is outside of the repository`,
        'Give a path inside of it: what is outside is never read.',
      )
    }
    for (const each of inside) {
      if (scope.chain.includes(each)) {
        const circle = [...scope.chain, each].map(quote).join(' → ')
        return this.#fail(value, `this file includes itself: ${circle}`, 'Leave one of the includes out.')
      }
      const content = await this.#open(each, type)
      if (content === null) continue
      this.#included.add(each)
      return { path: each, content }
    }
    return this.#fail(
      value,
      `There is no file ${inside.map(quote).join(' and no ')}`,
      'A path begins in the folder of the app (`source.root`), or in that of the file it stands in.',
    )
  }

  async #open(path: string, type: string): Promise<Value | null> {
    const known = this.#contents.get(`${type} ${path}`)
    if (known !== undefined) return known
    const content = await this.#read(path, type)
    this.#contents.set(`${type} ${path}`, content)
    return content
  }

  async #read(path: string, type: string): Promise<Value | null> {
    const source =
      type === 'yaml'
        ? await this.#reading.open(path)
        : await this.#reading.take(path, type === 'binary' ? 'base64' : 'text')
    if (source === null) return null
    this.#weight += source.text.length
    if (type === 'yaml') return parseYaml(source, this.#reading, TAGS)
    return scalar(source.text, { kind: 'file', ...source.placeAt(0) })
  }

  #wanted(value: Value): Wanted {
    const path = value.kind === 'table' ? child(value, 'path') : value
    const type = value.kind === 'table' ? child(value, 'type') : undefined
    const known = ['yaml', 'string', 'binary']
    const kind = type === undefined ? 'yaml' : type.kind === 'scalar' ? type.text : ''
    const rest = entriesOf(value).filter(([key]) => key !== 'path' && key !== 'type')
    if (path?.kind !== 'scalar' || path.text === '' || rest.length > 0 || !known.includes(kind)) {
      return this.#fail(
        value,
        '`!include` takes a path, or a map of `path` and `type`',
        'Write `!include worker.yaml`, or `!include {type: string, path: build.sh}`; types are yaml, string and binary.',
      )
    }
    return { path: path.text, type: kind }
  }

  #isTagged(value: Value): boolean {
    let known = this.#tagged.get(value)
    if (known === undefined) {
      const below = value.kind === 'list' ? value.items : entriesOf(value).map(([, each]) => each)
      known = value.tag !== undefined || below.some((each) => this.#isTagged(each))
      this.#tagged.set(value, known)
    }
    return known
  }

  #refuseTooMuch(value: Value): never {
    return this.#fail(value, 'includes bring in too much', 'Write some of it where it is used.')
  }

  #fail(value: Value, message: string, hint: string): never {
    return this.#reading.fail(message, { place: placeOf(value), hint })
  }
}

/** Git's own folder is no part of what is pushed. */
function isInside(path: string): boolean {
  return path !== '..' && !path.startsWith('../') && !/(?:^|\/)\.git(?:\/|$)/i.test(path)
}
