import type { Shell, ShellOutput, ShellResult, TerminalSize } from '../shell.ts'
import type { ShellLink } from './shell-link.ts'

interface ShellParts {
  id: string
  link: ShellLink
  result: Promise<ShellResult>
  /** Ends the command. */
  stop(reason: string): Promise<void>
}

/** A child that somebody talks to. */
export class LocalShell implements Shell {
  readonly id: string
  readonly result: Promise<ShellResult>
  readonly #options: ShellParts

  constructor(options: ShellParts) {
    this.#options = options
    this.id = options.id
    this.result = options.result
    void this.result.finally(() => options.link.release())
  }

  get output(): AsyncIterable<ShellOutput> {
    return this.#options.link.output()
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#options.link.write(bytes)
  }

  end(): void {
    this.#options.link.end()
  }

  resize(size: TerminalSize): void {
    this.#options.link.resize(size)
  }

  async stop(reason: string): Promise<void> {
    // Nobody reads it any more, and a command that waits to write could not end.
    this.#options.link.close()
    await this.#options.stop(reason)
  }
}
