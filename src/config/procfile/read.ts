import { posix } from 'node:path'

import type { Format } from '../formats.ts'
import { refuseModule } from '../module.ts'
import { overlay } from '../overlay.ts'
import { Source } from '../source.ts'
import { parseAppJson } from './app-json.ts'
import { parseProcfile } from './procfile.ts'

/** Heroku's `Procfile`, with the `app.json` beside it. */
export const PROCFILE: Format = {
  name: 'Procfile',
  files: ['Procfile'],
  async read(path, reading, { over, module, environment }) {
    const source = await reading.open(path)
    if (source === null) return null
    refuseModule(path, module, source.placeAt(0), reading)
    const procfile = parseProcfile(source, reading)
    const appJson = await reading.open(posix.join(posix.dirname(path), 'app.json'))
    return appJson === null
      ? procfile
      : overlay(procfile, parseAppJson(appJson, { procfile, over, isAlone: false, environment }, reading))
  },
}

/** Heroku's `app.json` where that is the file to read: with the Procfile beside it, or for an image without one. */
export const APP_JSON: Format = {
  name: PROCFILE.name,
  files: ['app.json'],
  async read(path, reading, { over, module, environment }) {
    const source = await reading.open(path)
    if (source === null) return null
    refuseModule(path, module, source.placeAt(0), reading)
    const beside = await reading.open(posix.join(posix.dirname(path), 'Procfile'))
    const procfile = parseProcfile(beside ?? new Source(path, ''), reading)
    const appJson = parseAppJson(source, { procfile, over, isAlone: beside === null, environment }, reading)
    return overlay(procfile, appJson)
  },
}
