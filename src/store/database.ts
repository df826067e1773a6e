import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

import { UserError } from '../app/errors.ts'
import { MIGRATIONS } from './schema.ts'

export type Row = Record<string, unknown>

/**
 * The one SQLite file of a home. It is opened for one server alone: a second one on the same home is refused, because
 * both would start, stop and restart the same processes.
 */
export class Database {
  readonly #db: DatabaseSync

  /** `:memory:` for a database that nobody keeps. */
  constructor(path: string) {
    // Made with its mode before SQLite opens it: the values of secrets are in here.
    if (path !== ':memory:' && !existsSync(path)) writeFileSync(path, '', { mode: 0o600 })
    this.#db = new DatabaseSync(path, { timeout: 200 })
    if (path !== ':memory:') chmodSync(path, 0o600)
    try {
      this.#db.exec('PRAGMA locking_mode = EXCLUSIVE')
      this.#db.exec('PRAGMA journal_mode = WAL')
      // What is accepted must survive a power cut, not only a crash.
      this.#db.exec('PRAGMA synchronous = FULL')
      this.#db.exec('PRAGMA foreign_keys = ON')
      this.#migrate()
    } catch (error) {
      this.#db.close()
      if (error instanceof Error && /locked|busy/.test(error.message)) {
        throw new UserError('another Gantry server uses this home', {
          hint: 'stop it first, or give this one another --home',
          cause: error,
        })
      }
      throw error
    }
  }

  #migrate(): void {
    const version = Number(this.get('PRAGMA user_version')?.['user_version'] ?? 0)
    if (version > MIGRATIONS.length) {
      throw new UserError('this home was written by a newer Gantry', {
        hint: 'start that version, or a newer one',
      })
    }
    for (const [index, sql] of MIGRATIONS.entries()) {
      if (index < version) continue
      this.transaction(() => {
        this.#db.exec(sql)
        this.#db.exec(`PRAGMA user_version = ${index + 1}`)
      })
    }
    // With an exclusive lock SQLite takes the file at the first write, so make one.
    this.transaction(() => this.#db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`))
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#db.prepare(sql).get(...values)
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#db.prepare(sql).all(...values)
  }

  /** How many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#db.prepare(sql).run(...values).changes)
  }

  /** All of it or none. Must not await: SQLite is synchronous here, so nothing else comes in between. */
  transaction<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      this.#db.exec('COMMIT')
      return result
    } catch (error) {
      try {
        this.#db.exec('ROLLBACK')
      } catch {
        // On a full disk SQLite has rolled back by itself; the reason is the first error.
      }
      throw error
    }
  }

  close(): void {
    this.#db.close()
  }
}

/** Reads a JSON column that Gantry wrote itself. */
export function fromJson<T>(value: unknown): T {
  return JSON.parse(String(value)) as T
}
