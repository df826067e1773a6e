import { posix } from 'node:path'

import type { Format } from '../formats.ts'
import { overlay } from '../overlay.ts'
import { parseAppJson } from './app-json.ts'
import { parseProcfile } from './procfile.ts'

/** Heroku's `Procfile`, with the `app.json` beside it. */
export const PROCFILE: Format = {
  name: 'Procfile',
  files: ['Procfile'],
  async read(path, reading, over) {
    const procfile = await reading.open(path)
    if (procfile === null) return null
    const config = parseProcfile(procfile, reading)
    const appJson = await reading.open(posix.join(posix.dirname(path), 'app.json'))
    return appJson === null
      ? config
      : overlay(config, parseAppJson(appJson, { procfile: config, over }, reading))
  },
}
