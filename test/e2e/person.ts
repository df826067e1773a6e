import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { spawn, type IPty } from '@lydell/node-pty'
import { vi } from 'vitest'

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts')

export interface Ended {
  /** Of the command line. */
  code: number
  signal: number
}

/** Somebody who has started the command line at a terminal. */
export class Person implements Disposable {
  /** All that the terminal has shown. */
  seen = ''
  readonly ended: Promise<Ended>
  readonly #terminal: IPty

  /** @param then a shell line that follows the command line on the same terminal */
  constructor(args: readonly string[], env: Record<string, string> = {}, cwd = tmpdir(), then?: string) {
    const words = [process.execPath, MAIN, ...args]
    const [program = '', ...rest] =
      then === undefined ? words : ['/bin/sh', '-c', `"$@"; code=$?; ${then}; exit $code`, 'sh', ...words]
    this.#terminal = spawn(program, rest, {
      name: 'xterm-256color',
      cols: 100,
      rows: 40,
      cwd,
      env: { PATH: process.env['PATH'], HOME: join(tmpdir(), 'gantry-nobody'), ...env },
    })
    this.#terminal.onData((text) => (this.seen += text))
    this.ended = new Promise((resolve) => {
      this.#terminal.onExit(({ exitCode, signal = 0 }) => resolve({ code: exitCode, signal }))
    })
  }

  get pid(): number {
    return this.#terminal.pid
  }

  type(text: string): void {
    this.#terminal.write(text)
  }

  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows)
  }

  /** Resolves with what was shown since the last look, once that matches. */
  async until(wanted: RegExp): Promise<RegExpExecArray> {
    const found = await vi.waitFor(
      () => {
        const match = wanted.exec(this.seen)
        if (match === null) throw new Error(`waited for ${wanted}, and saw ${JSON.stringify(this.seen)}`)
        return match
      },
      { timeout: 15_000, interval: 20 },
    )
    this.seen = this.seen.slice(found.index + found[0].length)
    return found
  }

  kill(signal: NodeJS.Signals): void {
    process.kill(this.pid, signal)
  }

  /** The terminal goes away: its window is closed. */
  close(): void {
    ;(this.#terminal as IPty & { destroy(): void }).destroy()
  }

  [Symbol.dispose](): void {
    try {
      this.kill('SIGKILL')
    } catch {
      // It has ended.
    }
    this.close()
  }
}
