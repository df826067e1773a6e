import type { AppId } from '../../src/app/app.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import type { DeploymentLog } from '../../src/deploy/remote.ts'

/** A log of deployments that every door of this process sees. */
export class MemoryLog implements DeploymentLog {
  readonly #lines = new Map<string, string[]>()
  #grown = Promise.withResolvers<void>()
  /** How often it was written to. */
  writes = 0

  async append(app: AppId, number: number, lines: readonly string[]): Promise<void> {
    this.writes++
    this.#of(app, number).push(...lines)
    const { resolve } = this.#grown
    this.#grown = Promise.withResolvers()
    resolve()
  }

  async *read(app: AppId, number: number, follow: boolean, signal: AbortSignal): AsyncGenerator<string> {
    const lines = this.#of(app, number)
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    for (let at = 0; !signal.aborted;) {
      const grown = this.#grown.promise
      for (; at < lines.length; at++) {
        yield lines[at]!
        if (lines[at]!.includes('"deployment.finished"')) return
      }
      if (!follow) return
      await Promise.race([grown, aborted])
    }
  }

  events(app: AppId, number: number): DeployEvent[] {
    return this.#of(app, number).map((line) => JSON.parse(line) as DeployEvent)
  }

  #of({ name, environment }: AppId, number: number): string[] {
    const key = `${name}/${environment}/${number}`
    const lines = this.#lines.get(key) ?? []
    this.#lines.set(key, lines)
    return lines
  }
}
