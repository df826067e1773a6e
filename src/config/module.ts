import type { Place } from '../app/errors.ts'
import type { Reading } from './reading.ts'
import { suggest } from './suggest.ts'
import { printable, quote } from './text.ts'

/** Names in an error; a file may have thousands. */
const SHOWN = 20

/** What a file has several of, and where that is said. */
export interface Modules {
  file: string
  /** What the source system calls one: `module`, `app`. */
  what: string
  names: readonly string[]
  place: Place | undefined
}

/** The module to deploy: the one that was asked for, or the only one. Ends the reading when neither says it. */
export function chooseModule(
  { file, what, names, place }: Modules,
  asked: string | null,
  reading: Reading,
): string {
  const [only] = names
  if (names.length > 1) reading.shared = file
  if (asked === null && names.length === 1) return only!
  if (asked !== null && names.includes(asked)) return asked
  const shown = names.slice(0, SHOWN).map(printable)
  const list =
    names.length > SHOWN ? `${shown.join(', ')} and ${names.length - SHOWN} more` : shown.join(', ')
  if (asked === null) {
    return reading.fail(`${file} has several ${what}s: ${list}`, {
      place,
      hint: `Say which one with \`module: NAME\` in gantry.yml, or with --module.`,
    })
  }
  const meant = suggest(asked, names)
  return reading.fail(`${file} has no ${what} ${quote(asked)}`, {
    place,
    hint: meant === null ? `There are: ${list}.` : `Did you mean ${quote(meant)}? There are: ${list}.`,
  })
}

/** For formats that describe one app a file. */
export function refuseModule(file: string, asked: string | null, place: Place, reading: Reading): void {
  if (asked === null) return
  reading.error(`${file} has no modules: ${quote(asked)} was asked for`, {
    place,
    hint: 'Leave out `module:` in gantry.yml and --module.',
  })
}
