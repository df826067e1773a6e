import { constants } from 'node:fs'
import { chmod, lchown, lstat, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

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
 * Makes a tree read-only, and the server's own where the server is root: an image stays what its key says.
 *
 * The app's own processes may be alive and hostile while this runs, so it goes from the top down and by descriptors: a
 * folder is taken from the app before it is listed, after which nothing in it can be swapped for a link.
 */
export async function seal(folder: string, isolated: boolean): Promise<void> {
  await take(folder, constants.O_DIRECTORY, isolated)
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const status = await lstat(path)
    if (status.isDirectory()) await seal(path, isolated)
    else if (status.isFile()) await take(path, 0, isolated)
    else if (isolated) await lchown(path, 0, 0)
  }
}

async function take(path: string, flags: number, isolated: boolean): Promise<void> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | flags)
  try {
    if (isolated) await handle.chown(0, 0)
    const executable = ((await handle.stat()).mode & 0o111) !== 0
    await handle.chmod(executable ? 0o555 : 0o444)
  } finally {
    await handle.close()
  }
}

/** Deletes a sealed tree. */
export async function removeSealed(folder: string, isolated: boolean): Promise<void> {
  // Who is not root needs the write bit even to delete.
  if (!isolated) await unseal(folder)
  await rm(folder, { recursive: true, force: true })
}

async function unseal(folder: string): Promise<void> {
  await chmod(folder, 0o755).catch(() => {})
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) if (entry.isDirectory()) await unseal(join(folder, entry.name))
}
