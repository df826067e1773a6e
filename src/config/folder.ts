import { constants } from 'node:fs'
import { open, readdir, realpath } from 'node:fs/promises'
import { dirname, join, resolve, sep } from 'node:path'

import { ConfigError, messageOf } from '../app/errors.ts'
import { MAX_FILE_BYTES } from './reading.ts'
import type { ConfigFiles } from './reading.ts'
import { quote } from './text.ts'

/** The files of a checkout on disk. Reads regular files only, at most 1 MiB, and nothing outside of it. */
export function folderFiles(folder: string): ConfigFiles {
  return {
    where: resolve(folder),
    read: async (path) => {
      const content = await readInside(folder, path)
      return content && decode(content, path)
    },
    readBytes: (path) => readInside(folder, path),
    list: (path) => listInside(folder, path),
  }
}

async function listInside(folder: string, path: string): Promise<string[]> {
  const root = await realpath(folder)
  try {
    const inside = await realpath(join(root, path))
    if (inside !== join(root, path)) return []
    const entries = await readdir(inside, { withFileTypes: true })
    return entries.flatMap((each) => (each.isFile() ? [each.name] : [])).sort()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EACCES') return []
    throw error
  }
}

async function readInside(folder: string, path: string): Promise<Buffer | null> {
  const file = join(resolve(folder), path)
  try {
    const root = await realpath(folder)
    const parent = await realpath(dirname(file))
    // A folder on the way may be a link as well.
    if (parent !== root && !parent.startsWith(root.endsWith(sep) ? root : root + sep)) {
      throw problem(path, 'is outside of the repository', 'A config file must be inside of it.')
    }
    return await readRegular(file, path)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    if (code === 'ELOOP') {
      throw problem(
        path,
        'is a symbolic link',
        'Links are not followed: they may lead out of the repository. Put the file itself there.',
      )
    }
    if (error instanceof ConfigError) throw error
    throw problem(path, `cannot be read (${code ?? messageOf(error)})`, 'Check the permissions of the file.')
  }
}

async function readRegular(file: string, path: string): Promise<Buffer | null> {
  // Non-blocking: opening a named pipe would wait for a writer.
  await using handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  const status = await handle.stat()
  if (!status.isFile()) return null
  if (status.size > MAX_FILE_BYTES) {
    throw problem(path, 'is larger than 1 MiB', 'A config file is not that large: is it the right one?')
  }
  return await handle.readFile()
}

function decode(content: Buffer, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    throw problem(path, 'is not text in UTF-8', 'Save the file with that encoding.')
  }
}

function problem(path: string, what: string, hint: string): ConfigError {
  const place = { file: path, line: 1, column: 1 }
  return new ConfigError([{ severity: 'error', message: `${quote(path)} ${what}`, hint, place }])
}
