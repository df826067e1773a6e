import { isoNow, type Clock } from '../app/clock.ts'
import type { Database } from '../store/database.ts'

/** Who changed what, for later. Never holds a secret. */
export class Audit {
  readonly #db: Database
  readonly #clock: Clock

  constructor(db: Database, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  write(who: string, app: string | null, action: string, detail: unknown): void {
    this.#db.run(
      'INSERT INTO audit (at, who, app, action, detail) VALUES (?, ?, ?, ?, ?)',
      isoNow(this.#clock),
      who,
      app,
      action,
      JSON.stringify(detail),
    )
  }
}
