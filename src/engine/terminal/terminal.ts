import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { extname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'

import { UserError } from '../../app/errors.ts'
import type { TerminalSize } from '../shell.ts'
import type { FromHost, ToHost } from './host-messages.ts'
import { keepForReader } from './keep-for-reader.ts'
import { writeTo } from './write-to.ts'

/** Beside this file: as a source, or bundled. */
const HOST = join(import.meta.dirname, `terminal-host${extname(import.meta.filename)}`)

/** The longest and the widest that a terminal can say it is (ioctl_tty(2): unsigned short). */
const MOST = 65_535

/** A pseudo-terminal. Whoever opens its path is on the other side of it. */
export class Terminal {
  readonly path: string
  readonly #host: ChildProcess
  readonly #data: Duplex
  readonly #control: Duplex

  private constructor(host: ChildProcess, path: string) {
    this.#host = host
    this.path = path
    ;[this.#data, this.#control] = socketsOf(host)
    keepForReader(this.#data)
  }

  /** Rejects with a UserError where terminals cannot be had. */
  static async open(size: TerminalSize): Promise<Terminal> {
    const { columns, rows } = fitted(size)
    const host = spawn(process.execPath, [HOST, String(columns), String(rows)], {
      // Not of the group that Ctrl-C reaches: it ends with its descriptors.
      detached: true,
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    })
    const failed = once(host, 'error').then(([error]) => ({
      type: 'failed' as const,
      message: (error as Error).message,
    }))
    const answer = await Promise.race([failed, firstAnswer(host)])
    if (answer.type === 'opened') return new Terminal(host, answer.path)
    host.kill('SIGKILL')
    throw noTerminal(answer.message)
  }

  /** What the programs on it write. Ends when it is released and they are gone, or when it is closed. */
  async *output(): AsyncGenerator<Buffer> {
    try {
      yield* this.#data as AsyncIterable<Buffer>
    } catch {
      // It was closed from our side.
    }
  }

  /** Resolves when there is room for more. */
  async write(bytes: Uint8Array): Promise<void> {
    await writeTo(this.#data, bytes)
  }

  resize(size: TerminalSize): void {
    this.#tell({ type: 'resize', ...fitted(size) })
  }

  /** From here on it ends when nobody has it open any more. */
  release(): void {
    this.#tell({ type: 'release' })
  }

  /** Hangs up: who is on it gets SIGHUP, and what was not read is lost. */
  close(): void {
    this.#data.destroy()
    this.#control.destroy()
    this.#host.kill('SIGKILL')
  }

  #tell(message: ToHost): void {
    if (this.#control.writable) this.#control.write(`${JSON.stringify(message)}\n`)
  }
}

function socketsOf(host: ChildProcess): [Duplex, Duplex] {
  const sockets = [host.stdio[3], host.stdio[4]] as unknown as [Duplex, Duplex]
  // An end of the host is the end of the output.
  for (const socket of sockets) if (socket.listenerCount('error') === 0) socket.on('error', () => {})
  return sockets
}

async function firstAnswer(host: ChildProcess): Promise<FromHost> {
  const [, control] = socketsOf(host)
  for await (const line of createInterface({ input: control })) return JSON.parse(line) as FromHost
  return { type: 'failed', message: 'the process that opens it ended at once' }
}

function fitted({ columns, rows }: TerminalSize): TerminalSize {
  const fit = (size: number): number => Math.min(Math.max(Math.trunc(size) || 1, 1), MOST)
  return { columns: fit(columns), rows: fit(rows) }
}

function noTerminal(why: string): UserError {
  const missing = /node-pty/.test(why)
  return new UserError(`cannot open a terminal: ${why.split('\n', 1)[0]}`, {
    hint: missing
      ? 'Gantry opens terminals with the package @lydell/node-pty: install it beside Gantry with `npm install @lydell/node-pty@1`, for this platform; without a terminal (--no-tty) it works as it is'
      : 'without a terminal (--no-tty) it works as it is',
  })
}
