import { spawnSync } from 'node:child_process'

import { UserError } from '../app/errors.ts'
import type { TerminalRequest, TerminalSize } from '../engine/shell.ts'

/** A terminal that hands on every key as it is pressed, for as long as it is in use. */
export interface RawTerminal extends Disposable {
  onResize(listener: (size: TerminalSize) => void): void
}

export interface TerminalWish {
  /** Undefined: where somebody sits at one. */
  tty?: boolean | undefined
}

const OLDEST = 'dumb'

/**
 * The terminal of this process, or null where it is not to be used: somebody has said so, or input or output are none.
 *
 * @throws UserError when one is wanted and there is none
 */
export function terminalFor({ tty }: TerminalWish): TerminalRequest | null {
  const there = process.stdin.isTTY && process.stdout.isTTY
  if (tty === true && !there) {
    throw new UserError(`the ${process.stdin.isTTY ? 'output' : 'input'} is no terminal`, {
      hint: 'leave --tty out: then input and output are passed on as they are',
    })
  }
  if (tty === false || !there) return null
  return { ...terminalSize(), type: typeOf(process.env['TERM']) }
}

export function terminalSize(): TerminalSize {
  // 0 where the terminal itself does not know, as some serial lines do not.
  return { columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }
}

function typeOf(term: string | undefined): string {
  return term !== undefined && /^[\w.+-]{1,64}$/.test(term) ? term : OLDEST
}

/** From here on Ctrl-C and all others are for whoever reads the input. It is as it was afterwards, whatever happens. */
export function rawTerminal(): RawTerminal {
  const { stdin, stdout } = process
  const listeners: (() => void)[] = []
  const restore = (): void => void stdin.setRawMode(false)
  // Also where an error that nobody has caught ends the process.
  process.on('exit', restore)
  stdin.setRawMode(true)
  // Node leaves it to turn each line feed into two characters, which is for the terminal at the other end to decide. What
  // takes the raw mode back takes this back as well.
  spawnSync('stty', ['-opost'], { stdio: ['inherit', 'ignore', 'ignore'] })
  return {
    onResize: (listener) => {
      const tell = (): void => listener(terminalSize())
      listeners.push(tell)
      stdout.on('resize', tell)
    },
    [Symbol.dispose]: () => {
      for (const each of listeners) stdout.off('resize', each)
      process.off('exit', restore)
      restore()
    },
  }
}
