import type { Fate, KeyUse } from '../config/catalogue/catalogue.ts'
import type { ResolvedConfig } from '../config/read.ts'
import { printable } from '../config/text.ts'
import { showFiles } from './config.ts'
import { wrapped, wrappedText } from './table.ts'
import { counted } from './units.ts'

const TITLES: Readonly<Record<Fate, string>> = {
  unsupported: 'not supported',
  approximated: 'approximated',
  honoured: 'honoured',
}
/** Where the width of the terminal is not known. */
const WIDTH = 100
/** However long the names of files are, what is said of a key gets so many columns. */
const LEAST_WIDTH = 40

interface KeysLayout {
  /** Whether what is honoured has a line for each key as well; otherwise its keys are only named. */
  all?: boolean | undefined
  /** Columns of the terminal. */
  width?: number | undefined
}

/** What becomes of each key of another system's files, with its place: first what is lost, then what differs. */
export function renderKeys(
  { keys, ...config }: Pick<ResolvedConfig, 'keys' | 'files' | 'recognised'>,
  { all = false, width = WIDTH }: KeysLayout = {},
): string {
  const parts = (Object.keys(TITLES) as Fate[]).flatMap((fate) => {
    const own = keys.filter((each) => each.fate === fate)
    if (own.length === 0) return []
    const lines = all || fate !== 'honoured' ? rowsOf(own, width) : namesOf(own, width)
    return [`${TITLES[fate]} (${counted(own.length, 'key')})`, ...lines].join('\n')
  })
  const read = `read from ${showFiles(config)}`
  if (keys.length === 0) {
    const isAlone = config.files.length === 1 && config.recognised === null
    const why = isAlone ? 'no file of another system' : 'no key of another system'
    return `${read}\n\n${why}: every key of gantry.yml is honoured`
  }
  return [read, ...parts].join('\n\n')
}

/** The same for programs. */
export function keysJson({
  keys,
  files,
  recognised,
}: Pick<ResolvedConfig, 'keys' | 'files' | 'recognised'>): object {
  return { files, recognised, keys }
}

function rowsOf(keys: readonly KeyUse[], width: number): string[] {
  const places = keys.map(({ place }) => `${printable(place.file)}:${place.line}`)
  const column = Math.max(...places.map((each) => each.length))
  const room = Math.max(width - column - 4, LEAST_WIDTH)
  return keys.flatMap(({ path, text, hint, fate }, index) => {
    const lines = [
      ...wrappedText(`${path}: ${text}`, room),
      ...(hint === undefined || fate === 'honoured' ? [] : wrappedText(hint, room)),
    ]
    return lines.map((line, at) => `  ${(at === 0 ? places[index]! : '').padEnd(column)}  ${line}`)
  })
}

function namesOf(keys: readonly KeyUse[], width: number): string[] {
  const names = [...new Set(keys.map(({ path }) => path))]
  return [...wrapped(names, width - 2), 'what becomes of each: --all'].map((line) => `  ${line}`)
}
