import { constants } from 'node:fs'
import { chmod, mkdir, open, readdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'

import { UserError } from '../app/errors.ts'
import { ByteReader } from './byte-reader.ts'
import { streamGit } from './git.ts'
import { oneLine } from './hostile-text.ts'
import { checkPaths, foldersOfAll } from './paths.ts'
import type { TreeEntry } from './tree.ts'

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW
/** Linux allows no longer link target. */
const MAX_TARGET = 4095

/**
 * Writes exactly these entries into an empty folder: the bytes of the blobs, without filters, line-end conversion,
 * `export-ignore` or `export-subst`. Files are 0644 or 0755 and folders 0755 whatever the umask; submodules are left
 * out.
 *
 * Nothing is ever written through a link: folders are made here, and links only after the last file.
 *
 * @throws UserError when the paths cannot be written safely, or not on this file system
 */
export async function writeTree(
  gitDir: string,
  entries: readonly TreeEntry[],
  folder: string,
  signal?: AbortSignal,
): Promise<void> {
  checkPaths(entries)
  if ((await readdir(folder)).length > 0) throw new Error(`${folder} is not empty`)
  await makeFolders(folder, entries)

  const ordered = [
    ...entries.filter(({ mode }) => mode === '100644' || mode === '100755'),
    ...entries.filter(({ mode }) => mode === '120000'),
  ]
  const input = ordered.map(({ oid }) => `${oid}\n`).join('')
  await streamGit(gitDir, ['cat-file', '--batch', '--buffer'], { input, signal }, async (stdout) => {
    const blobs = new ByteReader(stdout)
    for (const entry of ordered) {
      const size = await blobSize(blobs, entry)
      const path = join(folder, entry.path)
      await refusing(entry.path, () =>
        entry.mode === '120000' ? writeLink(path, blobs, size) : writeFile(path, entry.mode, blobs, size),
      )
      await blobs.bytes(1)
    }
  })
}

async function makeFolders(root: string, entries: readonly TreeEntry[]): Promise<void> {
  for (const folder of foldersOfAll(entries)) {
    const target = join(root, folder)
    await refusing(folder, () => mkdir(target))
    await chmod(target, 0o755)
  }
}

/** Reads the header `<oid> blob <size>`. */
async function blobSize(blobs: ByteReader, entry: TreeEntry): Promise<number> {
  const header = (await blobs.line(200)) ?? ''
  const [oid, type, size] = header.split(' ')
  if (oid === entry.oid && type === 'blob') return Number(size)
  throw new UserError(`the repository lacks the contents of ${oneLine(entry.path)}`, {
    hint: 'fetch the whole history: shallow and partial clones do not have everything',
  })
}

async function writeFile(path: string, mode: string, blobs: ByteReader, size: number): Promise<void> {
  const permissions = mode === '100755' ? 0o755 : 0o644
  await using file = await open(path, NEW_FILE, permissions)
  for await (const piece of blobs.pieces(size)) await file.writeFile(piece)
  await file.chmod(permissions)
}

async function writeLink(path: string, blobs: ByteReader, size: number): Promise<void> {
  if (size === 0 || size > MAX_TARGET)
    throw new UserError('the commit has a symbolic link without a usable target')
  const target = await blobs.bytes(size)
  if (target.includes(0)) throw new UserError('the commit has a symbolic link without a usable target')
  await symlink(target, path)
}

/** Two names can be one on a file system that ignores case, and a name can be too long for it. */
async function refusing(path: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST') {
      throw new UserError(`two names in the commit are one on this file system: ${oneLine(path)}`, {
        cause: error,
      })
    }
    if (code === 'ENAMETOOLONG' || code === 'EILSEQ') {
      throw new UserError(`this file system cannot hold the name ${oneLine(path)}`, { cause: error })
    }
    throw error
  }
}
