import { createHash } from 'node:crypto'
import { chmod, chown, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

import { UserError } from '../../app/errors.ts'
import type { Database } from '../../store/database.ts'
import { findOwned } from './identity.ts'
import type { Paths } from './paths.ts'

/** Looks at what runs until nothing is left: something that forks can outrun one look. */
async function endUsers(uids: ReadonlySet<number>): Promise<void> {
  for (let left = findOwned(uids); left.length > 0; left = findOwned(uids)) {
    for (const pid of left) {
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It has ended.
      }
    }
    await delay(10)
  }
}

export interface User {
  uid: number
  gid: number
}

// systemd's registry of user ids leaves 1879048192…2147483647 to nobody (systemd UIDS-GIDS.md). Each home starts at a
// place of its own in there, so that two homes on one machine do not share ids.
const FIRST_UID = 1_900_000_000
const UIDS_PER_HOME = 10_000
const HOMES = 20_000

/**
 * The user id of each app. Only root can give them; with anybody else all apps run as the server's own user, and trust
 * each other.
 */
export class Users {
  readonly isolated: boolean
  readonly #db: Database
  readonly #paths: Paths
  readonly #base: number

  constructor(db: Database, paths: Paths, isolated: boolean) {
    this.isolated = isolated
    this.#db = db
    this.#paths = paths
    const place = createHash('sha256').update(paths.home).digest().readUInt32BE() % HOMES
    this.#base = FIRST_UID + place * UIDS_PER_HOME
  }

  /** Null where apps are not isolated. The id is kept for as long as the app exists. */
  of(app: string): User | null {
    if (!this.isolated) return null
    const row = this.#db.get('SELECT uid FROM apps WHERE name = ?', app)
    if (row?.['uid'] != null) return { uid: Number(row['uid']), gid: Number(row['uid']) }
    const uid = this.#db.transaction(() => {
      this.#db.run('INSERT INTO uids (app) VALUES (?)', app)
      const given = this.#base + Number(this.#db.get('SELECT max(number) AS number FROM uids')?.['number'])
      this.#db.run('UPDATE apps SET uid = ? WHERE name = ?', given, app)
      return given
    })
    return { uid, gid: uid }
  }

  /** A user like those of the apps, that no app has. Null where apps are not isolated. */
  nobody(): User | null {
    return this.isolated ? { uid: this.#base, gid: this.#base } : null
  }

  /** Ends whatever runs under the app's user, wherever it came from. Its id is Gantry's own, so no stranger is hit. */
  async endAll(app: string): Promise<void> {
    const user = this.of(app)
    if (user !== null) await endUsers(new Set([user.uid]))
  }

  /** The same for all apps: what a server that crashed has left behind. */
  async endEverything(): Promise<void> {
    if (!this.isolated) return
    const rows = this.#db.all('SELECT number FROM uids')
    await endUsers(new Set(rows.map((row) => this.#base + Number(row['number']))))
  }

  /** Makes the folders of an app, each for whom it is meant. */
  async prepare(app: string): Promise<void> {
    const user = this.of(app)
    await mkdir(dirname(this.#paths.app(app)), { recursive: true, mode: 0o711 })
    await mkdir(this.#paths.app(app), { recursive: true, mode: 0o750 })
    // The app's group may enter, to reach its image and its home; no other app may.
    if (user !== null) await chown(this.#paths.app(app), 0, user.gid)
    await chmod(this.#paths.app(app), 0o750)
    await mkdir(this.#paths.images(app), { recursive: true, mode: 0o755 })
    await mkdir(this.#paths.logs(app), { recursive: true, mode: 0o700 })
    for (const folder of [this.#paths.appHome(app), this.#paths.appTmp(app)]) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      if (user !== null) await chown(folder, user.uid, user.gid)
    }
  }

  /** Refuses a home that the apps' users could not enter. */
  async checkReachable(): Promise<void> {
    if (!this.isolated) return
    for (let folder = dirname(this.#paths.home); ; folder = dirname(folder)) {
      const { mode } = await stat(folder)
      if ((mode & 0o001) === 0) {
        throw new UserError(`the home is below ${folder}, which only its owner may enter`, {
          hint: 'started as root, Gantry runs each app under a user of its own, who must reach the home: choose another --home, such as /var/lib/gantry, or start Gantry as an ordinary user',
        })
      }
      if (folder === dirname(folder)) return
    }
  }
}
