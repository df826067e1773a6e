/** Bytes of UTF-8 in one line of output; what is longer goes on in the next line. */
export const LONGEST_LINE = 16 * 1024

const ESC = '\u001b'
// ECMA-48: CSI moves the cursor and colours, OSC sets titles and links, DCS, SOS, PM and APC carry data to a terminal,
// the rest are two characters or a choice of character set. A sequence without its end loses only its beginning, so
// that it cannot hide text.
const SEQUENCES = [
  `${ESC}\\[[0-?]*[ -/]*[@-~]`,
  `${ESC}\\][^\\u0007${ESC}]*(?:\\u0007|${ESC}\\\\)`,
  `${ESC}[PX^_][^${ESC}]*${ESC}\\\\`,
  `${ESC}[ -/]*[0-~]?`,
]
const CONTROLS = '[\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f]'
const UNPRINTABLE = new RegExp([...SEQUENCES, CONTROLS].join('|'), 'g')
const COLOUR = new RegExp(`^${ESC}\\[[\\d;:]*m$`)

/**
 * Makes lines of the output of a process as it comes in chunks: UTF-8 whatever the chunks cut apart, with invalid
 * bytes replaced; of a progress bar that rewrites its line, the last state; colours kept and all else that steers a
 * terminal removed; never longer than LONGEST_LINE.
 */
export class LineSplitter {
  readonly #onLine: (text: string) => void
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  #pending = ''

  constructor(onLine: (text: string) => void) {
    this.#onLine = onLine
  }

  write(chunk: Uint8Array): void {
    this.#take(this.#decoder.decode(chunk, { stream: true }))
  }

  /** Delivers a last line that has no newline. */
  end(): void {
    this.#take(this.#decoder.decode())
    if (this.#pending !== '') this.#deliver(this.#pending)
    this.#pending = ''
  }

  #take(text: string): void {
    const lines = (this.#pending + text).split('\n')
    const unfinished = lines.pop()!
    for (const line of lines) this.#deliver(line)
    // A return at the very end may belong to a newline that is still to come.
    const pieces = cut(lastState(unfinished) + (unfinished.endsWith('\r') ? '\r' : ''))
    this.#pending = pieces.pop()!
    for (const piece of pieces) this.#onLine(printable(piece))
  }

  #deliver(line: string): void {
    for (const piece of cut(lastState(line))) this.#onLine(printable(piece))
  }
}

/** What a terminal shows of a line that rewrites itself; returns at its end rewrite nothing yet. */
function lastState(line: string): string {
  let end = line.length
  while (line[end - 1] === '\r') end--
  return line.slice(line.lastIndexOf('\r', end - 1) + 1, end)
}

function cut(line: string): string[] {
  const pieces: string[] = []
  let rest = line
  // A UTF-16 unit takes three bytes at most.
  while (rest.length * 3 > LONGEST_LINE) {
    const { read } = new TextEncoder().encodeInto(rest, new Uint8Array(LONGEST_LINE))
    if (read === rest.length) break
    pieces.push(rest.slice(0, read))
    rest = rest.slice(read)
  }
  return [...pieces, rest]
}

function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => (COLOUR.test(found) ? found : ''))
}
