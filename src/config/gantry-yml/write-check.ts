import { isDeepStrictEqual } from 'node:util'

import type { App } from '../../app/app.ts'
import { UserError } from '../../app/errors.ts'
import { readConfig } from '../read.ts'
import { MAX_FILE_BYTES } from '../reading.ts'
import type { ConfigFiles } from '../reading.ts'
import { GANTRY_YML } from './read.ts'

/**
 * Reads what was written as anybody would, for each environment. That it gives the same app holds in tests; a file that
 * says something else would be worse than none.
 *
 * @param name the repository's name
 */
export async function expectReadBack(text: string, apps: readonly App[], name: string): Promise<void> {
  if (Buffer.byteLength(text) > MAX_FILE_BYTES) {
    throw new UserError('as a gantry.yml this is larger than 1 MiB, and would not be read', {
      hint: 'split it into several apps',
    })
  }
  const files: ConfigFiles = {
    read: async (path) => (path === GANTRY_YML ? text : null),
    readBytes: async () => null,
    list: async () => [],
  }
  for (const app of apps) {
    const { environment } = app
    const found = await readConfig(files, { name, environment }).catch((error: unknown) => {
      throw new Error(`what was written cannot be read for ${environment}`, { cause: error })
    })
    if (isDeepStrictEqual(found.app, app)) continue
    throw new Error(`what was written is another app for ${environment}`)
  }
}
