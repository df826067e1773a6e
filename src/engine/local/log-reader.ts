import { closeSync, fstatSync, read } from 'node:fs'
import { promisify } from 'node:util'

import type { LogLine } from '../logs.ts'
import type { LogFile, LogPosition } from './log-file.ts'
import { isOf, parseLine } from './log-line.ts'

const CHUNK = 64 * 1024
const readAt = promisify(read)

export interface WantedLines {
  count: number
  /** Only what this instance wrote. */
  instance?: string | undefined
  /** ISO time: nothing older is looked for. */
  since?: string | undefined
  /** ISO time: nothing from then on is looked for. */
  before?: string | undefined
}

/** The last lines before a position in each of the files, in the order of their times. */
export async function lastLines(
  files: readonly { file: LogFile; end: LogPosition }[],
  { count, instance, since = '', before }: WantedLines,
  signal: AbortSignal,
): Promise<LogLine[]> {
  const sources = files.map(({ file, end }) => newestFirst(file, end))
  const lines: LogLine[] = []
  try {
    const heads = await Promise.all(sources.map(async (source) => (await source.next()).value))
    while (lines.length < count && !signal.aborted) {
      const newest = indexOfNewest(heads)
      const head = heads[newest]
      if (head === undefined || head.time < since) break
      if (isWanted(head, instance, before)) lines.push(head)
      heads[newest] = (await sources[newest]!.next()).value
    }
  } finally {
    await Promise.all(sources.map((source) => source.return(undefined)))
  }
  return lines.toReversed()
}

function isWanted(line: LogLine, instance?: string, before?: string): boolean {
  return isOf(line, instance) && (before === undefined || line.time < before)
}

function indexOfNewest(heads: readonly (LogLine | undefined)[]): number {
  let found = -1
  for (const [index, head] of heads.entries()) {
    if (head !== undefined && (found === -1 || head.time >= heads[found]!.time)) found = index
  }
  return found
}

/** From a position back through the older files, a chunk at a time. */
async function* newestFirst(file: LogFile, end: LogPosition): AsyncGenerator<LogLine, undefined> {
  for (let number = end.file; number >= file.oldest; number--) {
    const fd = file.open(number)
    if (fd === null) continue
    try {
      const size = fstatSync(fd).size
      yield* newestFirstIn(fd, number === end.file ? Math.min(end.size, size) : size)
    } finally {
      closeSync(fd)
    }
  }
  return undefined
}

async function* newestFirstIn(fd: number, size: number): AsyncGenerator<LogLine> {
  // The end of a line whose beginning has not been read yet.
  let rest = Buffer.alloc(0)
  for (let end = size; end > 0; end -= Math.min(end, CHUNK)) {
    const start = Math.max(0, end - CHUNK)
    const { bytesRead, buffer } = await readAt(fd, Buffer.alloc(end - start), 0, end - start, start)
    const bytes = Buffer.concat([buffer.subarray(0, bytesRead), rest])
    const whole = start === 0 ? 0 : bytes.indexOf('\n') + 1 || bytes.length
    rest = bytes.subarray(0, whole)
    for (const stored of bytes.toString('utf8', whole).split('\n').toReversed()) {
      const line = parseLine(stored)
      if (line !== null) yield line
    }
  }
}
