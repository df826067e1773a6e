import { ConfigError } from '../app/errors.ts'
import type { Diagnostic, Place } from '../app/errors.ts'
import { Keys } from './catalogue/keys.ts'
import { Source } from './source.ts'

/** A repository's files, wherever they are: a commit's objects or a folder. */
export interface ConfigFiles {
  /** Where they are, as one would tell a person: `the commit`. */
  where?: string
  /**
   * The text of a regular file, or null when there is none. Throws a ConfigError for a path that is a symbolic link:
   * it may lead out of the repository.
   */
  read(path: string): Promise<string | null>
  /** As `read`, of a file that need not be text. */
  readBytes(path: string): Promise<Buffer | null>
  /** The names of the files right in a folder, in order; none when there is no such folder. */
  list(folder: string): Promise<string[]>
}

/** The largest config file that is read, in bytes. */
export const MAX_FILE_BYTES = 1024 * 1024
const MAX_DIAGNOSTICS = 100

export interface Details {
  path?: string | undefined
  place?: Place | undefined
  hint?: string | undefined
}

export interface Called {
  name: string
  place: Place | undefined
}

/** One reading of a repository's config: the files that were opened and all that is to be said about them. */
export class Reading {
  /** The keys of other systems' files that were met. */
  readonly keys = new Keys()
  /** What a named file was taken for by what stands in it; null where its name says it. */
  recognised: string | null = null
  /** The file that describes modules or apps beside the one that is read. */
  shared: string | null = null
  /** What the file of another system calls the app, and where. */
  called: Called | null = null
  readonly #files: ConfigFiles
  readonly #sources = new Map<string, Source>()
  readonly #taken = new Set<string>()
  readonly #diagnostics: Diagnostic[] = []
  readonly #reported = new Set<string>()
  readonly #counts = new Map<Diagnostic['severity'], number>()

  constructor(files: ConfigFiles) {
    this.#files = files
  }

  /** Where the files are, if that is known. */
  get where(): string | undefined {
    return this.#files.where
  }

  /** The paths that were read, in the order of reading. */
  get opened(): string[] {
    return [...this.#sources.keys()].filter((path) => !this.#taken.has(path))
  }

  /** Null when there is no such file. Throws when it is no text, or too big for one. */
  async open(path: string): Promise<Source | null> {
    const content = await this.#read(() => this.#files.read(path))
    if (content === null) return null
    this.#taken.delete(path)
    return this.#sourceOf(path, content)
  }

  /**
   * The content of a file that the config takes in as one value: a script, or bytes in base64. The file is no config
   * by itself, so it stays in the image, and nothing of it is ever shown. Null when there is no such file.
   */
  async take(path: string, as: 'text' | 'base64'): Promise<Source | null> {
    const content = await this.#read(async () =>
      as === 'text'
        ? await this.#files.read(path)
        : ((await this.#files.readBytes(path))?.toString('base64') ?? null),
    )
    if (content === null) return null
    if (!this.#sources.has(path)) this.#taken.add(path)
    return this.#sourceOf(path, content, 'hidden')
  }

  #sourceOf(path: string, content: string, shown: 'shown' | 'hidden' = 'shown'): Source {
    const text = content.replace(/^\uFEFF/, '')
    const source = new Source(path, text)
    if (shown === 'hidden') source.hide(0, text.length)
    this.#sources.set(path, source)
    if (Buffer.byteLength(text) > MAX_FILE_BYTES) {
      this.fail(`${path} is larger than 1 MiB`, { place: source.placeAt(0) })
    }
    const nul = text.indexOf('\0')
    if (nul !== -1) {
      this.fail(`${path} contains a NUL byte`, {
        place: source.placeAt(nul),
        hint: 'Config files are text in UTF-8. Save the file with that encoding.',
      })
    }
    return source
  }

  async #read(read: () => Promise<string | null>): Promise<string | null> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      throw new ConfigError([...this.diagnostics(), ...error.diagnostics])
    }
  }

  /** Whether a file is there, without counting it as read. */
  async exists(path: string): Promise<boolean> {
    try {
      return (await this.#files.read(path)) !== null
    } catch (error) {
      // A link is no file that could be read, but somebody meant it to be one.
      if (error instanceof ConfigError) return true
      throw error
    }
  }

  /** The names of the files right in a folder. */
  list(folder: string): Promise<string[]> {
    return this.#files.list(folder)
  }

  /** Whether what stands at a place may be a secret, and must not be shown. */
  hides(place: Place | undefined): boolean {
    return place !== undefined && (this.#sources.get(place.file)?.hidesAt(place) ?? false)
  }

  error(message: string, details: Details = {}): void {
    this.#report('error', message, details)
  }

  warn(message: string, details: Details = {}): void {
    this.#report('warning', message, details)
  }

  /** Reports an error after which nothing more can be found out, and ends the reading. */
  fail(message: string, details: Details = {}): never {
    this.error(message, details)
    throw new ConfigError(this.diagnostics())
  }

  get isWrong(): boolean {
    return this.#counts.has('error')
  }

  throwIfWrong(): void {
    if (this.isWrong) throw new ConfigError(this.diagnostics())
  }

  /** What was reported, by file and line. */
  diagnostics(): Diagnostic[] {
    const files = this.opened
    const fileOf = (each: Diagnostic) => (each.place === undefined ? -1 : files.indexOf(each.place.file))
    const sorted = this.#diagnostics.toSorted(
      (a, b) =>
        fileOf(a) - fileOf(b) ||
        (a.place?.line ?? 0) - (b.place?.line ?? 0) ||
        (a.place?.column ?? 0) - (b.place?.column ?? 0),
    )
    for (const [severity, count] of this.#counts) {
      const left = count - MAX_DIAGNOSTICS
      if (left > 0) sorted.push({ severity, message: `and ${left} more ${severity}s` })
    }
    return sorted
  }

  #report(severity: Diagnostic['severity'], message: string, { path, place, hint }: Details): void {
    // Aliases and inheritance bring one mistake to many places of the app.
    const identity = `${place?.file}:${place?.line}:${place?.column} ${message}`
    if (this.#reported.has(identity)) return
    this.#reported.add(identity)
    const count = (this.#counts.get(severity) ?? 0) + 1
    this.#counts.set(severity, count)
    if (count > MAX_DIAGNOSTICS) return
    const source = place && this.#sources.get(place.file)
    this.#diagnostics.push({
      severity,
      message,
      ...(path !== undefined && path !== '' && { path }),
      ...(place && { place: { file: place.file, line: place.line, column: place.column } }),
      ...(hint !== undefined && { hint }),
      ...(source && { frame: source.frame(place) }),
    })
  }
}
