import { setTimeout as delay } from 'node:timers/promises'

import type { Clock } from '../../../app/clock.ts'
import type { TaskHandle } from '../../engine.ts'
import type { Shell, ShellOutput, ShellResult, TerminalSize } from '../../shell.ts'
import { stopReason } from '../tasks/outcome.ts'
import type { PluginSession } from './plugin-session.ts'

/** Seconds in which an instance ends by itself whose command has ended. */
const LEAVING = 20

/** Milliseconds in which what an instance said before its end gets here. */
const LAST_WORDS = 3_000

interface Parts {
  id: string
  session: PluginSession
  /** Has Session Manager end it, where it was cut off. */
  end: () => Promise<void>
  /** The task that is there for it alone. */
  task?: { handle: TaskHandle; clock: Clock }
}

/** A session with a container. */
export class EcsShell implements Shell {
  readonly id: string
  readonly result: Promise<ShellResult>
  readonly #parts: Parts
  #stopped: string | null = null

  constructor(parts: Parts) {
    this.#parts = parts
    this.id = parts.id
    this.result = this.#wait()
    // Whoever wants its output may not be waiting for how it ends.
    this.result.catch(() => {})
    if (parts.task !== undefined) void this.#follow(parts.task)
  }

  get output(): AsyncIterable<ShellOutput> {
    return this.#parts.session.output()
  }

  write(bytes: Uint8Array): Promise<void> {
    return this.#parts.session.write(bytes)
  }

  /** Session Manager has no word for it. */
  end(): void {}

  resize(size: TerminalSize): void {
    this.#parts.session.resize(size)
  }

  async stop(reason: string): Promise<void> {
    this.#stopped ??= reason
    this.#parts.session.close()
    await this.result
  }

  /** Of an instance that ended, at its time limit for example, nothing more is to be heard. */
  async #follow({ handle }: NonNullable<Parts['task']>): Promise<void> {
    await handle.result.catch(() => {})
    // By the clock of this machine, where the plugin is.
    await delay(LAST_WORDS, undefined, { ref: false })
    this.#parts.session.close()
  }

  async #wait(): Promise<ShellResult> {
    const code = await this.#parts.session.ended
    if (code === null) await this.#cutOff()
    const reason = this.#stopped ?? (await this.#reasonOf(code))
    return { exit_code: this.#stopped === null ? code : null, reason }
  }

  /** Neither its session nor its task is to outlive it. */
  async #cutOff(): Promise<void> {
    const { end, task } = this.#parts
    await Promise.all([
      task?.handle.stop(this.#stopped ?? 'its session has ended'),
      // Who may not do this leaves it to the time limit of Session Manager.
      end().catch(() => {}),
    ])
  }

  async #reasonOf(code: number | null): Promise<string | null> {
    const { session, task } = this.#parts
    if (task !== undefined) {
      const over = new AbortController()
      const late = task.clock.sleep(LEAVING, over.signal).then(() => null)
      const result = await Promise.race([task.handle.result, late])
      over.abort()
      if (result === null) await task.handle.stop('its command has ended')
      else if (code === null && result.reason !== null) return result.reason
    }
    if (code !== null) return null
    const said = session.said.trim()
    return said === '' ? 'its session was cut off' : `there was no session: ${stopReason(said)}`
  }
}
