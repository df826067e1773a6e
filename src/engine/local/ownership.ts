import { constants } from 'node:fs'
import { chmod, lchown, lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { execa } from 'execa'

import { UserError } from '../../app/errors.ts'
import type { User } from './users.ts'

/** Gives a tree to an app's user, so that its build command can write there. Links are never followed. */
export async function handOver(folder: string, user: User): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await handOver(path, user)
    else await lchown(path, user.uid, user.gid)
  }
  await lchown(folder, user.uid, user.gid)
}

/**
 * Makes a tree read-only, and the server's own where the app has a user of its own: an image stays what its key says.
 *
 * The app's own processes may be alive and hostile while this runs, so it goes from the top down and by descriptors: a
 * folder is taken from the app before it is listed, after which nothing in it can be swapped for a link.
 */
export async function seal(folder: string, app: User | null): Promise<void> {
  await take(folder, constants.O_DIRECTORY, app)
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const status = await lstat(path)
    if (status.isDirectory()) await seal(path, app)
    else if (status.isFile()) await take(path, 0, app)
    else if (app !== null) await lchown(path, 0, 0)
  }
}

async function take(path: string, flags: number, app: User | null): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | flags)
  try {
    const { mode, nlink, uid } = await handle.stat()
    // Where the kernel lets users link files of others (fs.protected_hardlinks), this may be one of the server's.
    if (app !== null && flags === 0 && nlink > 1 && uid !== app.uid) {
      throw new UserError('the build made a hard link to a file that is not its own')
    }
    if (app !== null) await handle.chown(0, 0)
    await handle.chmod((mode & 0o111) === 0 ? 0o444 : 0o555)
  } finally {
    await handle.close()
  }
}

/**
 * Deletes a tree that is sealed, or that an app may have been writing to. Where apps have users of their own it is taken
 * from the app first, folder by folder: root deletes by path, and nothing on the way may be swapped for a link.
 */
export async function removeTree(folder: string, isolated: boolean): Promise<void> {
  if (isolated) await takeFolders(folder)
  else await unseal(folder)
  // Not fs.rm: it fails on paths that are longer than the kernel takes in one, which a build can make.
  await execa('rm', ['-rf', '--', folder])
}

async function takeFolders(folder: string): Promise<void> {
  try {
    await take(folder, constants.O_DIRECTORY, ROOT)
  } catch (error) {
    if (UNREACHABLE.has((error as NodeJS.ErrnoException).code ?? '')) return
    throw error
  }
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) await takeFolders(join(folder, entry.name))
  }
}

const ROOT: User = { uid: 0, gid: 0 }
const UNREACHABLE = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG'])

/** Who is not root needs the write bit even to delete. */
async function unseal(folder: string): Promise<void> {
  await chmod(folder, 0o755).catch(() => {})
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await unseal(join(folder, entry.name))
}
