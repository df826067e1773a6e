import type { AppId } from '../app/app.ts'
import type { Outcome } from '../engine/ledger.ts'
import type { Repository } from '../git/repository.ts'
import type { Database } from '../store/database.ts'

export interface RefMove {
  number: number
  ref: string
  from: string
  to: string
}

/** After these the branch is where the push wanted it. */
export function movesRef(outcome: Outcome): boolean {
  return outcome === 'succeeded' || outcome === 'unchanged'
}

/**
 * Ref moves that wait for their deployment. Written before it starts and deleted when git has done it, so that a crash
 * between the recorded outcome and the move is repaired at the next start.
 */
export class RefMoves {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  add(app: AppId, move: RefMove): void {
    this.#db.run(
      'INSERT INTO ref_moves (app, number, ref, old_id, new_id) VALUES (?, ?, ?, ?, ?)',
      app.name,
      move.number,
      move.ref,
      move.from,
      move.to,
    )
  }

  remove(app: AppId, number: number): void {
    this.#db.run('DELETE FROM ref_moves WHERE app = ? AND number = ?', app.name, number)
  }

  /** It is where this deployment wants it: what earlier ones wanted is past. */
  settled(app: AppId, { number, ref }: Pick<RefMove, 'number' | 'ref'>): void {
    this.#db.run('DELETE FROM ref_moves WHERE app = ? AND ref = ? AND number <= ?', app.name, ref, number)
  }

  /** Those that wait. */
  pending(app: AppId): Omit<RefMove, 'from'>[] {
    return this.#db
      .all('SELECT * FROM ref_moves WHERE app = ? ORDER BY number', app.name)
      .map((row) => ({ number: Number(row['number']), ref: String(row['ref']), to: String(row['new_id']) }))
  }

  /** Moves what a crash kept from moving. `outcomeOf` tells how a deployment ended. */
  async repair(
    app: AppId,
    repository: Repository,
    outcomeOf: (number: number) => Promise<Outcome | null>,
    moves = this.pending(app),
  ): Promise<void> {
    for (const { number, ref, to } of moves) {
      const outcome = await outcomeOf(number)
      if (outcome !== null && movesRef(outcome)) {
        const now = await repository.resolve(ref)
        if (now !== to) {
          const from = now ?? '0'.repeat(to.length)
          await repository.updateRefs([{ ref, from, to }], 'gantry', `deployment #${number}, repaired`)
        }
      }
      this.remove(app, number)
    }
  }
}
