import type { Diagnostic } from '../app/errors.ts'
import type { ShellOutput, ShellResult, TerminalSize } from '../engine/shell.ts'
import type { ShellWords } from './shell.ts'

/**
 * What goes over a WebSocket between somebody and a command that they talk to. Texts are JSON messages, beginning with
 * `open`; binary frames are bytes: what is typed as it is, and what the command writes behind one byte that says where.
 */
export type FromClient =
  | ({ type: 'open' } & ShellWords)
  | ({ type: 'resize' } & TerminalSize)
  | { type: 'end' }

export type FromServer =
  /** What is being waited for. */
  | { type: 'notice'; text: string }
  | { type: 'opened'; id: string }
  /** So many bytes of what was typed have reached the command. */
  | { type: 'taken'; bytes: number }
  | ({ type: 'exited' } & ShellResult)
  | { type: 'failed'; error: ShellFailure }

/** As the body of any answer of the API that is no success. */
export interface ShellFailure {
  message: string
  hint: string | null
  diagnostics?: readonly Diagnostic[]
}

/** How many bytes of input may be on their way before some are taken. */
export const INPUT_WINDOW = 256 * 1024

/** Bytes of one frame of input: some may still be on their way when the next one is. */
export const LONGEST_FRAME = 64 * 1024

const STREAMS = ['out', 'err'] as const

export function frameOf({ stream, bytes }: ShellOutput): Buffer {
  return Buffer.concat([Buffer.of(STREAMS.indexOf(stream)), bytes])
}

export function outputOf(frame: Buffer): ShellOutput {
  return { stream: STREAMS[frame[0]!] ?? 'out', bytes: frame.subarray(1) }
}
