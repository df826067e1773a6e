import { UserError } from '../../../app/errors.ts'
import type { Parameter } from './parameter-store.ts'

/** Seconds for which a lock is held after it was renewed. */
export const LEASE = 90
/** Seconds between two renewals. */
export const RENEWAL = 20
/** Seconds by which the clocks of this machine and of AWS may differ. */
const SKEW = 30

/** One writer's turn at the lock. */
export interface Holder {
  deployment: number
  nonce: string
}

/** A write of the lock: SSM's number of it, and whose it was. */
export type Write = Pick<Held, 'version' | 'nonce'>

/**
 * SSM numbers writes, and lets everybody write. So whoever wants the lock from whom they saw, or gives it back, says which
 * write they saw last: theirs counts if it is the next one.
 */
interface LockValue extends Holder {
  /** What was there before, when this took over a lock that had expired or been given back. */
  takes_over: Write | null
  /** What was there before, when this gave the lock back. */
  released: Write | null
}

/** The lock as SSM has it. */
export interface Held extends LockValue {
  version: number
  /** Milliseconds since the epoch. */
  modified: number
}

/** Takes the lock, or renews it. */
export function writeLock({ deployment, nonce }: Holder, takesOver: Write | null = null): string {
  return write({ deployment, nonce, takes_over: takesOver && writeOf(takesOver), released: null })
}

/** Gives the lock back. It is not deleted, for it will soon be needed again (`parameter-store.ts`). */
export function writeReleased({ deployment, nonce }: Holder, before: Write): string {
  return write({ deployment, nonce, takes_over: null, released: writeOf(before) })
}

export function readLock({ name, value, version, modified }: Parameter): Held {
  try {
    const { deployment, nonce, takes_over = null, released = null } = JSON.parse(value) as Partial<LockValue>
    if (deployment === undefined || nonce === undefined) throw new Error('not a lock')
    return { deployment, nonce, takes_over, released, version, modified }
  } catch {
    throw new UserError(`the lock ${name} cannot be read`, {
      hint: `when nothing is deployed, delete it, and wait for half a minute: \`aws ssm delete-parameter --name ${name}\``,
    })
  }
}

/** Whether nobody has it: it was given back, or not renewed for as long as it takes. */
export function isFree(lock: Held, now: number): boolean {
  return isReleased(lock) || now - lock.modified > (LEASE + SKEW) * 1_000
}

export function isReleased({ released, version }: Held): boolean {
  return released !== null && version === released.version + 1
}

/** Whether this is of one who has the lock, and not of one who came too late to take it. */
export function isInForce({ takes_over, version }: Held): boolean {
  return takes_over === null || version === takes_over.version + 1
}

/**
 * Whether a write took the lock from the one before it. The nonce tells whether the number is still of the same lock, for it
 * begins anew where one was deleted by hand.
 */
export function tookOver(write: Held, before: Write): boolean {
  const { version, takes_over } = write
  return (
    version === before.version + 1 &&
    takes_over?.version === before.version &&
    takes_over.nonce === before.nonce
  )
}

function writeOf({ version, nonce }: Write): Write {
  return { version, nonce }
}

function write(value: LockValue): string {
  return JSON.stringify(value)
}
