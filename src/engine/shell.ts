import type { Command } from '../app/command.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { TaskRequest, TaskResult } from './engine.ts'

/** How large a terminal is, in characters. */
export interface TerminalSize {
  columns: number
  rows: number
}

/** The terminal that somebody sits at. */
export interface TerminalRequest extends TerminalSize {
  /** What it understands, as TERM says it: `xterm-256color`. */
  type: string
}

/** A command that somebody talks to. */
export type ShellRequest = FreshShell | InstanceShell

interface Attached {
  /** Null: through pipes, which keep output and errors apart and change no byte. */
  terminal: TerminalRequest | null
}

/** A task: recorded and limited in time like any other, but what it writes is not kept. */
export interface FreshShell extends Attached {
  kind: 'run'
  task: TaskRequest
}

/** A command in an instance that runs. It ends with that instance. */
export interface InstanceShell extends Attached {
  kind: 'exec'
  process: string
  /** Null: any that is up. */
  instance: string | null
  /** Null: a shell to type into. */
  command: Command | null
}

/** Somebody who waits for it to begin. */
export interface ShellIo {
  /** Fires when they wait no longer: then it does not begin, and nothing is left of it. */
  signal: AbortSignal
  /** What is being waited for. */
  notice: (text: string) => void
}

export interface Shell {
  /** Of the run, or of the instance that it is in. */
  readonly id: string
  /** All that the command writes, to be read once. It waits while nobody reads. Ends when the command has ended. */
  readonly output: AsyncIterable<ShellOutput>
  /** What is typed. Resolves when there is room for more. */
  write(bytes: Uint8Array): Promise<void>
  /** Nothing more is written. On a terminal that is for Ctrl-D to say. */
  end(): void
  resize(size: TerminalSize): void
  /** How the command ended. */
  readonly result: Promise<ShellResult>
  /** Hangs up and ends all that runs in it. Resolves when it is gone. */
  stop(reason: string): Promise<void>
}

export interface ShellOutput {
  /** A terminal has only one. */
  stream: 'out' | 'err'
  bytes: Uint8Array
}

export type ShellResult = Pick<TaskResult, 'exit_code' | 'reason'>

/** What somebody gets who names no command. */
export const LOGIN_SHELL: Command = [
  '/bin/sh',
  '-c',
  'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi',
]

/** Why there is none to run a command in, of those that run. */
export function noInstance(
  { process, instance }: Pick<InstanceShell, 'process' | 'instance'>,
  running: readonly string[],
): UserError {
  if (instance === null) {
    return new UserError(`${process} has no instance that runs`, {
      hint: 'start it with `gantry process start`, or get a fresh one with `gantry run`',
    })
  }
  return new NotFoundError(`${process} has no instance ${JSON.stringify(instance.slice(0, 80))} that runs`, {
    hint: running.length === 0 ? '`gantry ps` shows what runs' : `there is ${running.join(', ')}`,
  })
}
