import { randomBytes } from 'node:crypto'
import { link, lstat, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { UserError } from '../app/errors.ts'

/** What is at a path, not following a link. */
async function kindOf(path: string): Promise<'nothing' | 'file' | 'link' | 'other'> {
  try {
    const status = await lstat(path)
    return status.isSymbolicLink() ? 'link' : status.isFile() ? 'file' : 'other'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing'
    throw error
  }
}

/** @throws UserError where a file may not be written: one that is there is replaced only when that is wanted */
export async function refuseTaken(path: string, name: string, force: boolean): Promise<void> {
  const kind = await kindOf(path)
  if (kind === 'nothing' || (kind === 'file' && force)) return
  if (kind === 'file') {
    throw new UserError(`there is a ${name} already`, {
      hint: 'replace it with --force, or look at what would be written with --dry-run',
    })
  }
  throw new UserError(`${name} is ${kind === 'link' ? 'a symbolic link' : 'no file'}, and stays as it is`, {
    hint: 'remove it first',
  })
}

/** Writes a file so that nobody ever sees half of it. What is there is replaced only when that is wanted. */
export async function writeWhole(
  path: string,
  text: string,
  { name, force }: { name: string; force: boolean },
): Promise<void> {
  await refuseTaken(path, name, force)
  const stage = join(dirname(path), `.${name}.${randomBytes(6).toString('hex')}`)
  try {
    await using file = await open(stage, 'wx', 0o644)
    await file.writeFile(text)
    await file.sync()
    // Unlike a rename, a link never replaces what has come there meanwhile.
    if (force) await rename(stage, path)
    else await link(stage, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') await refuseTaken(path, name, force)
    throw explained(error, path)
  } finally {
    await rm(stage, { force: true })
  }
}

function explained(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'EACCES' && code !== 'EROFS' && code !== 'ENOSPC' && code !== 'EPERM') return error
  return new UserError(`${path} cannot be written (${code})`, {
    hint: 'print it with --dry-run, and put it there yourself',
    cause: error,
  })
}
