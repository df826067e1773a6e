import type { AppId } from '../../app/app.ts'
import { isoNow, type Clock } from '../../app/clock.ts'
import { createRedactor } from '../../app/redact.ts'
import type { Database } from '../../store/database.ts'
import type { LogLine } from '../logs.ts'
import type { Cgroups } from './cgroup.ts'
import type { Children } from './children.ts'
import { LogStore } from './log-store.ts'
import type { MountTools } from './mount-view.ts'
import type { Paths } from './paths.ts'
import type { Ports } from './ports.ts'
import type { Router } from './proxy/router.ts'
import type { Users } from './users.ts'
import type { Variables } from './variables.ts'

/** What all parts of the engine share: this machine, as Gantry uses it. */
export interface Host {
  /** Names this home among others on the machine. */
  id: string
  db: Database
  paths: Paths
  users: Users
  variables: Variables
  children: Children
  cgroups: Cgroups
  /** Null: the mounts of an instance cannot be made here. */
  mountTools: MountTools | null
  ports: Ports
  router: Router
  logs: Logs
  clock: Clock
  onLost: OnLost
}

/** Told that an instance which was up has ended by itself, or did not work any more, and why. */
export type OnLost = (app: AppId, instance: string, reason: string) => void

/** The log store of each app, opened when it is first used. */
export class Logs {
  readonly #stores = new Map<string, LogStore>()
  readonly #db: Database
  readonly #paths: Paths
  readonly #clock: Clock

  constructor(db: Database, paths: Paths, clock: Clock) {
    this.#db = db
    this.#paths = paths
    this.#clock = clock
  }

  of(app: string): LogStore {
    let store = this.#stores.get(app)
    if (store === undefined) {
      store = new LogStore(this.#paths.logs(app), {
        retention: this.#retention(app),
        now: () => new Date(this.#clock.now()),
      })
      this.#stores.set(app, store)
    }
    return store
  }

  /** For how many seconds an app's output is kept; null: as long as there is room. True where that is new. */
  setRetention(app: string, seconds: number | null): boolean {
    const isNew = seconds !== this.#retention(app)
    if (seconds === null) this.#db.run('DELETE FROM log_retentions WHERE app = ?', app)
    else this.#db.run('REPLACE INTO log_retentions (app, seconds) VALUES (?, ?)', app, seconds)
    this.of(app).setRetention(seconds)
    return isNew
  }

  #retention(app: string): number | null {
    const row = this.#db.get('SELECT seconds FROM log_retentions WHERE app = ?', app)
    return row === undefined ? null : Number(row['seconds'])
  }

  async close(app?: string): Promise<void> {
    for (const [name, store] of this.#stores) {
      if (app !== undefined && name !== app) continue
      this.#stores.delete(name)
      await store.close()
    }
  }
}

export type LogWriter = (
  component: string,
  instance: string,
  stream: LogLine['stream'],
  text: string,
) => string

/** Writes lines of an app's instances without the secrets that are known now, and returns what it wrote. */
export function logWriter(host: Host, app: AppId): LogWriter {
  const redact = createRedactor(host.variables.secretValues(app.name))
  const store = host.logs.of(app.name)
  return (component, instance, stream, text) => {
    const line = redact(text)
    store.append(component, { time: isoNow(host.clock), instance, stream, text: line })
    return line
  }
}
