import type { WriteStream } from 'node:tty'

import { clean } from '../report/clean.ts'
import { painter } from '../report/colour.ts'
import { table } from '../report/table.ts'

/** Characters of a value that has a line of its own. */
const LONGEST_FIELD = 1_000

/** A line of the result. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** A line beside the result, for people: it does not get into a pipe. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`)
}

export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** Whether the stream is a terminal that shows colours and nobody has asked for none (NO_COLOR). */
export function hasColour(stream: WriteStream): boolean {
  return stream.isTTY && stream.hasColors()
}

/** How plans and events are laid out on a stream. */
export function layoutOf(stream: WriteStream): { colour: boolean; width?: number } {
  return { colour: hasColour(stream), ...(stream.isTTY && { width: stream.columns }) }
}

/** Rows below their headings. Cells may hold anything: what a terminal would obey is taken out. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const [first = '', ...rest] = table([headings, ...rows.map((row) => row.map((cell) => clean(cell)))])
  print(painter(hasColour(process.stdout))('bold', first))
  for (const line of rest) print(line)
}

/** Names and values of one thing, a line each, without those that it does not have. Cleaned as tables are. */
export function printFields(fields: Readonly<Record<string, string | null>>): void {
  const rows = Object.entries(fields).flatMap(([name, value]) =>
    value === null ? [] : [[clean(name), clean(value, LONGEST_FIELD)]],
  )
  for (const line of table(rows)) print(line)
}
