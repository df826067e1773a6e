import { spawn, type ChildProcess } from 'node:child_process'

import type { ShellOutput, TerminalSize } from '../../shell.ts'
import { Terminal } from '../../terminal/terminal.ts'
import { SessionOutput } from './session-output.ts'

/** What the plugin gets where nobody sits at a terminal: lines are not to be broken. */
const NO_TERMINAL: TerminalSize = { columns: 1_000, rows: 24 }

// The terminal at the other end does what a terminal does: this one only hands on.
const ON_TERMINAL = 'terminal=$1; shift; exec 0<>"$terminal" 1>&0 2>&0; stty raw -echo || exit 126; exec "$@"'

/** A session with a container, by AWS's plugin, which works only at a terminal. */
export class PluginSession {
  /** With the exit code of the command; null: the session has ended before it. */
  readonly ended: Promise<number | null>
  readonly #terminal: Terminal
  readonly #child: ChildProcess
  readonly #output: SessionOutput
  readonly #drained = Promise.withResolvers<void>()

  private constructor(terminal: Terminal, child: ChildProcess, mark: string) {
    this.#terminal = terminal
    this.#child = child
    this.#output = new SessionOutput(mark)
    this.ended = this.#drained.promise.then(() => this.#output.code)
    child.once('error', () => terminal.release())
    child.once('exit', () => terminal.release())
  }

  static async open(
    { argv, env }: { argv: readonly string[]; env: Record<string, string> },
    size: TerminalSize | null,
    mark: string,
  ): Promise<PluginSession> {
    const terminal = await Terminal.open(size ?? NO_TERMINAL)
    const child = spawn('/bin/sh', ['-c', ON_TERMINAL, 'gantry', terminal.path, ...argv], {
      env,
      // A session of its own: closing the terminal hangs up on it.
      detached: true,
      stdio: 'ignore',
    })
    return new PluginSession(terminal, child, mark)
  }

  /** What was said where the command has not begun. */
  get said(): string {
    return this.#output.said
  }

  async *output(): AsyncGenerator<ShellOutput> {
    try {
      for await (const chunk of this.#terminal.output()) {
        const bytes = this.#output.push(chunk)
        if (bytes.length > 0) yield { stream: 'out', bytes }
        // What comes then are the plugin's own words.
        if (this.#output.code !== null) break
      }
      const rest = this.#output.flush()
      if (rest.length > 0) yield { stream: 'out', bytes: rest }
    } finally {
      this.#drained.resolve()
      this.close()
    }
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#terminal.write(bytes)
  }

  resize(size: TerminalSize): void {
    this.#terminal.resize(size)
  }

  /** Hangs up. */
  close(): void {
    this.#terminal.close()
    this.#child.kill('SIGHUP')
    // Also where nobody has read what it said.
    this.#drained.resolve()
  }
}
