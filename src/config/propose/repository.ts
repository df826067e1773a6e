/** What is known of the files of a repository: where they are, and what stands in those that were read. */
export class Repository {
  readonly paths: ReadonlySet<string>
  readonly #texts: ReadonlyMap<string, string>

  constructor(paths: Iterable<string>, texts: ReadonlyMap<string, string>) {
    this.paths = new Set(paths)
    this.#texts = texts
  }

  has(path: string): boolean {
    return this.paths.has(path)
  }

  /** Of a file that is not there, or was not read: an empty text. */
  text(path: string): string {
    return this.#texts.get(path) ?? ''
  }

  /** The first of these that is there. */
  first(...paths: readonly string[]): string | undefined {
    return paths.find((path) => this.has(path))
  }

  /** The paths that match, in order. */
  matching(pattern: RegExp): string[] {
    return [...this.paths].filter((path) => pattern.test(path)).sort()
  }

  /** The first place of a pattern in the files of these paths, and what it captures. */
  find(paths: readonly string[], pattern: RegExp): Found | undefined {
    for (const path of paths) {
      const match = pattern.exec(this.text(path))
      if (match !== null) return { path, place: placeOf(path, match), groups: match.slice(1) }
    }
    return undefined
  }

  /** `package.json:7`: the line in which a text stands first; the first one where it does not. */
  line(path: string, text: string): string {
    const index = this.text(path).indexOf(text)
    return `${path}:${index === -1 ? 1 : lineAt(this.text(path), index)}`
  }
}

export interface Found {
  path: string
  /** `app.py:12` */
  place: string
  groups: readonly (string | undefined)[]
}

function placeOf(path: string, { index, input }: RegExpExecArray): string {
  return `${path}:${lineAt(input, index)}`
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
