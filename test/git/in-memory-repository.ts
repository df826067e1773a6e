import { createHash } from 'node:crypto'
import { posix } from 'node:path'

import { Repository, type Commit } from '../../src/git/repository.ts'
import type { TreeEntry } from '../../src/git/tree.ts'

/** A repository of which nothing is on disk, for tests that deploy many commits and are not about git. */
export class InMemoryRepository extends Repository {
  readonly #commits = new Map<string, ReadonlyMap<string, string>>()

  constructor() {
    super('.')
  }

  /** The id of a commit with these files. */
  add(files: Readonly<Record<string, string>>): string {
    const commit = hashOf(JSON.stringify(files))
    this.#commits.set(commit, new Map(Object.entries(files)))
    return commit
  }

  override async commit(sha: string): Promise<Commit> {
    return { sha, subject: 'Change', author: 'Test', time: '2026-01-01T00:00:00Z' }
  }

  override async entries(commit: string): Promise<TreeEntry[]> {
    return [...this.#commits.get(commit)!].map(([path, text]) => ({
      mode: '100644',
      oid: hashOf(text),
      size: text.length,
      path,
    }))
  }

  override async readFile(commit: string, path: string): Promise<Buffer | null> {
    const text = this.#commits.get(commit)!.get(path)
    return text === undefined ? null : Buffer.from(text)
  }

  override async folder(commit: string, path: string): Promise<TreeEntry[]> {
    const entries = await this.entries(commit)
    return entries.filter((each) => posix.dirname(each.path) === posix.normalize(path))
  }

  override async write(): Promise<void> {}
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('hex')
}
