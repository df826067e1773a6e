import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'

import { messageOf } from '../../app/errors.ts'

export interface LogFileOptions {
  /** Size in bytes at which a new file is begun. */
  maxBytes: number
  /** How many full files stay beside the current one; at least 1. */
  keep: number
  /** For how long a line is kept, in milliseconds; Infinity: as long as there is room. */
  maxAge: () => number
  /** Milliseconds since the epoch. */
  now: () => number
  /** The stored line that says how many lines are missing, and why. */
  lossNotice(lost: number, reason: string): string
}

/** A place in the output of a component. What is before it is whole lines. */
export interface LogPosition {
  /** Numbers grow by one with each new file; those of an earlier server are below zero. */
  file: number
  size: number
}

/**
 * The output of one component, in a file that becomes `.1`, `.2`, … when it is full, or holds as much time as its share
 * of what is kept.
 *
 * Writes are synchronous: a line is with the kernel when `append` returns, so that it outlives a kill of the server,
 * and nothing piles up in memory while a disk is full. A line that cannot be written is counted; nothing is thrown.
 */
export class LogFile {
  readonly #path: string
  readonly #options: LogFileOptions
  #fd: number | null = null
  #number = 0
  #size: number
  /** When its first line was written, in milliseconds since the epoch. */
  #began: number
  #lost = 0
  #reason = ''

  constructor(path: string, options: LogFileOptions) {
    this.#path = path
    this.#options = options
    this.#size = sizeOf(path)
    this.#began = this.#size === 0 ? options.now() : firstTime(path, options.now())
  }

  /** Takes one stored line, its newline included. */
  append(line: string): void {
    const notice = this.#lost === 0 ? '' : this.#options.lossNotice(this.#lost, this.#reason)
    try {
      this.#write(Buffer.from(notice + line))
      this.#lost = 0
    } catch (error) {
      this.#lost += 1
      this.#reason = messageOf(error)
      // What is wrong may be wrong with this file only.
      this.close()
    }
  }

  get end(): LogPosition {
    return { file: this.#number, size: this.#size }
  }

  /** The number of the oldest file that may exist. */
  get oldest(): number {
    return this.#number - this.#options.keep
  }

  /** A descriptor to read a file by its number, whatever it is called by now. Null when there is none. */
  open(number: number): number | null {
    try {
      return openSync(this.#pathOf(this.#number - number), 'r')
    } catch {
      return null
    }
  }

  /** Deletes the files all of whose lines are older than lines are kept. */
  sweep(): void {
    try {
      if (this.#isExpired(0)) this.#rotate()
      for (let age = this.#options.keep; age > 0; age--) {
        if (this.#isExpired(age)) rmSync(this.#pathOf(age), { force: true })
      }
    } catch {
      // What cannot be deleted now is tried again when the next file is begun.
    }
  }

  close(): void {
    if (this.#fd !== null) closeQuietly(this.#fd)
    this.#fd = null
  }

  #write(bytes: Buffer): void {
    const { maxBytes, now } = this.#options
    if (this.#size > 0 && (this.#size + bytes.length > maxBytes || this.#isOld())) {
      this.#rotate()
      this.sweep()
    }
    if (this.#size === 0) this.#began = now()
    this.#fd ??= this.#openForAppend()
    let written = 0
    try {
      while (written < bytes.length) written += writeSync(this.#fd, bytes, written)
    } catch (error) {
      // The beginning of a line must not stay: the next line would go on where it ends.
      if (written > 0) ftruncateSync(this.#fd, this.#size)
      throw error
    }
    this.#size += written
  }

  #rotate(): void {
    this.close()
    for (let age = this.#options.keep; age > 0; age--) {
      if (sizeOf(this.#pathOf(age - 1)) > 0) renameSync(this.#pathOf(age - 1), this.#pathOf(age))
    }
    this.#number += 1
    this.#size = 0
  }

  /** Whether it would be too long until its last line may go, and the whole file with it. */
  #isOld(): boolean {
    const { keep, maxAge, now } = this.#options
    return now() - this.#began > maxAge() / keep
  }

  #isExpired(age: number): boolean {
    const { maxAge, now } = this.#options
    const written = statSync(this.#pathOf(age), { throwIfNoEntry: false })?.mtimeMs
    return written !== undefined && written < now() - maxAge()
  }

  #openForAppend(): number {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    const fd = openSync(this.#path, 'a+', 0o600)
    try {
      this.#size = fstatSync(fd).size
      // A crash may have left half a line.
      if (this.#size > 0 && lastByte(fd, this.#size) !== 0x0a) this.#size += writeSync(fd, '\n')
      return fd
    } catch (error) {
      closeQuietly(fd)
      throw error
    }
  }

  #pathOf(age: number): string {
    return age === 0 ? this.#path : `${this.#path}.${age}`
  }
}

/** The time of a file's first line, in milliseconds since the epoch. */
function firstTime(path: string, otherwise: number): number {
  const stored = Buffer.alloc('2026-01-01T00:00:00.000Z'.length)
  try {
    const fd = openSync(path, 'r')
    try {
      readSync(fd, stored, 0, stored.length, 0)
    } finally {
      closeSync(fd)
    }
  } catch {
    return otherwise
  }
  const time = Date.parse(stored.toString())
  return Number.isNaN(time) ? otherwise : time
}

function lastByte(fd: number, size: number): number | undefined {
  const byte = Buffer.alloc(1)
  readSync(fd, byte, 0, 1, size - 1)
  return byte[0]
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    return 0
  }
}

function closeQuietly(fd: number): void {
  try {
    closeSync(fd)
  } catch {
    // Each write has already said whether it worked.
  }
}
