import { mkdir } from 'node:fs/promises'
import { posix, resolve } from 'node:path'

import { NotFoundError, UserError } from '../app/errors.ts'
import { git, GitError } from './git.ts'
import { oneLine } from './hostile-text.ts'
import { lfsPointers } from './lfs.ts'
import { isObjectId } from './object-id.ts'
import { isSafePath } from './paths.ts'
import { listRefs, updateRefs } from './refs.ts'
import type { RefUpdate } from './refs.ts'
import { sweep } from './sweep.ts'
import { DEFAULT_BUDGET, listFolder, listTree, parseEntry } from './tree.ts'
import type { TreeBudget, TreeEntry } from './tree.ts'
import { writeTree } from './write-tree.ts'

export interface Commit {
  sha: string
  /** First line of the message, fit to be shown. */
  subject: string
  author: string
  /** ISO time of the commit. */
  time: string
}

export type ObjectType = 'commit' | 'tag' | 'tree' | 'blob'

/**
 * A git directory: a bare repository that the server receives pushes into, or the `.git` of a checkout. Everything is
 * read from objects; no working tree is looked at and no configuration of the repository can run a program.
 */
export class Repository {
  readonly gitDir: string

  constructor(gitDir: string) {
    this.gitDir = resolve(gitDir)
  }

  /** Makes an empty bare repository whose HEAD is this branch. One that is there already stays as it is. */
  static async create(folder: string, branch = 'main'): Promise<Repository> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await git(null, [
      'init',
      '--quiet',
      '--bare',
      '--template=',
      `--initial-branch=${branch}`,
      resolve(folder),
    ])
    return new Repository(folder)
  }

  /**
   * The repository that a folder belongs to.
   *
   * @throws NotFoundError when it belongs to none
   */
  static async open(folder: string): Promise<Repository> {
    try {
      const output = await git(null, ['-C', resolve(folder), 'rev-parse', '--absolute-git-dir'])
      return new Repository(output.toString().replace(/\n$/, ''))
    } catch (error) {
      if (!(error instanceof GitError)) throw error
      throw new NotFoundError(`${folder} is not in a git repository`, {
        hint: 'run `git init` there and commit, or go to a folder that is in one',
        cause: error,
      })
    }
  }

  /** The commit that a revision names (`HEAD~2`, a tag, a short id), or null. */
  async resolve(revision: string): Promise<string | null> {
    if (revision === '' || revision.startsWith('-') || revision.includes('\0')) return null
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
    const id = (await this.#ask(args, [1, 128]))?.trim() ?? ''
    return isObjectId(id) ? id : null
  }

  /** @throws NotFoundError when there is no such commit */
  async commit(sha: string): Promise<Commit> {
    const format = '--format=%H%x00%<(300,trunc)%s%x00%<(100,trunc)%an%x00%cI'
    const args = [
      'log',
      '-1',
      '--no-show-signature',
      '--encoding=UTF-8',
      format,
      '--end-of-options',
      sha,
      '--',
    ]
    const output = isObjectId(sha) ? await this.#ask(args, [128]) : null
    const [id, subject, author, time] = output?.split('\0') ?? []
    if (id === undefined || subject === undefined || author === undefined || time === undefined) {
      throw new NotFoundError(`there is no commit ${oneLine(sha, 64)}`)
    }
    return { sha: id, subject: oneLine(subject), author: oneLine(author), time: time.trim() }
  }

  /** Whether one can get from the second commit back to the first. A commit is its own ancestor. */
  async isAncestor(ancestor: string, descendant: string): Promise<boolean> {
    return (await this.#ask(['merge-base', '--is-ancestor', ancestor, descendant], [1])) !== null
  }

  /** What kind of objects these are; null for those that do not exist. */
  async objectTypes(ids: readonly string[]): Promise<Map<string, ObjectType | null>> {
    if (!ids.every(isObjectId)) throw new Error('objects must be named in full')
    const input = ids.map((id) => `${id}\n`).join('')
    const output = await git(this.gitDir, ['cat-file', '--batch-check', '--buffer'], { input })
    const lines = output.toString().trimEnd().split('\n')
    return new Map(
      ids.map((id, index) => {
        const type = lines[index]?.split(' ')[1]
        return [id, type === undefined || type === 'missing' ? null : (type as ObjectType)]
      }),
    )
  }

  refs(): Promise<Map<string, string>> {
    return listRefs(this.gitDir)
  }

  /**
   * Compares and swaps all refs or none.
   *
   * @param by who is written into the reflog, with `reason`
   * @throws StaleRefError when one is not at its `from`
   */
  updateRefs(updates: readonly RefUpdate[], by: string, reason: string): Promise<void> {
    return updateRefs(this.gitDir, updates, by, reason)
  }

  /**
   * All files, links and submodules of a commit.
   *
   * @throws UserError when they are over the budget
   */
  entries(commit: string, budget: TreeBudget = DEFAULT_BUDGET, signal?: AbortSignal): Promise<TreeEntry[]> {
    return listTree(this.gitDir, commit, budget, signal)
  }

  /**
   * The bytes of a file, or null when the commit has none of that path; a folder is none. Links are never followed.
   *
   * @throws UserError when it is a link or a submodule, or larger than the limit in bytes
   */
  async readFile(commit: string, path: string, limit: number): Promise<Buffer | null> {
    const name = posix.normalize(path)
    if (!isSafePath(name)) return null
    const listed = await git(this.gitDir, ['ls-tree', '-l', '-z', '--full-tree', commit, '--', name])
    const end = listed.indexOf(0)
    if (end === -1) return null
    const entry = parseEntry(listed.subarray(0, end))
    if (entry === null) return null
    if (entry.mode === '120000' || entry.mode === '160000') {
      const kind = entry.mode === '120000' ? 'symbolic link' : 'submodule'
      throw new UserError(`${oneLine(path)} is a ${kind}`, {
        hint: 'Put the file itself there: links are not followed, they may lead out of the repository.',
      })
    }
    if (entry.size > limit)
      throw new UserError(`${oneLine(path)} is larger than ${Math.floor(limit / 1024)} KiB`)
    return await git(this.gitDir, ['cat-file', 'blob', entry.oid])
  }

  /** What is right in a folder of a commit, without its folders; nothing when there is no such folder. */
  async folder(commit: string, path: string): Promise<TreeEntry[]> {
    const name = posix.normalize(path)
    return isSafePath(name) ? await listFolder(this.gitDir, commit, name) : []
  }

  /** Entries that are pointers of Git LFS: they name contents which are not in the repository. */
  lfsPointers(entries: readonly TreeEntry[]): Promise<TreeEntry[]> {
    return lfsPointers(this.gitDir, entries)
  }

  /**
   * Writes exactly these entries into an empty folder; submodules are left out.
   *
   * @throws UserError when their paths are not safe
   */
  write(entries: readonly TreeEntry[], folder: string, signal?: AbortSignal): Promise<void> {
    return writeTree(this.gitDir, entries, folder, signal)
  }

  /** Packs, and drops what no ref has named for two weeks, when there is enough of it. */
  async gc(signal?: AbortSignal): Promise<void> {
    const settings = [['gc.auto', '1000'] as const, ['gc.autoDetach', 'false'] as const]
    await git(this.gitDir, ['gc', '--auto', '--quiet'], { settings, signal })
  }

  /** Removes what pushes and ref updates left behind that were killed. Only while nothing works on the repository. */
  sweep(): Promise<void> {
    return sweep(this.gitDir)
  }

  /** The output, or null when git ends with one of these exit codes. */
  async #ask(args: readonly string[], none: readonly number[]): Promise<string | null> {
    try {
      return (await git(this.gitDir, args)).toString()
    } catch (error) {
      if (error instanceof GitError && error.exitCode !== null && none.includes(error.exitCode)) return null
      throw error
    }
  }
}
