import { setTimeout as delay } from 'node:timers/promises'

import type { Database } from '../../store/database.ts'
import { findMembers, identify, isAlive, type Identity } from './identity.ts'

/** How long what a crashed server left behind gets to end by itself. */
const GRACE_MS = 5_000

/** The record of every child that may be alive, so that the next server finds what this one leaves behind. */
export class Children {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  add(secret: string, name: string, pid: number): void {
    const identity = identify(pid)
    this.#db.run(
      'INSERT INTO children (secret, name, pid, start_time, boot_id) VALUES (?, ?, ?, ?, ?)',
      secret,
      name,
      pid,
      identity.start_time,
      identity.boot_id,
    )
  }

  remove(secret: string): void {
    this.#db.run('DELETE FROM children WHERE secret = ?', secret)
  }

  /**
   * Ends what an earlier server left running: its children that are provably the recorded ones, their groups, and
   * whatever carries their secret. A stranger that got a recorded pid is left alone. Returns the names of the leaders.
   */
  async sweep(): Promise<string[]> {
    const rows = this.#db.all('SELECT * FROM children')
    const secrets = new Set(rows.map((row) => String(row['secret'])))
    const leaders = rows.filter((row) =>
      isAlive({
        pid: Number(row['pid']),
        start_time: String(row['start_time']),
        boot_id: String(row['boot_id']),
      }),
    )
    const groups = new Set(leaders.map((row) => Number(row['pid'])))
    // Members are remembered by identity: once its leader has died, one without the secret is found in no other way.
    const known = new Map<number, Identity>()
    const deadline = Date.now() + GRACE_MS
    while (rows.length > 0) {
      for (const pid of findMembers(secrets, groups)) if (!known.has(pid)) known.set(pid, begin(pid))
      const left = [...known.values()].filter(isAlive)
      if (left.length === 0) break
      if (Date.now() > deadline) for (const each of left) signal(each.pid, 'SIGKILL')
      await delay(20)
    }
    this.#db.run('DELETE FROM children')
    return leaders.map((row) => String(row['name']))
  }
}

function begin(pid: number): Identity {
  const identity = identify(pid)
  signal(pid, 'SIGTERM')
  return identity
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended in the meantime.
  }
}
