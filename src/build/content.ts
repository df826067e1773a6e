import { posix } from 'node:path'

import type { Build } from '../app/app.ts'
import { UserError } from '../app/errors.ts'
import type { TreeEntry } from '../git/tree.ts'
import { dockerIgnore, gitIgnore } from './ignore.ts'

export interface ContentRules {
  /** Paths, from the root of the repository, of the config files that were read. */
  configFiles: readonly string[]
  /** The text of the `.dockerignore` that holds for this build. */
  dockerignore: string | null
}

/**
 * The entries of a commit that go into a build, with paths relative to its context: what is under the context, without
 * the config files, what `.dockerignore` and `build.ignore` name, and submodules; and what `build.include` names put
 * back. The Dockerfile is always in. `.dockerignore` files are not, since they have been obeyed.
 *
 * @throws UserError for a context outside the repository and for malformed patterns
 */
export function selectEntries(entries: readonly TreeEntry[], build: Build, rules: ContentRules): TreeEntry[] {
  const context = contextFolder(build)
  const config = new Set(rules.configFiles.map((path) => posix.normalize(path)))
  const named = dockerIgnore(rules.dockerignore ?? '')
  const ignored = gitIgnore(build.ignore)
  const included = gitIgnore(build.include)
  const dockerfile = dockerfilePath(build)
  const obeyed = new Set(dockerignorePaths(build))

  const selected: TreeEntry[] = []
  for (const entry of entries) {
    if (entry.mode === '160000' || !entry.path.startsWith(context)) continue
    const path = entry.path.slice(context.length)
    const leftOut = config.has(entry.path) || obeyed.has(path) || named(path) || ignored(path)
    if (!leftOut || path === dockerfile || included(path)) selected.push({ ...entry, path })
  }
  return selected
}

/** The folder of the build context as a prefix of paths: empty for the root, else with a slash at its end. */
export function contextFolder(build: Build): string {
  const folder = insideOf(build.context, 'build.context')
  return folder === '.' ? '' : `${folder}/`
}

/** Where the Dockerfile is, from the context, or null for a build without one. */
export function dockerfilePath(build: Build): string | null {
  return build.dockerfile === null ? null : insideOf(build.dockerfile, 'build.dockerfile')
}

/** Where a `.dockerignore` can be, from the context; the first one that exists holds. */
export function dockerignorePaths(build: Build): string[] {
  const dockerfile = dockerfilePath(build)
  return dockerfile === null ? ['.dockerignore'] : [`${dockerfile}.dockerignore`, '.dockerignore']
}

function insideOf(path: string, name: string): string {
  const folder = posix.normalize(path).replace(/(?<=.)\/$/, '')
  if (folder !== '..' && !folder.startsWith('../') && !folder.startsWith('/')) return folder
  throw new UserError(`${name} must be inside the repository: ${path}`, {
    hint: 'use a path from its root, such as `.`',
  })
}
