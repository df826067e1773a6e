import type { ShellWords } from '../deploy/shell.ts'
import type { Shell, ShellIo } from '../engine/shell.ts'
import { endWith } from './command-output.ts'
import type { Control } from './control.ts'
import { exitInterrupted, listenForInterrupt } from './interrupt.ts'
import { note } from './output.ts'

/** Has a command started and talks to it until it ends. What it exits with is what this process exits with. */
export async function converse(control: Control, words: ShellWords): Promise<void> {
  const shell = await open(control, words)
  if (shell === null) return exitInterrupted()
  const { talk } = await import('./shell-talk.ts')
  const result = await talk(shell, words.terminal)
  if (result !== null) endWith(result)
}

/** Null: somebody has stopped it before it began. */
async function open(control: Control, words: ShellWords): Promise<Shell | null> {
  using interrupt = listenForInterrupt()
  const { signal } = interrupt
  const io: ShellIo = { signal, notice: (text) => note(`-----> ${text}`) }
  try {
    const shell = await control.openShell(words, io)
    if (!signal.aborted) return shell
    await shell.stop('whoever asked for it went away')
  } catch (error) {
    if (!signal.aborted) throw error
  }
  return null
}
