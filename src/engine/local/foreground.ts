import type { App } from '../../app/app.ts'
import type { Clock } from '../../app/clock.ts'
import type { ProcessSpec } from '../../app/spec.ts'
import type { LogLine } from '../engine.ts'
import { Generation } from './generation.ts'
import { closeHost, openHost } from './open-host.ts'
import { Ports } from './ports.ts'
import { Workplace } from './workplace.ts'

/** Where foreman begins to count ports. */
const FIRST_PORT = 5_000
const LAST_PORT = 5_999

export interface Foreground {
  app: App
  /** The checkout: processes run right in it. */
  folder: string
  /** An empty folder for what is kept while it runs. */
  home: string
  /** Values for the secrets of the config, and whatever else the developer has set. */
  variables: ReadonlyMap<string, string>
  clock: Clock
  signal: AbortSignal
  onLine: (line: LogLine) => void
  onUp: (instance: string, address: string) => void
}

/**
 * Runs the processes of a checkout in the foreground, as foreman does: restarted when they end, stopped in order when
 * the signal fires. Nothing is built, no task runs, nothing is remembered.
 */
export async function runForeground({
  app,
  folder,
  home,
  variables,
  clock,
  signal,
  onLine,
  onUp,
}: Foreground): Promise<void> {
  const host = await openHost(home, {
    clock,
    ports: new Ports(FIRST_PORT, LAST_PORT, FIRST_PORT),
    isolate: false,
  })
  try {
    await host.users.prepare(app.name)
    for (const [name, value] of variables) {
      host.variables.set(app.name, { name, value, process: null, secret: name in app.secrets })
    }
    const ended = new AbortController()
    const lines = host.logs
      .of(app.name)
      .read({ component: null, lines: 0, follow: true, signal: ended.signal })
    const printing = (async () => {
      for await (const line of lines) onLine(line)
    })()
    const versions = Object.fromEntries(
      host.variables.list(app.name).map(({ name, version }) => [name, version]),
    )
    const generations = app.processes
      .filter((process) => !process.disabled && process.command !== null)
      .map(({ image: _image, build: _build, ...process }) => {
        const spec: ProcessSpec = {
          ...process,
          image: { kind: 'pinned', reference: 'checkout' },
          variables: versions,
          restarts: 0,
        }
        const work = new Workplace(
          host,
          app,
          spec.name,
          { kind: 'folder', folder, digest: 'checkout' },
          versions,
        )
        return new Generation(spec, work, { changed: () => {}, happened: () => {} })
      })
    for (const generation of generations) {
      generation.grow()
      void generation.steady(signal, (event) => {
        if (event.type === 'instance.up' && event.address !== null)
          onUp(event.instance, `http://${event.address}`)
      })
    }
    if (!signal.aborted) {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    }
    await Promise.all(generations.map((generation) => generation.retire()))
    ended.abort()
    await printing
  } finally {
    await closeHost(host)
  }
}
