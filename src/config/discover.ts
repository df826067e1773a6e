import { posix } from 'node:path'

import { FORMATS } from './formats.ts'
import type { Format } from './formats.ts'
import { GANTRY_YML, MINIMAL_HINT, readGantryYml } from './gantry-yml/read.ts'
import type { Reading } from './reading.ts'
import { printable, quote } from './text.ts'
import { child, entriesOf, placeOf } from './value.ts'
import type { Table } from './value.ts'

const MISSPELLED = 'gantry.yaml'

/** The configs that a repository's files make together, each to be laid over the one before it. At least one. */
export async function discover(reading: Reading, path?: string): Promise<Table[]> {
  return path === undefined ? await fromRoot(reading) : await fromFile(path, reading)
}

async function fromRoot(reading: Reading): Promise<Table[]> {
  const own = await readGantryYml(GANTRY_YML, reading)
  if (await reading.exists(MISSPELLED)) {
    if (own === null) {
      return reading.fail(`${MISSPELLED} is not read: the file's name is ${GANTRY_YML}`, {
        hint: `Rename it: git mv ${MISSPELLED} ${GANTRY_YML}`,
      })
    }
    reading.warn(`${MISSPELLED} is not read: ${GANTRY_YML} is there too`, { hint: 'Delete one of them.' })
  }
  const found = await withForeign(own, reading)
  if (found.length > 0) return found
  const where = reading.where === undefined ? '' : ` in ${printable(reading.where)}`
  return reading.fail(`There is no configuration${where}: neither a gantry.yml nor a Procfile`, {
    hint: MINIMAL_HINT,
  })
}

async function fromFile(path: string, reading: Reading): Promise<Table[]> {
  const file = posix.normalize(path)
  if (posix.isAbsolute(file) || file === '..' || file.startsWith('../')) {
    return reading.fail(`${quote(path)} is outside of the repository`, {
      hint: 'Give a path from the root of the repository.',
    })
  }
  const format = FORMATS.find((each) => each.files.includes(posix.basename(file)))
  const config =
    format === undefined ? await readGantryYml(file, reading) : await format.read(file, reading, null)
  if (config === null) {
    return reading.fail(`There is no file ${quote(file)}`, {
      hint: 'Give a path from the root of the repository.',
    })
  }
  return format === undefined ? await withForeign(config, reading) : [config]
}

/** A gantry.yml, on top of the file of another system where that is to be read. */
async function withForeign(own: Table | null, reading: Reading): Promise<Table[]> {
  const rest = own === null ? [] : [own]
  const from = own === null ? undefined : child(own, 'from')
  if (from !== undefined) {
    const named = FORMATS.find((each) => from.kind === 'scalar' && each.name === from.value)
    // What else stands there is for the schema to refuse.
    if (named === undefined) return rest
    const foreign = await readFirst(named, reading, own)
    if (foreign !== null) return [foreign, ...rest]
    reading.error(`from: there is no ${named.files.join(' or ')} in the repository`, {
      path: 'from',
      place: placeOf(from),
      hint: 'Add it to the root of the repository, or leave out `from`.',
    })
    return rest
  }
  if (own !== null && entriesOf(child(own, 'processes')).length > 0) {
    await nameTheUnread(reading)
    return rest
  }
  for (const format of FORMATS) {
    const foreign = await readFirst(format, reading, own)
    if (foreign !== null) return [foreign, ...rest]
  }
  return rest
}

async function readFirst(format: Format, reading: Reading, over: Table | null): Promise<Table | null> {
  for (const file of format.files) {
    const config = await format.read(file, reading, over)
    if (config !== null) return config
  }
  return null
}

async function nameTheUnread(reading: Reading): Promise<void> {
  for (const { name, files } of FORMATS) {
    for (const file of files) {
      if (!(await reading.exists(file))) continue
      reading.warn(`${file} is not read: ${GANTRY_YML} names the processes`, {
        hint: `Write \`from: ${name}\` into ${GANTRY_YML} to read both.`,
      })
    }
  }
}
