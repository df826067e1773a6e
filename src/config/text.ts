import type { Path, Value } from './value.ts'

const SHOWN = 60

/**
 * Text of a pushed file, safe for a terminal: characters that move the cursor, change colours or reorder text become
 * the replacement character.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '\uFFFD')
}

/** A text of a pushed file in quotes, cut to a readable length. */
export function quote(text: string): string {
  const cut = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text
  return `"${printable(cut)}"`
}

/** What stands at a place, in a few words. */
export function describeValue(value: Value): string {
  if (value.kind === 'list') return 'a list'
  if (value.kind === 'table') return 'a map'
  if (value.value === null) return 'nothing'
  return typeof value.value === 'string' ? quote(value.value) : printable(value.text.slice(0, SHOWN))
}

/** `processes.web.command[2]` */
export function showPath(path: Path): string {
  let shown = ''
  for (const key of path) {
    if (typeof key === 'number') shown += `[${key}]`
    else if (/^[\w-]{1,100}$/.test(key)) shown += shown === '' ? key : `.${key}`
    else shown += `[${quote(key)}]`
  }
  return shown
}
