import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

import type { AppId } from '../app/app.ts'
import { isoNow, type Clock } from '../app/clock.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { LocalEngine } from '../engine/local/local-engine.ts'
import { Repository } from '../git/repository.ts'
import { fromJson, type Database } from '../store/database.ts'
import {
  checkEngine,
  DEFAULT_ENGINE,
  movesAway,
  withChange,
  type EngineChange,
  type EngineSettings,
} from './engine-settings.ts'
import type { Engines } from './engines.ts'
import { releaseCommits } from './kept-commits.ts'

/** What an admin decides about an app; the pushed file has no say in it. */
export interface AppSettings extends EngineSettings {
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

/** What somebody sets: what is left out stays as it is. */
export type AppChange = Partial<Pick<AppSettings, 'branch' | 'allow_force' | 'environment'>> & EngineChange

export const DEFAULT_SETTINGS: AppSettings = {
  branch: 'main',
  allow_force: true,
  environment: 'default',
  ...DEFAULT_ENGINE,
}

// `--` separates process and app in host names, so it cannot be in a name; 40 leaves room for both in one DNS label.
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/
const LONGEST_NAME = 40
const BRANCH = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/

/** The table of apps. Paths are made from names that are in it, never from what a request says. */
export class Apps {
  readonly #db: Database
  readonly #engines: Engines
  readonly #local: LocalEngine
  readonly #clock: Clock
  /** Being deleted: they are no longer found, and their names are not free yet. */
  readonly #leaving = new Set<string>()
  /** Being made: their names are no longer free. */
  readonly #coming = new Set<string>()

  constructor(engines: Engines, clock: Clock) {
    this.#db = engines.local.db
    this.#engines = engines
    this.#local = engines.local
    this.#clock = clock
  }

  list(): AppEntry[] {
    return this.#db.all('SELECT name, settings, created_at FROM apps ORDER BY name').map((row) => ({
      ...changed(DEFAULT_SETTINGS, fromJson<AppChange>(row['settings'])),
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
    return new Repository(this.#local.paths.repository(this.get(name).name))
  }

  /** The full id of a commit that the app's repository has. Rejects with a NotFoundError. */
  async commit(name: string, revision: string): Promise<string> {
    const commit = await this.repository(name).resolve(revision)
    if (commit !== null) return commit
    throw new NotFoundError(`${name} has no commit ${revision.slice(0, 80)}`, { hint: 'push it first' })
  }

  async create(name: string, settings: AppChange): Promise<AppEntry> {
    if (!NAME.test(name) || name.length > LONGEST_NAME) {
      throw new UserError(`${JSON.stringify(name.slice(0, 80))} cannot be an app's name`, {
        hint: `small letters, digits and single hyphens between them, ${LONGEST_NAME} at most`,
      })
    }
    if (this.#leaving.has(name))
      throw new UserError(`the app ${name} is being deleted`, { hint: 'wait a moment' })
    if (this.find(name) !== null || this.#coming.has(name)) {
      throw new UserError(`there is an app ${name} already`)
    }
    const all = checked(changed(DEFAULT_SETTINGS, settings))
    this.#coming.add(name)
    try {
      await this.#make(name, all)
    } finally {
      this.#coming.delete(name)
    }
    return this.get(name)
  }

  async #make(name: string, all: AppSettings): Promise<void> {
    const folder = this.#local.paths.repository(name)
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
    if (all.engine === 'local') await this.#local.addApp(idOf({ name, ...all }))
  }

  /** Rejects with a UserError when something runs that nobody would look after any more. */
  async set(name: string, change: AppChange): Promise<AppEntry> {
    const before = this.get(name)
    const after = { ...before, ...checked(changed(before, change)) }
    if (movesAway(before, after) || (after.engine === 'ecs' && after.environment !== before.environment)) {
      await this.#refuseWhatRuns(before)
      await this.#forgetDeployments(name)
      if (after.engine === 'local') await this.#local.addApp(idOf(after))
    }
    const { name: _name, created_at: _created, ...now } = this.get(name)
    const all = changed(now, change)
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
      const { engine } = await this.#engines.of(app)
      const lock = await engine.lock(idOf(app), {
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

  async #refuseWhatRuns(app: AppEntry): Promise<void> {
    const { engine } = await this.#engines.of(app)
    const { processes, schedules, underway } = await engine.observe(idOf(app))
    if (underway) throw new UserError(`${app.name} is being deployed`, { hint: 'wait for it, or cancel it' })
    const [what, left] =
      processes.length > 0
        ? ['processes', processes.map(({ spec }) => spec.name)]
        : ['scheduled tasks', schedules.map(({ name }) => name)]
    if (left.length === 0) return
    throw new UserError(`${what} of ${app.name} run where it is now: ${left.join(', ')}`, {
      hint: 'they would go on there with nobody to look after them: make another app there, and delete this one when that is up',
    })
  }

  /** Where it goes, their numbers begin anew. */
  async #forgetDeployments(name: string): Promise<void> {
    this.#db.run('DELETE FROM deployment_events WHERE app = ?', name)
    await releaseCommits(this.repository(name), async () => new Set())
  }

  async #remove(app: AppEntry): Promise<void> {
    const { name } = app
    const { engine } = await this.#engines.of(app)
    await engine.removeApp(idOf(app))
    this.#engines.forget(name)
    this.#db.transaction(() => {
      this.#db.run('DELETE FROM deployment_events WHERE app = ?', name)
      this.#db.run('DELETE FROM ref_moves WHERE app = ?', name)
      this.#db.run('DELETE FROM apps WHERE name = ?', name)
    })
    await rm(this.#local.paths.repository(name), { recursive: true, force: true })
  }
}

export function idOf(app: Pick<AppEntry, 'name' | 'environment'>): AppId {
  return { name: app.name, environment: app.environment }
}

function changed(
  before: AppSettings,
  { branch, allow_force, environment, ...engine }: AppChange,
): AppSettings {
  return {
    ...withChange(before, engine),
    branch: branch ?? before.branch,
    allow_force: allow_force ?? before.allow_force,
    environment: environment ?? before.environment,
  }
}

function checked(settings: AppSettings): AppSettings {
  checkEngine(settings)
  if (!BRANCH.test(settings.branch) || settings.branch.endsWith('.lock') || settings.branch.includes('..')) {
    throw new UserError(`${JSON.stringify(settings.branch)} cannot be a deploy branch`)
  }
  if (!NAME.test(settings.environment)) {
    throw new UserError(`${JSON.stringify(settings.environment)} cannot be an environment's name`)
  }
  return settings
}
