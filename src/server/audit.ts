import { isoNow, type Clock } from '../app/clock.ts'
import { fromJson, type Database, type Row } from '../store/database.ts'

/** What a change was. Values are JSON and never hold a secret. */
export interface Change {
  /** As it was; null where there was nothing. */
  before: unknown
  /** As it is now; null where nothing is left. */
  after: unknown
  /** What else one may want to know. */
  detail?: Readonly<Record<string, unknown>>
}

/** Who made it, and where. */
export interface Deed {
  /** Name of the token. */
  who: string
  /** Id of the token; null where it is not known. */
  token: string | null
  /** Null: it concerns no single app. */
  app: string | null
  /** `app.set`: the id of the operation in the API, or what a push does. */
  action: string
}

export interface AuditEntry extends Deed, Required<Change> {
  id: number
  /** ISO time. */
  at: string
}

/** Who changed what. */
export class Audit {
  readonly #db: Database
  readonly #clock: Clock

  constructor(db: Database, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  write({ who, token, app, action }: Deed, { before, after, detail = {} }: Change): void {
    this.#db.run(
      'INSERT INTO audit (at, who, token, app, action, before, after, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      isoNow(this.#clock),
      who,
      token,
      app,
      action,
      JSON.stringify(before),
      JSON.stringify(after),
      JSON.stringify(detail),
    )
  }

  /** Newest first, those before an id. App null: all that there are. */
  list(app: string | null, limit: number, before = Number.MAX_SAFE_INTEGER): AuditEntry[] {
    if (app === null) {
      return this.#db
        .all('SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?', before, limit)
        .map(toEntry)
    }
    // What an app did that had this name and was deleted is no business of those who have the name now.
    const [first] = this.#db.all(
      "SELECT coalesce(max(id), 0) AS id FROM audit WHERE app = ? AND action = 'app.delete'",
      app,
    )
    return this.#db
      .all(
        'SELECT * FROM audit WHERE app = ? AND id > ? AND id < ? ORDER BY id DESC LIMIT ?',
        app,
        Number(first?.['id']),
        before,
        limit,
      )
      .map(toEntry)
  }
}

function toEntry(row: Row): AuditEntry {
  return {
    id: Number(row['id']),
    at: String(row['at']),
    who: String(row['who']),
    token: textOf(row['token']),
    app: textOf(row['app']),
    action: String(row['action']),
    before: fromJson(row['before']),
    after: fromJson(row['after']),
    detail: fromJson(row['detail']),
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
