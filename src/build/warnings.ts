import type { Build } from '../app/app.ts'
import type { Diagnostic } from '../app/errors.ts'
import { oneLine } from '../git/hostile-text.ts'
import type { Repository } from '../git/repository.ts'
import type { TreeEntry } from '../git/tree.ts'
import { contextFolder } from './content.ts'

/** What is in a build context, or is not, that its author would not expect. */
export async function contextWarnings(
  build: Build,
  entries: readonly TreeEntry[],
  selected: readonly TreeEntry[],
  repository: Repository,
): Promise<Diagnostic[]> {
  const context = contextFolder(build)
  const warnings: Diagnostic[] = []
  if (selected.length === 0) {
    warnings.push(
      warning(
        `nothing is left in the build context ${build.context}`,
        'look at what build.ignore and .dockerignore name',
      ),
    )
  }
  const submodules = entries.filter(({ mode, path }) => mode === '160000' && path.startsWith(context))
  if (submodules.length > 0) {
    warnings.push(
      warning(
        `submodules are not part of a build, their folders will be missing: ${names(submodules)}`,
        'commit their files, or fetch them in the build',
      ),
    )
  }
  // Without attributes there is no LFS.
  const hasAttributes = entries.some(
    ({ path }) => path === '.gitattributes' || path.endsWith('/.gitattributes'),
  )
  const pointers = hasAttributes ? await repository.lfsPointers(selected) : []
  if (pointers.length > 0) {
    warnings.push(
      warning(
        `Git LFS is not supported, the build gets pointers instead of contents: ${names(pointers)}`,
        'fetch the contents in the build, or keep them in git',
      ),
    )
  }
  return warnings
}

function warning(message: string, hint: string): Diagnostic {
  return { severity: 'warning', message, path: 'build.context', hint }
}

function names(entries: readonly TreeEntry[]): string {
  const shown = entries.slice(0, 3).map(({ path }) => oneLine(path, 80))
  const more = entries.length - shown.length
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
}
