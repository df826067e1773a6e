import type { Clock } from '../app/clock.ts'
import type { Remote } from '../deploy/remote.ts'
import type { Engine } from '../engine/engine.ts'
import type { LocalEngine } from '../engine/local/local-engine.ts'
import { idOf, type AppEntry } from './apps.ts'

/** Where one app runs. */
export interface AppEngine {
  engine: Engine
  /** What other doors to that engine see of each other's deployments; null where this server is the only one. */
  remote: Remote | null
}

interface Opened {
  /** What it was opened with. */
  where: string
  app: Promise<AppEngine>
}

/**
 * The engines of the apps, as their admins have set them. Each app on ECS has one of its own: what an engine remembers
 * goes with its app. AWS is asked with the credentials of the server's own environment.
 */
export class Engines {
  readonly local: LocalEngine
  readonly #clock: Clock
  readonly #opened = new Map<string, Opened>()

  constructor(local: LocalEngine, clock: Clock) {
    this.local = local
    this.#clock = clock
  }

  /** Makes no call. */
  async of(app: AppEntry): Promise<AppEngine> {
    if (app.engine === 'local') return { engine: this.local, remote: null }
    const where = JSON.stringify([idOf(app), app.ecs.region, app.ecs.cluster])
    const known = this.#opened.get(app.name)
    if (known?.where === where) return known.app
    const opened = { where, app: this.#openEcs(app) }
    this.#opened.set(app.name, opened)
    return opened.app
  }

  forget(name: string): void {
    this.#opened.delete(name)
  }

  /** Loaded when an app needs it: a server whose apps all run here does without. */
  async #openEcs({ ecs }: AppEntry): Promise<AppEngine> {
    const { openEcs } = await import('../engine/ecs/open.ts')
    const { engine, ...remote } = await openEcs(ecs, { clock: this.#clock })
    return { engine, remote }
  }
}
