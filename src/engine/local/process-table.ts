import type { AppId } from '../../app/app.ts'
import type { ProcessState } from '../../app/spec.ts'
import { storedState } from '../../app/stored.ts'
import { fromJson, type Database } from '../../store/database.ts'

/** What should run: the desired state that a restart of the server brings back. */
export class ProcessTable {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  list(app: AppId): ProcessState[] {
    return this.#db
      .all('SELECT state FROM processes WHERE app = ? ORDER BY name', app.name)
      .map((row) => storedState(fromJson<ProcessState>(row['state'])))
  }

  put(app: AppId, state: ProcessState): void {
    this.#db.run(
      'INSERT OR REPLACE INTO processes (app, name, state) VALUES (?, ?, ?)',
      app.name,
      state.spec.name,
      JSON.stringify(state),
    )
  }

  remove(app: AppId, name: string): void {
    this.#db.run('DELETE FROM processes WHERE app = ? AND name = ?', app.name, name)
  }
}
