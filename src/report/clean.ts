import { stripVTControlCharacters } from 'node:util'

const ESCAPE = String.fromCodePoint(0x1b)
const RESET = `${ESCAPE}[0m`
const COLOUR = new RegExp(`(${ESCAPE}\\[[0-9;:]*m)`)

// Control characters, invisible formatting such as direction overrides, halves of surrogate pairs, line separators.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu
const SPACES = /[\s\p{Zl}\p{Zp}]+/gu

/** Text from a repository or a process, on one line and with nothing in it that a terminal would obey. */
export function clean(text: string, limit = 300): string {
  return cut(printable(text.replaceAll(SPACES, ' ')).trim(), limit)
}

/**
 * A line of a log: as it was, but for what a terminal would obey; colours stay where they are wanted. What a carriage
 * return overwrote is left out, as a terminal would.
 */
export function cleanLog(line: string, colour: boolean, limit = 4_000): string {
  const last = line.trimEnd().split('\r').at(-1)!
  // Split at what it captures: every second part is a colour.
  const parts = cut(last, limit).split(COLOUR)
  const texts = parts.map((part, index) =>
    index % 2 === 1 ? (colour ? part : '') : printable(part.replaceAll('\t', '    ')),
  )
  return parts.length > 1 && colour ? texts.join('') + RESET : texts.join('')
}

function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(INVISIBLE, '')
}

function cut(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}
