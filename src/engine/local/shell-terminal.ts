import type { ShellOutput, TerminalSize } from '../shell.ts'
import type { Terminal } from '../terminal/terminal.ts'
import type { Attach, ShellLink } from './shell-link.ts'

/** Somebody at a terminal, of which the child opens the other side by itself. */
export class ShellTerminal implements ShellLink {
  readonly attach: Attach
  readonly env: Readonly<Record<string, string>>
  readonly #terminal: Terminal

  constructor(terminal: Terminal, type: string) {
    this.#terminal = terminal
    this.attach = { kind: 'terminal', path: terminal.path }
    this.env = { TERM: type }
  }

  connect(): void {}

  async *output(): AsyncGenerator<ShellOutput> {
    for await (const bytes of this.#terminal.output()) yield { stream: 'out', bytes }
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#terminal.write(bytes)
  }

  /** It has no end that could be told apart from a hang-up. */
  end(): void {}

  resize(size: TerminalSize): void {
    this.#terminal.resize(size)
  }

  release(): void {
    this.#terminal.release()
  }

  close(): void {
    this.#terminal.close()
  }
}
