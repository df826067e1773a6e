import { posix } from 'node:path'

import { ConfigError, UserError } from '../app/errors.ts'
import { MAX_FILE_BYTES } from '../config/reading.ts'
import type { ConfigFiles } from '../config/reading.ts'
import { oneLine } from './hostile-text.ts'
import type { Repository } from './repository.ts'

/**
 * The config files of a commit, read from its objects: regular files of at most 1 MiB of UTF-8. Everything else of
 * that name is a ConfigError; links are never followed.
 */
export function configFiles(repository: Repository, commit: string): ConfigFiles {
  return {
    where: 'the commit',
    async list(folder) {
      const entries = await repository.folder(commit, folder)
      return entries
        .flatMap(({ mode, path }) => (mode.startsWith('100') ? [posix.basename(path)] : []))
        .sort()
    },
    async read(path) {
      const bytes = await readBytes(path)
      try {
        return bytes && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
      } catch {
        throw problem(path, `${oneLine(path)} is not text in UTF-8`, 'Save the file with that encoding.')
      }
    },
    readBytes,
  }

  async function readBytes(path: string): Promise<Buffer | null> {
    try {
      return await repository.readFile(commit, path, MAX_FILE_BYTES)
    } catch (error) {
      throw error instanceof UserError ? problem(path, error.message, error.hint) : error
    }
  }
}

function problem(path: string, message: string, hint: string | undefined): ConfigError {
  const place = { file: path, line: 1, column: 1 }
  return new ConfigError([{ severity: 'error', message, place, ...(hint !== undefined && { hint }) }])
}
