import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import type { LogLine } from '../logs.ts'
import { LogFile } from './log-file.ts'
import { LogFollower } from './log-follower.ts'
import { formatLine, isOf, noteLine } from './log-line.ts'
import { lastLines } from './log-reader.ts'

const MAX_BYTES = 10 * 1024 * 1024
const KEEP = 5
const NAME = /^[a-z0-9][a-z0-9.-]*(?:\/[a-z0-9][a-z0-9.-]*)?$/
/** Of `web/proxy` it is `web~proxy.log`. */
const FILE = /^([a-z0-9][a-z0-9.~-]*)\.log(?:\.\d+)?$/

export interface LogStoreOptions {
  /** Size in bytes at which a component's file is rotated; default 10 MiB. */
  maxBytes?: number
  /** Rotated files that stay; default 5. */
  keep?: number
  /** For how many seconds lines are kept where there is room; default: as long as there is. */
  retention?: number | null
  now?: () => Date
}

export interface LogStoreQuery {
  /** `web`, `web/proxy`, `task.migrate`; null: all. */
  component: string | null
  /** Only what this instance wrote, or one of its containers: `web.1-3f9c2a`, `web.1-3f9c2a/proxy`. */
  instance?: string
  /** ISO time: nothing older is looked for. */
  since?: string
  /** ISO time: nothing from then on is looked for, nor followed. */
  before?: string
  /** How many of the last lines to begin with. They are held in memory. */
  lines: number
  follow: boolean
  /** Ends the following, once everything has come that was written until it fired. */
  until?: AbortSignal
  signal: AbortSignal
}

/** The output of one app: a folder with a file for each component, rotated by size and by age. */
export class LogStore {
  readonly #folder: string
  readonly #maxBytes: number
  readonly #keep: number
  readonly #now: () => Date
  #retention: number | null = null
  readonly #files = new Map<string, LogFile>()
  readonly #followers = new Map<LogFollower, Pick<LogStoreQuery, 'component' | 'instance'>>()
  #closed = false

  constructor(folder: string, options: LogStoreOptions = {}) {
    this.#folder = folder
    this.#maxBytes = options.maxBytes ?? MAX_BYTES
    this.#keep = options.keep ?? KEEP
    this.#now = options.now ?? (() => new Date())
    this.setRetention(options.retention ?? null)
  }

  /** For how many seconds lines are kept from now on; null: as long as there is room. What is older is not shown any more. */
  setRetention(seconds: number | null): void {
    this.#retention = seconds
    for (const name of seconds === null ? [] : this.names()) this.#file(name).sweep()
  }

  /** Never throws for what is wrong with the disk: lines that cannot be stored are counted, and the log says so later. */
  append(component: string, line: LogLine): void {
    if (this.#closed) return
    const file = this.#file(component)
    for (const text of line.text.split(/\r\n|\r|\n/)) {
      const single = { ...line, text }
      file.append(formatLine(single))
      for (const [follower, wanted] of this.#followers) {
        if (wanted.component !== null && wanted.component !== component) continue
        if (isOf(line, wanted.instance)) follower.push(single)
      }
    }
  }

  /** Oldest first. With `follow` it goes on, without gap or repetition, until the signal fires or the store is closed. */
  async *read(query: LogStoreQuery): AsyncGenerator<LogLine> {
    const { component, lines, instance, before, follow, until, signal } = query
    const since = this.#since(query.since)
    // In one go, so that each line is either before the end that is read to or in the follower's queue.
    const follower = new LogFollower(this.#now)
    const end = (): void => follower.close()
    if (follow && before === undefined && !this.#closed && !until?.aborted) {
      this.#followers.set(follower, query)
      until?.addEventListener('abort', end, { once: true })
    } else end()
    const ends = this.names()
      .filter((name) => component === null || name === component)
      .map((name) => this.#file(name))
      .map((file) => ({ file, end: file.end }))
    try {
      for (const line of await lastLines(ends, { count: lines, instance, since, before }, signal)) {
        if (signal.aborted) return
        yield line
      }
      yield* follower.lines(signal)
    } finally {
      this.#followers.delete(follower)
      until?.removeEventListener('abort', end)
    }
  }

  /** Ends all readers that follow. What is appended later is dropped. */
  async close(): Promise<void> {
    this.#closed = true
    for (const follower of this.#followers.keys()) follower.close()
    for (const file of this.#files.values()) file.close()
  }

  /** Whose output there is, from earlier servers too. */
  names(): string[] {
    const stored = listFolder(this.#folder).flatMap((name) => FILE.exec(name)?.[1]?.replace('~', '/') ?? [])
    return [...new Set([...stored, ...this.#files.keys()])]
  }

  /** ISO time of the oldest line that is shown. Files are deleted as a whole: some hold older ones. */
  #since(wanted = ''): string {
    if (this.#retention === null) return wanted
    const kept = new Date(Math.max(0, this.#now().getTime() - this.#retention * 1_000)).toISOString()
    return kept > wanted ? kept : wanted
  }

  #file(component: string): LogFile {
    let file = this.#files.get(component)
    if (file === undefined) {
      if (!NAME.test(component)) throw new Error(`not the name of a component: ${component}`)
      file = new LogFile(join(this.#folder, `${component.replace('/', '~')}.log`), {
        maxBytes: this.#maxBytes,
        keep: this.#keep,
        maxAge: () => (this.#retention ?? Infinity) * 1_000,
        now: () => this.#now().getTime(),
        lossNotice: (lost, reason) =>
          formatLine(
            noteLine(this.#now(), `${lost} ${lost === 1 ? 'line' : 'lines'} could not be stored: ${reason}`),
          ),
      })
      this.#files.set(component, file)
    }
    return file
  }
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
