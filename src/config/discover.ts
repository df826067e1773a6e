import { posix } from 'node:path'

import { FORMATS } from './formats.ts'
import type { Format } from './formats.ts'
import { GANTRY_YML, MINIMAL_HINT, readGantryYml } from './gantry-yml/read.ts'
import type { Reading } from './reading.ts'
import { recognise } from './recognise.ts'
import { printable, quote } from './text.ts'
import { child, entriesOf, placeOf } from './value.ts'
import type { Table } from './value.ts'

const MISSPELLED = 'gantry.yaml'

/** Made where it is needed: a list in words takes longer to begin with than the rest of this module. */
function readFormats(): string {
  const all = FORMATS.map(({ name, files: [file = name] }) => (file === name ? file : `${file} (${name})`))
  return `It reads ${new Intl.ListFormat('en').format([GANTRY_YML, ...all])}.`
}

/** What somebody asked for beside the files. */
export interface Asked {
  /** The file to read instead of those that are found. */
  config?: string | undefined
  /** Of several modules or apps in one file. */
  module?: string | undefined
  /** Default: `default`. */
  environment?: string | undefined
}

/** The configs that a repository's files make together, each to be laid over the one before it. At least one. */
export async function discover(reading: Reading, asked: Asked): Promise<Table[]> {
  return await new Discovery(reading, asked).run(asked.config)
}

class Discovery {
  readonly #reading: Reading
  readonly #module: string | null
  readonly #environment: string
  #hasForeign = false

  constructor(reading: Reading, { module, environment }: Asked) {
    this.#reading = reading
    this.#module = module ?? null
    this.#environment = environment ?? 'default'
  }

  async run(path: string | undefined): Promise<Table[]> {
    const found = path === undefined ? await this.#fromRoot() : await this.#fromFile(path)
    const written = child(found.at(-1), 'module')
    if (!this.#hasForeign && (written !== undefined || this.#module !== null)) {
      this.#reading.error('A module was asked for, and only files of other systems have some', {
        path: 'module',
        place: written && placeOf(written),
        hint: 'Leave out `module:` in gantry.yml and --module, or name the format with `from:`.',
      })
    }
    return found
  }

  async #fromRoot(): Promise<Table[]> {
    const reading = this.#reading
    const own = await readGantryYml(GANTRY_YML, reading)
    if (await reading.exists(MISSPELLED)) {
      if (own === null) {
        return reading.fail(`${MISSPELLED} is not read: the file's name is ${GANTRY_YML}`, {
          hint: `Rename it: git mv ${MISSPELLED} ${GANTRY_YML}`,
        })
      }
      reading.warn(`${MISSPELLED} is not read: ${GANTRY_YML} is there too`, { hint: 'Delete one of them.' })
    }
    const found = await this.#withForeign(own)
    if (found.length > 0) return found
    const where = reading.where === undefined ? '' : ` in ${printable(reading.where)}`
    const files = FORMATS.flatMap((each) => each.files.slice(0, 1))
    return reading.fail(`There is no configuration${where}: no ${orList([GANTRY_YML, ...files])}`, {
      hint: MINIMAL_HINT,
    })
  }

  async #fromFile(path: string): Promise<Table[]> {
    const reading = this.#reading
    const file = posix.normalize(path)
    if (posix.isAbsolute(file) || file === '..' || file.startsWith('../')) {
      return reading.fail(`${quote(path)} is outside of the repository`, {
        hint: 'Give a path from the root of the repository.',
      })
    }
    const named = FORMATS.find((each) => each.files.some((pattern) => isFileOf(file, pattern)))
    const format = named ?? (await this.#recognise(file))
    const config =
      format === undefined ? await readGantryYml(file, reading) : await this.#read(format, file, null)
    if (config === null) {
      return reading.fail(`There is no file ${quote(file)}`, {
        hint: 'Give a path from the root of the repository.',
      })
    }
    return format === undefined ? await this.#withForeign(config) : [config]
  }

  /** The format of a file whose name does not say it; undefined for a gantry.yml, and where there is no such file. */
  async #recognise(file: string): Promise<Format | undefined> {
    const reading = this.#reading
    const source = await reading.open(file)
    const found = source === null ? GANTRY_YML : recognise(source)
    if (found === GANTRY_YML) return undefined
    const place = source!.placeAt(0)
    if (found === null) {
      return reading.fail(`${printable(file)} is in no format that Gantry reads, as far as one can see`, {
        place,
        hint: `${readFormats()} Give a copy of it the name that its format has: it may stand in any folder.`,
      })
    }
    if (found.format === null) {
      return reading.fail(`${printable(file)} is ${found.what}, which Gantry does not read`, {
        place,
        hint: `${readFormats()} \`gantry init\` begins a ${GANTRY_YML} from what the repository looks like.`,
      })
    }
    reading.recognised = found.what
    return found.format
  }

  /** A gantry.yml, on top of the file of another system where that is to be read. */
  async #withForeign(own: Table | null): Promise<Table[]> {
    const reading = this.#reading
    const rest = own === null ? [] : [own]
    const from = own === null ? undefined : child(own, 'from')
    if (from !== undefined) {
      const named = FORMATS.find((each) => from.kind === 'scalar' && each.name === from.value)
      // What else stands there is for the schema to refuse.
      if (named === undefined) return rest
      const foreign = await this.#readFirst(named, own)
      if (foreign !== null) return [foreign, ...rest]
      reading.error(`from: there is no ${orList(named.files)} in the repository`, {
        path: 'from',
        place: placeOf(from),
        hint: 'Add it to the root of the repository, or leave out `from`.',
      })
      return rest
    }
    if (own !== null && entriesOf(child(own, 'processes')).length > 0) {
      await this.#nameTheUnread(`${GANTRY_YML} names the processes`, 'to read both')
      return rest
    }
    for (const format of FORMATS) {
      const foreign = await this.#readFirst(format, own)
      if (foreign === null) continue
      await this.#nameTheUnread(
        `${reading.opened.find((file) => file !== GANTRY_YML)} is`,
        'to read that one',
      )
      return [foreign, ...rest]
    }
    return rest
  }

  async #readFirst(format: Format, over: Table | null): Promise<Table | null> {
    for (const pattern of format.files) {
      for (const file of await this.#matching(pattern)) {
        const config = await this.#read(format, file, over)
        if (config !== null) return config
      }
    }
    return null
  }

  async #read(format: Format, file: string, over: Table | null): Promise<Table | null> {
    const written = child(over ?? undefined, 'module')
    const module = this.#module ?? (written?.kind === 'scalar' ? written.text : null)
    const config = await format.read(file, this.#reading, { over, module, environment: this.#environment })
    this.#reading.keys.warn(this.#reading)
    if (config !== null) this.#hasForeign = true
    return config
  }

  async #matching(pattern: string): Promise<string[]> {
    const folder = posix.dirname(pattern)
    if (!pattern.includes('*')) return [pattern]
    const names = await this.#reading.list(folder)
    return names.map((name) => posix.join(folder, name)).filter((file) => isFileOf(file, pattern))
  }

  async #nameTheUnread(why: string, to: string): Promise<void> {
    const reading = this.#reading
    for (const { name, files } of FORMATS) {
      const all = (await Promise.all(files.map((pattern) => this.#matching(pattern)))).flat()
      const isRead = all.some((file) => reading.opened.includes(file))
      for (const file of all) {
        if (reading.opened.includes(file) || !(await reading.exists(file))) continue
        const instead = reading.opened.find((path) => posix.basename(path) === file)
        reading.warn(
          `${printable(file)} is not read: ${instead === undefined ? why : `${printable(instead)} is`}`,
          {
            hint:
              isRead || instead !== undefined
                ? 'Delete one of them.'
                : `Write \`from: ${name}\` into ${GANTRY_YML} ${to}.`,
          },
        )
      }
    }
  }
}

/** Whether a file is one that a format is recognised by. A plain name may stand in any folder. */
function isFileOf(file: string, pattern: string): boolean {
  const star = pattern.indexOf('*')
  if (star !== -1) {
    return posix.dirname(file) === posix.dirname(pattern) && file.endsWith(pattern.slice(star + 1))
  }
  return file === pattern || file.endsWith(`/${pattern}`)
}

function orList(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
