import { UserError } from '../app/errors.ts'
import { oneLine } from './hostile-text.ts'
import type { TreeEntry } from './tree.ts'

// What HFS+ leaves out when it compares names (git: utf8.c, next_hfs_char).
const HFS_IGNORED = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g
// What NTFS reads as `.git`: its short name, an alternate stream, dots and spaces at the end (git: path.c, is_ntfs_dotgit).
const DOT_GIT = /^(?:\.git|git~1)[. ]*(?::.*)?$/i

/**
 * Whether a path from a tree may be written below a folder: relative, without `..`, and nothing that any file system
 * takes for `.git`. The same rules as git's own `verify_path`, on every platform at once.
 */
export function isSafePath(path: string): boolean {
  if (path.includes('\0')) return false
  const names = path.split('/')
  return names.every((name) => name !== '') && path.split(/[/\\]/).every(isSafeName)
}

function isSafeName(name: string): boolean {
  return name !== '.' && name !== '..' && !DOT_GIT.test(name.replaceAll(HFS_IGNORED, ''))
}

/**
 * Makes sure that entries can be written into an empty folder without one ever being reached through another.
 *
 * @throws UserError for an unsafe path, two entries of one path, and a path that goes through a file or a link
 */
export function checkPaths(entries: readonly TreeEntry[]): void {
  const paths = new Set<string>()
  for (const { path } of entries) {
    if (!isSafePath(path)) throw new UserError(`the commit has an unsafe path: ${oneLine(path)}`)
    if (paths.has(path)) throw new UserError(`the commit has two entries named ${oneLine(path)}`)
    paths.add(path)
  }
  for (const folder of foldersOfAll(entries)) {
    if (paths.has(folder)) {
      throw new UserError(`the commit has both a file ${oneLine(folder)} and a folder of that name`)
    }
  }
}

/**
 * Every folder that entries are in, each once, an outer one before those in it. Looks at each folder once however many
 * entries share it: a pushed tree may be deep and wide at the same time.
 */
export function foldersOfAll(entries: readonly Pick<TreeEntry, 'path'>[]): Set<string> {
  const all = new Set<string>()
  for (const { path } of entries) {
    const unknown: string[] = []
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end)
      if (all.has(folder)) break
      unknown.push(folder)
    }
    for (const folder of unknown.toReversed()) all.add(folder)
  }
  return all
}

/** `a/b/c` is in `a` and in `a/b`: from the outermost. */
export function foldersOf(path: string): string[] {
  const folders: string[] = []
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1))
    folders.push(path.slice(0, end))
  return folders
}
