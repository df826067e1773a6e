import { chownSync } from 'node:fs'
import type { Readable, Writable } from 'node:stream'

import type { ShellOutput, TerminalRequest, TerminalSize } from '../shell.ts'
import { Terminal } from '../terminal/terminal.ts'
import { ShellPipes } from './shell-pipes.ts'
import { ShellTerminal } from './shell-terminal.ts'
import type { User } from './users.ts'

/** What a child of somebody who talks to it is started with. */
export type Attach = { kind: 'terminal'; path: string } | { kind: 'pipes' }

export interface Pipes {
  stdin: Writable
  stdout: Readable
  stderr: Readable
}

/** What is between a child and somebody who talks to it. */
export interface ShellLink {
  readonly attach: Attach
  /** What the child is to find in its environment. */
  readonly env: Readonly<Record<string, string>>
  /** Once the child has been started, before anything else. Null: it is on a terminal. */
  connect(pipes: Pipes | null): void
  output(): AsyncIterable<ShellOutput>
  write(bytes: Uint8Array): Promise<void>
  end(): void
  resize(size: TerminalSize): void
  /** The child has ended: what it wrote can still be read, and then the output ends. */
  release(): void
  /** Nobody is there any more. */
  close(): void
}

/** @param user for whom the terminal is; null: for whoever the server is */
export async function openShellLink(terminal: TerminalRequest | null, user: User | null): Promise<ShellLink> {
  if (terminal === null) return new ShellPipes()
  const opened = await Terminal.open(terminal)
  try {
    // Its group stays: it is the one that the system lets write to terminals.
    if (user !== null) chownSync(opened.path, user.uid, -1)
  } catch (error) {
    opened.close()
    throw error
  }
  return new ShellTerminal(opened, terminal.type)
}
