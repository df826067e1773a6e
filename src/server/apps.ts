import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { AppId } from '../app/app.ts'
import { isoNow, type Clock } from '../app/clock.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { LocalEngine } from '../engine/local/local-engine.ts'
import { Repository } from '../git/repository.ts'
import { fromJson, type Database } from '../store/database.ts'

/** What an admin decides about an app; the pushed file has no say in it. */
export interface AppSettings {
  /** A push to this branch deploys. */
  branch: string
  /** Whether a push may rewrite the branch. */
  allow_force: boolean
  environment: string
}

export interface AppEntry extends AppSettings {
  name: string
  created_at: string
}

export const DEFAULT_SETTINGS: AppSettings = { branch: 'main', allow_force: true, environment: 'default' }

// `--` separates process and app in host names, so it cannot be in a name; 40 leaves room for both in one DNS label.
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/
const LONGEST_NAME = 40
const BRANCH = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/

/** The table of apps. Paths are made from names that are in it, never from what a request says. */
export class Apps {
  readonly #db: Database
  readonly #engine: LocalEngine
  readonly #clock: Clock
  /** Being deleted: they are no longer found, and their names are not free yet. */
  readonly #leaving = new Set<string>()

  constructor(engine: LocalEngine, clock: Clock) {
    this.#db = engine.db
    this.#engine = engine
    this.#clock = clock
  }

  list(): AppEntry[] {
    return this.#db.all('SELECT name, settings, created_at FROM apps ORDER BY name').map((row) => ({
      ...DEFAULT_SETTINGS,
      ...fromJson<AppSettings>(row['settings']),
      name: String(row['name']),
      created_at: String(row['created_at']),
    }))
  }

  find(name: string): AppEntry | null {
    if (this.#leaving.has(name)) return null
    return this.list().find((app) => app.name === name) ?? null
  }

  /** Rejects with a NotFoundError. */
  get(name: string): AppEntry {
    const app = this.find(name)
    if (app !== null) return app
    throw new NotFoundError(`there is no app ${JSON.stringify(name.slice(0, 80))}`, {
      hint: '`gantry app list` shows the apps, `gantry app create NAME` makes one',
    })
  }

  repository(name: string): Repository {
    return new Repository(this.#engine.paths.repository(this.get(name).name))
  }

  /** The full id of a commit that the app's repository has. Rejects with a NotFoundError. */
  async commit(name: string, revision: string): Promise<string> {
    const commit = await this.repository(name).resolve(revision)
    if (commit !== null) return commit
    throw new NotFoundError(`${name} has no commit ${revision.slice(0, 80)}`, { hint: 'push it first' })
  }

  async create(name: string, settings: Partial<AppSettings>): Promise<AppEntry> {
    if (!NAME.test(name) || name.length > LONGEST_NAME) {
      throw new UserError(`${JSON.stringify(name.slice(0, 80))} cannot be an app's name`, {
        hint: `small letters, digits and single hyphens between them, ${LONGEST_NAME} at most`,
      })
    }
    if (this.#leaving.has(name))
      throw new UserError(`the app ${name} is being deleted`, { hint: 'wait a moment' })
    if (this.find(name) !== null) throw new UserError(`there is an app ${name} already`)
    const all = checked({ ...DEFAULT_SETTINGS, ...settings })
    const folder = this.#engine.paths.repository(name)
    await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
    // What a creation that was cut off left behind belongs to nobody.
    await rm(folder, { recursive: true, force: true })
    await Repository.create(folder, all.branch)
    this.#db.run(
      'INSERT INTO apps (name, settings, created_at) VALUES (?, ?, ?)',
      name,
      JSON.stringify(all),
      isoNow(this.#clock),
    )
    await this.#engine.addApp(idOf({ name, ...all }))
    return this.get(name)
  }

  set(name: string, settings: Partial<AppSettings>): AppEntry {
    const { name: _, created_at: __, ...before } = this.get(name)
    const all = checked({ ...before, ...settings })
    this.#db.run('UPDATE apps SET settings = ? WHERE name = ?', JSON.stringify(all), name)
    return this.get(name)
  }

  /** `mayLeave` is asked when nothing new can begin for the app any more; it throws when it must stay. */
  async delete(name: string, mayLeave: (app: AppEntry) => void): Promise<void> {
    const app = this.get(name)
    this.#leaving.add(name)
    try {
      mayLeave(app)
      // After a start, what a crash has cut off may still be taken back.
      const lock = await this.#engine.lock(idOf(app), {
        deployment: 0,
        supersedes: false,
        onWait: () => {},
        signal: new AbortController().signal,
      })
      try {
        await this.#remove(app)
      } finally {
        await lock.release()
      }
    } finally {
      this.#leaving.delete(name)
    }
  }

  async #remove(app: AppEntry): Promise<void> {
    const { name } = app
    await this.#engine.removeApp(idOf(app))
    this.#db.transaction(() => {
      this.#db.run('DELETE FROM deployment_events WHERE app = ?', name)
      this.#db.run('DELETE FROM ref_moves WHERE app = ?', name)
      this.#db.run('DELETE FROM apps WHERE name = ?', name)
    })
    await rm(this.#engine.paths.repository(name), { recursive: true, force: true })
  }
}

export function idOf(app: Pick<AppEntry, 'name' | 'environment'>): AppId {
  return { name: app.name, environment: app.environment }
}

function checked(settings: AppSettings): AppSettings {
  if (!BRANCH.test(settings.branch) || settings.branch.endsWith('.lock') || settings.branch.includes('..')) {
    throw new UserError(`${JSON.stringify(settings.branch)} cannot be a deploy branch`)
  }
  if (!NAME.test(settings.environment)) {
    throw new UserError(`${JSON.stringify(settings.environment)} cannot be an environment's name`)
  }
  return settings
}
