import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

import { isoNow, type Clock } from '../app/clock.ts'
import { NotFoundError } from '../app/errors.ts'
import { Secret } from '../app/secret.ts'
import type { Database, Row } from '../store/database.ts'
import { isDiskFull } from '../store/full-disk.ts'

export const SCOPES = ['read', 'push', 'operate', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

export interface TokenEntry {
  id: string
  name: string
  scope: Scope
  /** Null: all apps. */
  app: string | null
  created_at: string
  used_at: string | null
}

// `gantry_ID_SECRET`: the id finds the row, the 256-bit secret is compared by its hash.
const FORMAT = /^gantry_([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/

/** Access tokens: shown once, stored as hashes. */
export class Tokens {
  readonly #db: Database
  readonly #clock: Clock

  constructor(db: Database, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  create(token: Pick<TokenEntry, 'name' | 'scope' | 'app'>): { entry: TokenEntry; token: Secret } {
    const id = randomBytes(6).toString('hex')
    const secret = randomBytes(32).toString('base64url')
    this.#db.run(
      'INSERT INTO tokens (id, hash, name, scope, app, created_at) VALUES (?, ?, ?, ?, ?, ?)',
      id,
      hashOf(secret),
      token.name,
      token.scope,
      token.app,
      isoNow(this.#clock),
    )
    return { entry: this.#find(id)!, token: new Secret(`gantry_${id}_${secret}`) }
  }

  list(): TokenEntry[] {
    return this.#db.all('SELECT * FROM tokens ORDER BY created_at, id').map(toEntry)
  }

  /** Gives the token that it was. Rejects with a NotFoundError. */
  revoke(id: string): TokenEntry {
    const entry = this.#find(id)
    if (entry === null) {
      throw new NotFoundError(`there is no token ${JSON.stringify(id.slice(0, 80))}`, {
        hint: '`gantry token list` shows the ids',
      })
    }
    this.#db.run('DELETE FROM tokens WHERE id = ?', id)
    return entry
  }

  /** Whose token this is, or null. */
  verify(text: string): TokenEntry | null {
    const match = FORMAT.exec(text)
    if (match === null) return null
    const row = this.#db.get('SELECT * FROM tokens WHERE id = ?', match[1]!)
    if (row === undefined || !timingSafeEqual(row['hash'] as Uint8Array, hashOf(match[2]!))) return null
    const entry = toEntry(row)
    this.#noteUse(entry)
    return entry
  }

  /** To the minute is enough, and each write waits for the disk. */
  #noteUse({ id, used_at }: TokenEntry): void {
    if (used_at !== null && this.#clock.now() - Date.parse(used_at) <= 60_000) return
    try {
      this.#db.run('UPDATE tokens SET used_at = ? WHERE id = ?', isoNow(this.#clock), id)
    } catch (error) {
      // Whoever is to make room must get in.
      if (!isDiskFull(error)) throw error
    }
  }

  #find(id: string): TokenEntry | null {
    const row = this.#db.get('SELECT * FROM tokens WHERE id = ?', id)
    return row === undefined ? null : toEntry(row)
  }
}

function hashOf(secret: string): Uint8Array {
  return createHash('sha256').update(secret).digest()
}

function toEntry(row: Row): TokenEntry {
  return {
    id: String(row['id']),
    name: String(row['name']),
    scope: String(row['scope']) as Scope,
    app: typeof row['app'] === 'string' ? row['app'] : null,
    created_at: String(row['created_at']),
    used_at: typeof row['used_at'] === 'string' ? row['used_at'] : null,
  }
}
