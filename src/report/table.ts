import { stripVTControlCharacters } from 'node:util'

/** Rows as lines: every column but the last as wide as its widest cell, two spaces between, none at the end. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = columnWidths(rows)
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : pad(cell, widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
}

/** How wide each column is, but for the last, which takes what it needs. */
export function columnWidths(rows: readonly (readonly string[])[]): number[] {
  const widths: number[] = []
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, visibleLength(cell))
    })
  }
  return widths
}

/** Items on as few lines as fit the width; one that is too long has a line of its own. */
export function wrapped(items: readonly string[], width: number): string[] {
  // The last column of the width is for the comma behind a line that goes on.
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    const longer = `${last}, ${item}`
    if (last !== undefined && visibleLength(longer) < width) lines[lines.length - 1] = longer
    else lines.push(item)
  }
  return lines.map((line, index) => (index < lines.length - 1 ? `${line},` : line))
}

/** A text on lines that fit the width; a word that is too long has a line of its own. */
export function wrappedText(text: string, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1)
    const longer = `${last} ${word}`
    if (last !== undefined && visibleLength(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

function pad(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - visibleLength(cell)))
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length
}
