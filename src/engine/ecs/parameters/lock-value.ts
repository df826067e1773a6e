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

interface LockValue extends Holder {
  /** The version that it follows, and whose that was, when this took over a lock that had expired. */
  takes_over: { version: number; nonce: string } | null
}

/** The lock as SSM has it. */
export interface Held extends LockValue {
  version: number
  /** Milliseconds since the epoch. */
  modified: number
}

export function writeLock({ deployment, nonce }: Holder, takesOver: Held | null): string {
  const takes_over = takesOver && { version: takesOver.version, nonce: takesOver.nonce }
  return JSON.stringify({ deployment, nonce, takes_over } satisfies LockValue)
}

export function readLock({ name, value, version, modified }: Parameter): Held {
  try {
    const { deployment, nonce, takes_over } = JSON.parse(value) as LockValue
    return { deployment, nonce, takes_over, version, modified }
  } catch {
    throw new UserError(`the lock ${name} cannot be read`, {
      hint: `when nothing is deployed, delete it: \`aws ssm delete-parameter --name ${name}\``,
    })
  }
}

export function isExpired({ modified }: Held, now: number): boolean {
  return now - modified > (LEASE + SKEW) * 1_000
}

/**
 * Whether a write took the lock from the one before it. SSM numbers writes, and lets everybody write: of several that saw
 * the lock expired, the one whose write came next has it. The nonce tells whether the number is still of the same lock,
 * for it begins anew when a lock was given back and taken again.
 */
export function tookOver(write: Held, before: Pick<Held, 'version' | 'nonce'>): boolean {
  const { version, takes_over } = write
  return (
    version === before.version + 1 &&
    takes_over?.version === before.version &&
    takes_over.nonce === before.nonce
  )
}
