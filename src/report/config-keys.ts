import type { Fate, KeyUse } from '../config/catalogue/catalogue.ts'
import type { ResolvedConfig } from '../config/read.ts'
import { printable } from '../config/text.ts'
import { counted } from './units.ts'

const TITLES: Readonly<Record<Fate, string>> = {
  unsupported: 'not supported',
  approximated: 'approximated',
  honoured: 'honoured',
}

/** What becomes of each key of another system's files, with its place: first what is lost, then what differs. */
export function renderKeys({ keys, files }: Pick<ResolvedConfig, 'keys' | 'files'>): string {
  const parts = (Object.keys(TITLES) as Fate[]).map((fate) =>
    renderFate(
      fate,
      keys.filter((each) => each.fate === fate),
    ),
  )
  const read = `read from ${files.map(printable).join(', ')}`
  if (keys.length === 0) return `${read}\n\nno file of another system: every key of gantry.yml is honoured`
  return [read, ...parts.filter((part) => part !== '')].join('\n\n')
}

/** The same for programs. */
export function keysJson({ keys, files }: Pick<ResolvedConfig, 'keys' | 'files'>): object {
  return { files, keys }
}

function renderFate(fate: Fate, keys: readonly KeyUse[]): string {
  if (keys.length === 0) return ''
  const places = keys.map(({ place }) => `${printable(place.file)}:${place.line}`)
  const width = Math.max(...places.map((each) => each.length))
  const lines = keys.flatMap(({ path, text, hint }, index) => [
    `  ${places[index]!.padEnd(width)}  ${path}: ${text}`,
    ...(hint === undefined || fate === 'honoured' ? [] : [`  ${' '.repeat(width)}  ${hint}`]),
  ])
  return [`${TITLES[fate]} (${counted(keys.length, 'key')})`, ...lines].join('\n')
}
