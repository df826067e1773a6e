import { posix } from 'node:path'

import { ConfigError } from '../../app/errors.ts'
import { FORMATS } from '../formats.ts'
import type { ConfigFiles } from '../reading.ts'

/** A file of another system from which a gantry.yml can be written. */
export interface ForeignSource {
  /** The format, as `from:` names it. */
  format: string
  file: string
}

/** The file of each other system that a repository has, in the order in which they are looked for. */
export async function foreignSources(files: ConfigFiles): Promise<ForeignSource[]> {
  const found = await Promise.all(
    FORMATS.map(async ({ name, files: patterns }): Promise<ForeignSource[]> => {
      for (const pattern of patterns) {
        for (const file of await matching(pattern, files)) {
          if (await exists(file, files)) return [{ format: name, file }]
        }
      }
      return []
    }),
  )
  return found.flat()
}

async function matching(pattern: string, files: ConfigFiles): Promise<string[]> {
  const star = pattern.indexOf('*')
  if (star === -1) return [pattern]
  const folder = posix.dirname(pattern)
  const names = await files.list(folder)
  return names
    .filter((name) => name.endsWith(pattern.slice(star + 1)))
    .map((name) => posix.join(folder, name))
}

/** Also what cannot be read: reading it says why. */
async function exists(file: string, files: ConfigFiles): Promise<boolean> {
  try {
    return (await files.read(file)) !== null
  } catch (error) {
    if (error instanceof ConfigError) return true
    throw error
  }
}
