import { isoNow, type Clock } from '../app/clock.ts'
import { fromJson, type Database } from '../store/database.ts'

/** For how long an answer is kept. */
export const KEPT_HOURS = 24

/** What is sent again when the same request comes once more. */
export interface KeptAnswer {
  status: number
  body: unknown
}

/** A request that is new. Exactly one of these ends it. */
export interface Ticket {
  kind: 'new'
  /** It was carried out, or refused for good. */
  keep(answer: KeptAnswer): void
  /** Nothing was done: the next one with this key may try. */
  forget(): void
}

export type Judged =
  | Ticket
  | { kind: 'answered'; answer: KeptAnswer }
  /** The key was given to another request. */
  | { kind: 'taken' }
  /** The server ended while it worked on it: whether it was carried out nobody knows. */
  | { kind: 'cut_off' }

/**
 * Requests that must not be carried out twice, known by the key that their sender chose. Written down before anything is
 * done, so that a crash in the middle is known afterwards.
 */
export class Idempotency {
  readonly #db: Database
  readonly #clock: Clock
  /** Those that are being worked on by this server. */
  readonly #underway = new Map<string, Promise<void>>()

  constructor(db: Database, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Waits while the same request is being carried out. `token`: whose key it is; `fingerprint`: what is asked. */
  async judge(token: string, key: string, fingerprint: string): Promise<Judged> {
    const name = `${token} ${key}`
    for (;;) {
      const row = this.#find(token, key)
      if (row === null) return this.#begin(token, key, fingerprint)
      if (row.fingerprint !== fingerprint) return { kind: 'taken' }
      if (row.answer !== null) return { kind: 'answered', answer: row.answer }
      const other = this.#underway.get(name)
      if (other === undefined) return { kind: 'cut_off' }
      await other
    }
  }

  #begin(token: string, key: string, fingerprint: string): Ticket {
    this.#db.run(
      'INSERT INTO idempotency_keys (token, key, fingerprint, created_at) VALUES (?, ?, ?, ?)',
      token,
      key,
      fingerprint,
      isoNow(this.#clock),
    )
    const name = `${token} ${key}`
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#underway.set(name, promise)
    const end = (sql: string, ...values: string[]): void => {
      try {
        this.#db.run(sql, ...values, token, key)
      } finally {
        this.#underway.delete(name)
        resolve()
      }
    }
    return {
      kind: 'new',
      keep: (answer) =>
        end('UPDATE idempotency_keys SET answer = ? WHERE token = ? AND key = ?', JSON.stringify(answer)),
      forget: () => end('DELETE FROM idempotency_keys WHERE token = ? AND key = ?'),
    }
  }

  /** Those that are too old are swept on the way. */
  #find(token: string, key: string): { fingerprint: string; answer: KeptAnswer | null } | null {
    const oldest = new Date(this.#clock.now() - KEPT_HOURS * 3_600_000).toISOString()
    this.#db.run('DELETE FROM idempotency_keys WHERE created_at < ?', oldest)
    const row = this.#db.get(
      'SELECT fingerprint, answer FROM idempotency_keys WHERE token = ? AND key = ?',
      token,
      key,
    )
    if (row === undefined) return null
    return {
      fingerprint: String(row['fingerprint']),
      answer: row['answer'] === null ? null : fromJson<KeptAnswer>(row['answer']),
    }
  }
}
