import type { Place } from '../app/errors.ts'
import { printable } from './text.ts'

const CONTEXT_LINES = 2
const FRAME_WIDTH = 100

/** The text of a config file: knows its places, and shows the lines around one without what must stay hidden. */
export class Source {
  readonly file: string
  readonly text: string
  readonly #lineStarts: number[] = [0]
  readonly #hidden: [start: number, end: number][] = []

  constructor(file: string, text: string) {
    this.file = file
    this.text = text
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      this.#lineStarts.push(at + 1)
  }

  placeAt(offset: number): Place {
    let low = 0
    let high = this.#lineStarts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (this.#lineStarts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { file: this.file, line: low + 1, column: offset - this.#lineStarts[low]! + 1 }
  }

  /** Keeps a part of the text out of all frames. */
  hide(start: number, end: number): void {
    if (start < end) this.#hidden.push([start, end])
  }

  hides(offset: number): boolean {
    return this.#hidden.some(([start, end]) => start <= offset && offset < end)
  }

  hidesAt({ line, column }: Place): boolean {
    return this.hides(this.#lineStarts[line - 1]! + column - 1)
  }

  /** The lines around a place, with a mark under the column. */
  frame(place: Place): string {
    this.#hidden.sort(([a], [b]) => a - b)
    const first = Math.max(1, place.line - CONTEXT_LINES)
    // After the last line break there is no line, unless it is what this is about.
    const lines = this.#lineStarts.length - (this.text.endsWith('\n') ? 1 : 0)
    const last = Math.max(place.line, Math.min(lines, place.line + CONTEXT_LINES))
    const gutter = String(last).length
    const before = this.#shown(place.line, place.column - 1).length
    const shift = Math.max(0, before - (FRAME_WIDTH - 20))
    const shown: string[] = []
    for (let line = first; line <= last; line++) {
      const mark = line === place.line ? '>' : ' '
      const text = this.#shown(line, Infinity).slice(shift, shift + FRAME_WIDTH)
      shown.push(`${mark} ${String(line).padStart(gutter)} | ${text}`.trimEnd())
      if (line === place.line) shown.push(`  ${' '.repeat(gutter)} | ${' '.repeat(before - shift)}^`)
    }
    return shown.join('\n')
  }

  /** The first columns of a line, as they may be seen. */
  #shown(line: number, columns: number): string {
    const start = this.#lineStarts[line - 1]!
    const lineEnd = (this.#lineStarts[line] ?? this.text.length + 1) - 1
    const end = Math.min(lineEnd, start + columns)
    let shown = ''
    let at = start
    for (const [from, to] of this.#hidden) {
      if (to <= at || from >= end) continue
      shown += this.text.slice(at, Math.max(at, from)) + '[hidden]'
      at = Math.min(to, end)
    }
    shown += this.text.slice(at, end)
    return printable(shown.replace(/\r$/, '').replaceAll('\t', ' '))
  }
}
