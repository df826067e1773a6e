import { readdir } from 'node:fs/promises'
import { join, posix } from 'node:path'

import { ConfigError } from '../../app/errors.ts'
import { folderFiles } from '../folder.ts'
import { WANTED } from './propose.ts'
import { Repository } from './repository.ts'

// A proposal needs the files that people begin with; what a large repository has beyond these bounds is not looked at.
const MAX_PATHS = 5_000
const MAX_DEPTH = 3
const MAX_TEXTS = 200
const MAX_CHARACTERS = 4 * 1024 * 1024
/** Folders of other people's code, and of what is built. */
const SKIPPED = new Set([
  'node_modules',
  'vendor',
  'target',
  'dist',
  'build',
  'venv',
  '__pycache__',
  'coverage',
])

/** Looks at a folder: the paths of its files, and the text of those that decide about a proposal. Follows no link. */
export async function readRepository(folder: string): Promise<Repository> {
  const paths = await walk(folder)
  const files = folderFiles(folder)
  const texts = new Map<string, string>()
  let characters = 0
  for (const path of paths.filter((each) => WANTED.some((pattern) => pattern.test(each)))) {
    if (texts.size === MAX_TEXTS || characters > MAX_CHARACTERS) break
    const text = (await files.read(path).catch(orUnreadable)) ?? ''
    texts.set(path, text.replace(/^\uFEFF/, ''))
    characters += text.length
  }
  return new Repository(paths, texts)
}

/** From the top, so that what is left out of too many lies deep. */
async function walk(folder: string): Promise<string[]> {
  const paths: string[] = []
  let level = ['']
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    const next: string[] = []
    for (const inside of level) {
      const entries = await readdir(join(folder, inside), { withFileTypes: true }).catch(() => [])
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        if (paths.length + next.length >= MAX_PATHS) return paths
        const path = posix.join(inside, entry.name)
        if (entry.isFile()) paths.push(path)
        else if (entry.isDirectory() && !SKIPPED.has(entry.name) && !entry.name.startsWith('.'))
          next.push(path)
      }
    }
    level = next
  }
  return paths
}

/** One that is too large, or no text, tells nothing. */
function orUnreadable(error: unknown): null {
  if (error instanceof ConfigError) return null
  throw error
}
