import type { NewVariable, Variable } from '../engine.ts'
import type { Database } from '../../store/database.ts'

/** Filtering shorter values out of a log would make holes in ordinary words. */
const SHORTEST_FILTERED = 8

/** What people set with `gantry env`. In the home's database, which only the server may read. */
export class Variables {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  list(app: string): Variable[] {
    return this.#db
      .all(
        'SELECT name, process, secret, version FROM variables WHERE app = ? AND current = 1 ORDER BY name, process',
        app,
      )
      .map((row) => ({
        name: String(row['name']),
        process: row['process'] === '' ? null : String(row['process']),
        secret: row['secret'] === 1,
        version: Number(row['version']),
      }))
  }

  /** Name to value, for the versions that a spec names. */
  values(app: string, versions: Readonly<Record<string, number>>): Map<string, string> {
    return new Map(
      Object.entries(versions).flatMap(([name, version]) => {
        const row = this.#db.get('SELECT value FROM variables WHERE app = ? AND version = ?', app, version)
        return row === undefined ? [] : [[name, String(row['value'])]]
      }),
    )
  }

  /** The values that must not be seen in any stream; old ones may still be in use. */
  secretValues(app: string): string[] {
    return this.#db
      .all('SELECT value FROM variables WHERE app = ? AND secret = 1', app)
      .map((row) => String(row['value']))
      .filter((value) => value.length >= SHORTEST_FILTERED)
  }

  set(app: string, { name, value, process, secret }: NewVariable): void {
    const key = [app, name, process ?? ''] as const
    this.#db.transaction(() => {
      const now = this.#db.get(`SELECT value, secret FROM variables WHERE ${CURRENT}`, ...key)
      if (now?.['value'] === value && now['secret'] === Number(secret)) return
      this.#db.run(`UPDATE variables SET current = 0 WHERE ${CURRENT}`, ...key)
      this.#db.run(
        'INSERT INTO variables (app, name, process, secret, value, current) VALUES (?, ?, ?, ?, ?, 1)',
        ...key,
        Number(secret),
        value,
      )
    })
  }

  unset(app: string, name: string, process: string | null): boolean {
    return this.#db.run(`UPDATE variables SET current = 0 WHERE ${CURRENT}`, app, name, process ?? '') > 0
  }

  /** Deletes the values that are neither current nor one of these versions. */
  prune(app: string, keep: ReadonlySet<number>): void {
    for (const row of this.#db.all('SELECT version FROM variables WHERE app = ? AND current = 0', app)) {
      const version = Number(row['version'])
      if (!keep.has(version)) this.#db.run('DELETE FROM variables WHERE version = ?', version)
    }
  }
}

const CURRENT = 'app = ? AND name = ? AND process = ? AND current = 1'
