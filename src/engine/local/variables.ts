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
      .all('SELECT name, process, secret, version FROM variables WHERE app = ? ORDER BY name, process', app)
      .map((row) => ({
        name: String(row['name']),
        process: row['process'] === '' ? null : String(row['process']),
        secret: row['secret'] === 1,
        version: Number(row['version']),
      }))
  }

  /** Name to value for one process or task; what was set for it alone goes before what was set for all. */
  valuesFor(app: string, component: string): Map<string, string> {
    const rows = this.#db.all(
      "SELECT name, value FROM variables WHERE app = ? AND process IN ('', ?) ORDER BY process",
      app,
      component,
    )
    return new Map(rows.map((row) => [String(row['name']), String(row['value'])]))
  }

  /** The values that must not be seen in any stream. */
  secretValues(app: string): string[] {
    return this.#db
      .all('SELECT value FROM variables WHERE app = ? AND secret = 1', app)
      .map((row) => String(row['value']))
      .filter((value) => value.length >= SHORTEST_FILTERED)
  }

  set(app: string, variable: NewVariable): void {
    const process = variable.process ?? ''
    this.#db.transaction(() => {
      const same = this.#db.get(
        'SELECT 1 FROM variables WHERE app = ? AND name = ? AND process = ? AND value = ? AND secret = ?',
        app,
        variable.name,
        process,
        variable.value,
        Number(variable.secret),
      )
      if (same !== undefined) return
      this.#db.run(
        'INSERT INTO variable_versions (app, version) VALUES (?, 1) ON CONFLICT (app) DO UPDATE SET version = version + 1',
        app,
      )
      const version = Number(
        this.#db.get('SELECT version FROM variable_versions WHERE app = ?', app)?.['version'],
      )
      this.#db.run(
        'INSERT OR REPLACE INTO variables (app, name, process, secret, value, version) VALUES (?, ?, ?, ?, ?, ?)',
        app,
        variable.name,
        process,
        Number(variable.secret),
        variable.value,
        version,
      )
    })
  }

  unset(app: string, name: string, process: string | null): boolean {
    return (
      this.#db.run(
        'DELETE FROM variables WHERE app = ? AND name = ? AND process = ?',
        app,
        name,
        process ?? '',
      ) > 0
    )
  }
}
