import { createHash } from 'node:crypto'
import { posix } from 'node:path'

import { stringify } from 'yaml'

import { Repository, type Commit } from '../../../../src/git/repository.ts'
import type { TreeEntry } from '../../../../src/git/tree.ts'

/** A repository of which nothing is on disk: what git takes is not what these tests are about. */
export class Commits extends Repository {
  readonly #commits = new Map<string, ReadonlyMap<string, Buffer>>()

  constructor() {
    super('.')
  }

  /** The id of a commit with this config, and with code that says this. */
  add(config: unknown, code: string): string {
    const files = new Map([
      ['gantry.yml', Buffer.from(stringify(config))],
      ['Dockerfile', Buffer.from('FROM scratch\n')],
      ['main.py', Buffer.from(code)],
    ])
    const sha = hashOf(Buffer.concat([...files.values()]))
    this.#commits.set(sha, files)
    return sha
  }

  override async commit(sha: string): Promise<Commit> {
    return { sha, subject: 'Change', author: 'Test', time: '2026-01-01T00:00:00Z' }
  }

  override async entries(sha: string): Promise<TreeEntry[]> {
    return [...this.#commits.get(sha)!].map(([path, bytes]) => ({
      mode: '100644',
      oid: hashOf(bytes),
      size: bytes.length,
      path,
    }))
  }

  override async folder(sha: string, path: string): Promise<TreeEntry[]> {
    const entries = await this.entries(sha)
    return entries.filter((each) => posix.dirname(each.path) === posix.normalize(path))
  }

  override async readFile(sha: string, path: string): Promise<Buffer | null> {
    return this.#commits.get(sha)!.get(path) ?? null
  }

  override async write(): Promise<void> {}
}

function hashOf(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex')
}
