import { posix } from 'node:path'

import type { Format } from '../formats.ts'
import { refuseModule } from '../module.ts'
import { overlay } from '../overlay.ts'
import { parseAppJson } from './app-json.ts'
import { parseProcfile } from './procfile.ts'

/** Heroku's `Procfile`, with the `app.json` beside it. */
export const PROCFILE: Format = {
  name: 'Procfile',
  files: ['Procfile'],
  async read(path, reading, { over, module }) {
    const source = await reading.open(path)
    if (source === null) return null
    refuseModule(path, module, source.placeAt(0), reading)
    const procfile = parseProcfile(source, reading)
    const appJson = await reading.open(posix.join(posix.dirname(path), 'app.json'))
    return appJson === null ? procfile : overlay(procfile, parseAppJson(appJson, { procfile, over }, reading))
  },
}
