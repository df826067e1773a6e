import type { LogLine } from '../logs.ts'

/** How a line is stored: `TIME INSTANCE STREAM TEXT` and a newline. The text must be one line. */
export function formatLine(line: LogLine): string {
  return `${line.time} ${line.instance} ${line.stream} ${line.text}\n`
}

const STORED = /^(\S+) (\S+) (out|err|gantry) (.*)$/s

/** Null for what is no whole line: a power cut may leave half of one. */
export function parseLine(stored: string): LogLine | null {
  const [, time, instance, stream, text] = STORED.exec(stored) ?? []
  if (time === undefined || instance === undefined || text === undefined) return null
  return { time, instance, stream: stream as LogLine['stream'], text }
}

/** Whether an instance wrote it, or one of its containers; undefined: any did. */
export function isOf({ instance }: LogLine, asked: string | undefined): boolean {
  return asked === undefined || instance === asked || instance.startsWith(`${asked}/`)
}

/** What the log says about itself. */
export function noteLine(time: Date, text: string): LogLine {
  return { time: time.toISOString(), instance: 'gantry', stream: 'gantry', text }
}
