import type { Readable } from 'node:stream'

import { UserError } from '../app/errors.ts'
import { ByteReader } from './byte-reader.ts'
import { streamGit } from './git.ts'
import { oneLine } from './hostile-text.ts'

/** File, executable file, symbolic link, submodule. */
export type EntryMode = '100644' | '100755' | '120000' | '160000'

/** One thing in the tree of a commit that is not a folder. */
export interface TreeEntry {
  mode: EntryMode
  oid: string
  /** Bytes; 0 for a submodule. */
  size: number
  /** Slash-separated, from the root. */
  path: string
}

/** How much of a tree is read before it is refused: a push of 2 KB can describe a terabyte (git-push.md E13). */
export interface TreeBudget {
  /** Files and folders together: folders alone can be without end. */
  entries: number
  /** The sum of all file sizes. */
  bytes: number
  /** The sum of all paths' lengths: they are held in memory, and deep ones repeat their folders. */
  pathBytes: number
}

export const DEFAULT_BUDGET: TreeBudget = {
  entries: 100_000,
  bytes: 2 * 1024 ** 3,
  pathBytes: 32 * 1024 ** 2,
}

/** Longer paths can be written nowhere (PATH_MAX). */
const MAX_PATH = 4096
const LINE = /^(\d{6}) (?:blob|tree|commit) ([0-9a-f]+) +(\d+|-)\t(.+)$/s

/**
 * All entries of a commit's tree, read as a stream and cut at the budget.
 *
 * @throws UserError when it is over the budget or has names that cannot be dealt with
 */
export async function listTree(
  gitDir: string,
  commit: string,
  budget: TreeBudget = DEFAULT_BUDGET,
  signal?: AbortSignal,
): Promise<TreeEntry[]> {
  // -t shows folders too, so that they count: ten levels of ten empty folders print nothing without it, for hours.
  const args = ['ls-tree', '-r', '-t', '-l', '-z', '--full-tree', commit]
  return await streamGit(gitDir, args, { signal }, (stdout) => readEntries(stdout, budget))
}

/**
 * The entries right in a folder of a commit; none when there is no such folder.
 *
 * @throws UserError when it is over the budget or has names that cannot be dealt with
 */
export async function listFolder(gitDir: string, commit: string, folder: string): Promise<TreeEntry[]> {
  const args = ['ls-tree', '-l', '-z', '--full-tree', commit, '--', `${folder}/`]
  return await streamGit(gitDir, args, {}, (stdout) => readEntries(stdout, DEFAULT_BUDGET))
}

async function readEntries(stdout: Readable, budget: TreeBudget): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = []
  let seen = 0
  let bytes = 0
  let pathBytes = 0
  const reader = new ByteReader(stdout)
  for (let line; (line = await nextLine(reader)) !== null;) {
    seen += 1
    pathBytes += line.length
    const entry = parseEntry(line)
    if (entry !== null) {
      bytes += entry.size
      entries.push(entry)
    }
    if (seen > budget.entries || bytes > budget.bytes || pathBytes > budget.pathBytes)
      throw overBudget(budget)
  }
  return entries
}

async function nextLine(reader: ByteReader): Promise<Buffer | null> {
  try {
    return await reader.until(0, MAX_PATH + 100)
  } catch (error) {
    throw new UserError(`the commit has a path of more than ${MAX_PATH} bytes`, { cause: error })
  }
}

/**
 * A line of `ls-tree -l`, or null for a folder.
 *
 * @throws UserError for a name that is not UTF-8
 */
export function parseEntry(line: Buffer): TreeEntry | null {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line)
  } catch (error) {
    const name = oneLine(line.subarray(line.indexOf('\t') + 1).toString())
    throw new UserError(`the name of a file in the commit is not UTF-8: ${name}`, {
      hint: 'rename it with git mv',
      cause: error,
    })
  }
  const [, mode, oid, size, path] = LINE.exec(text) ?? []
  if (mode === undefined || oid === undefined || path === undefined) {
    throw new Error(`unexpected line of ls-tree: ${oneLine(text)}`)
  }
  if (mode === '040000') return null
  return { mode: entryMode(mode), oid, size: Number(size) || 0, path }
}

/** Trees of old tools have modes such as 100664; git reads them as one of the four. */
function entryMode(mode: string): EntryMode {
  if (mode === '120000' || mode === '160000') return mode
  return (Number.parseInt(mode, 8) & 0o100) === 0 ? '100644' : '100755'
}

function overBudget(budget: TreeBudget): UserError {
  const mebibytes = Math.floor(budget.bytes / 1024 ** 2)
  return new UserError(
    `the commit is too large: more than ${budget.entries} files and folders, or more than ${mebibytes} MiB`,
    { hint: 'keep dependencies, build results and data out of the repository' },
  )
}
