import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Removes what killed processes left in a bare repository: the objects of pushes that never came to an end, which only
 * a receive-pack that exits in peace removes (git-push.md §2.10), and locks, which would refuse every later push.
 *
 * Only while no git works on the repository: at the start of the one server that owns it.
 */
export async function sweep(gitDir: string): Promise<void> {
  for (const name of await readdir(join(gitDir, 'objects'))) {
    if (name.startsWith('tmp_objdir-'))
      await rm(join(gitDir, 'objects', name), { recursive: true, force: true })
  }
  const tops = await readdir(gitDir, { withFileTypes: true })
  const refs = await readdir(join(gitDir, 'refs'), { withFileTypes: true, recursive: true })
  for (const file of [...tops, ...refs]) {
    // No ref can be named `….lock`, so this never takes one away.
    if (file.isFile() && file.name.endsWith('.lock'))
      await rm(join(file.parentPath, file.name), { force: true })
  }
}
