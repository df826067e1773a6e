import type { App, Build } from '../app/app.ts'
import { imageUsers } from '../app/image-users.ts'
import { UserError } from '../app/errors.ts'
import type { Diagnostic } from '../app/errors.ts'
import type { ImageRequest } from '../engine/engine.ts'
import { configFiles } from '../git/config-files.ts'
import type { Repository } from '../git/repository.ts'
import type { TreeEntry } from '../git/tree.ts'
import { contextFolder, dockerfilePath, dockerignorePaths, selectEntries } from './content.ts'
import { contentKey } from './key.ts'
import { contextWarnings } from './warnings.ts'

export interface Images {
  /** `process:web`, `process:web/proxy`, `task:migrate`: every component without a pinned image. Equal images are one request. */
  requests: Map<string, ImageRequest>
  warnings: Diagnostic[]
}

/**
 * The images that the components of an app need, known by their content keys before any is made.
 *
 * @param configPaths the config files that were read, which stay out of images
 * @throws UserError for a context or Dockerfile that the commit does not have
 */
export async function imageRequests(
  app: App,
  repository: Repository,
  commit: string,
  configPaths: readonly string[],
): Promise<Images> {
  const components = imageUsers(app).filter(({ image }) => image === null)
  const images: Images = { requests: new Map(), warnings: [] }
  if (components.length === 0) return images

  const entries = await repository.entries(commit)
  const byBuild = new Map<string, ImageRequest>()
  const byKey = new Map<string, ImageRequest>()
  for (const { id, build } of components) {
    const settings = JSON.stringify(build)
    let request = byBuild.get(settings)
    if (request === undefined) {
      const selected = await contextOf(build, entries, repository, commit, configPaths)
      request = shared(byKey, contentKey(selected, build), build, repository, selected)
      byBuild.set(settings, request)
      images.warnings.push(...(await contextWarnings(build, entries, selected, repository)))
    }
    images.requests.set(id, request)
  }
  const told = new Set<string>()
  images.warnings = images.warnings.filter(({ message }) => !told.has(message) && told.add(message))
  return images
}

async function contextOf(
  build: Build,
  entries: readonly TreeEntry[],
  repository: Repository,
  commit: string,
  configPaths: readonly string[],
): Promise<TreeEntry[]> {
  const context = contextFolder(build)
  if (context !== '' && !entries.some(({ path }) => path.startsWith(context))) {
    throw new UserError(`the commit has no folder ${build.context}`, {
      hint: 'build.context is a path from the root of the repository',
    })
  }
  const files = configFiles(repository, commit)
  let dockerignore: string | null = null
  for (const path of dockerignorePaths(build)) dockerignore ??= await files.read(context + path)

  const selected = selectEntries(entries, build, { configFiles: configPaths, dockerignore })
  const dockerfile = dockerfilePath(build)
  const found = selected.find(({ path }) => path === dockerfile)
  // Whoever builds opens it by its name: a link could lead to any file of this machine.
  if (dockerfile !== null && found?.mode !== '100644' && found?.mode !== '100755') {
    const place = context + dockerfile
    throw new UserError(found ? `${place} must be a file` : `the commit has no ${place}`, {
      hint: 'build.dockerfile is a path from build.context',
    })
  }
  return selected
}

/** One request per key; of several builds that lead to it, the one that must be youngest decides. */
function shared(
  byKey: Map<string, ImageRequest>,
  key: string,
  build: Build,
  repository: Repository,
  selected: readonly TreeEntry[],
): ImageRequest {
  const same = byKey.get(key)
  if (same !== undefined) {
    const ages = [same.build.max_age, build.max_age].filter((age) => age !== null)
    same.build = { ...same.build, max_age: ages.length === 0 ? null : Math.min(...ages) }
    return same
  }
  const request: ImageRequest = {
    key,
    build,
    source: {
      files: selected.length,
      bytes: selected.reduce((sum, { size }) => sum + size, 0),
      write: (folder, signal) => repository.write(selected, folder, signal),
    },
  }
  byKey.set(key, request)
  return request
}
