/**
 * Holds a pseudo-terminal: `node terminal-host.ts COLUMNS ROWS`. What is typed and shown goes through descriptor 3, JSON
 * lines about it through descriptor 4; it ends, and so hangs up, with either of them.
 *
 * In a process of its own, because what opens a terminal leaves it open in every program that is started later: it would
 * be in the hands of all apps, and never hang up.
 */
import { closeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { ReadStream } from 'node:tty'

import type { FromHost, ToHost } from './host-messages.ts'

/** The part of node-pty that opens a terminal without starting a program on it, which its front does not hand out. */
interface Native {
  open(columns: number, rows: number): { master: number; slave: number; pty: string }
  resize(master: number, columns: number, rows: number): void
}

/** How long one that is released may say nothing before it ends, in ms. */
const QUIET = 500

const data = new Socket({ fd: 3 })
const control = new Socket({ fd: 4 })

function tell(message: FromHost): void {
  control.write(`${JSON.stringify(message)}\n`)
}

function load(): Native {
  const { requireBinary } = createRequire(import.meta.url)('@lydell/node-pty/requireBinary.js') as {
    requireBinary: (file: string) => Native
  }
  return requireBinary('pty.node')
}

function serve(native: Native): void {
  const [columns, rows] = process.argv.slice(2).map(Number)
  const { master, slave, pty } = native.open(columns!, rows!)
  const terminal = new ReadStream(master)
  let heard = 0
  terminal.on('data', () => (heard = Date.now()))
  const release = (): void => {
    closeSync(slave)
    // What outlives the command may have it open for ever, and has nothing to say to anybody.
    setInterval(() => {
      if (!data.writableNeedDrain && Date.now() - heard > QUIET) terminal.destroy()
    }, QUIET)
  }
  // Reading fails once nobody has the other side open: then all has been said.
  terminal.on('error', () => terminal.destroy())
  terminal.on('close', () => data.end(() => process.exit()))
  terminal.pipe(data, { end: false })
  data.pipe(terminal, { end: false })
  createInterface({ input: control }).on('line', (line) => {
    const message = JSON.parse(line) as ToHost
    if (message.type === 'resize') native.resize(master, message.columns, message.rows)
    else release()
  })
  tell({ type: 'opened', path: pty })
}

for (const socket of [data, control]) {
  socket.on('error', () => process.exit())
  socket.on('close', () => process.exit())
}
data.on('end', () => process.exit())
try {
  serve(load())
} catch (error) {
  tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
  control.end()
}
