import { once } from 'node:events'
import { constants } from 'node:os'
import type { Writable } from 'node:stream'

import type { Shell, ShellResult, TerminalRequest } from '../engine/shell.ts'
import { rawTerminal, terminalSize } from './terminal.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Connects our input and output with a command until it ends. A signal to us, and the end of our terminal, end the
 * command: then how it ended is null, and what we exit with is decided.
 */
export async function talk(shell: Shell, terminal: TerminalRequest | null): Promise<ShellResult | null> {
  using ending = endWithUs(shell)
  using raw = terminal === null ? null : rawTerminal()
  raw?.onResize((size) => shell.resize(size))
  // It may have changed while the command was started.
  if (terminal !== null) shell.resize(terminalSize())
  // A terminal that has an end is gone; Ctrl-D is a key like any other.
  using _input = passOn(shell, terminal === null ? () => shell.end() : ending.hangUp)
  for await (const { stream, bytes } of shell.output) {
    await write(stream === 'out' ? process.stdout : process.stderr, bytes)
  }
  const result = await shell.result
  return ending.hasBegun() ? null : result
}

async function write(stream: Writable, bytes: Uint8Array): Promise<void> {
  if (!stream.write(bytes)) await once(stream, 'drain')
}

/** Reads no faster than the command does. */
function passOn(shell: Shell, onEnd: () => void): Disposable {
  const { stdin } = process
  let done = false
  const onData = (bytes: Buffer): void => {
    stdin.pause()
    void shell.write(bytes).then(() => done || stdin.resume())
  }
  stdin.on('data', onData)
  stdin.on('end', onEnd)
  // Reading fails when a terminal goes away.
  stdin.on('error', onEnd)
  return {
    [Symbol.dispose]: () => {
      done = true
      stdin.off('data', onData)
      stdin.off('end', onEnd)
      stdin.pause()
    },
  }
}

interface Ending extends Disposable {
  hangUp: () => void
  hasBegun: () => boolean
}

/** The first signal ends the command, the second one us. */
function endWithUs(shell: Shell): Ending {
  let begun = false
  const onSignal = (signal: NodeJS.Signals): void => {
    const code = 128 + constants.signals[signal]
    if (begun) process.exit(code)
    begun = true
    process.exitCode = code
    // What went wrong with it is in its result.
    shell.stop('whoever talked to it went away').catch(() => {})
  }
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return {
    hangUp: () => begun || onSignal('SIGHUP'),
    hasBegun: () => begun,
    [Symbol.dispose]: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal)
    },
  }
}
