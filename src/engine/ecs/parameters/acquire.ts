import { randomUUID } from 'node:crypto'

import type { AppId } from '../../../app/app.ts'
import type { Clock } from '../../../app/clock.ts'
import { CancelledError } from '../../../app/errors.ts'
import type { LockRequest } from '../../lock.ts'
import { superseded } from '../../queue.ts'
import { ThrottledError } from '../aws-problem.ts'
import type { Documents } from './documents.ts'
import { Lease } from './lease.ts'
import { isFinished, type StoredDeployment } from './ledger-entries.ts'
import { isFree, isInForce, readLock, writeLock, type Held, type Holder, type Write } from './lock-value.ts'
import { cancelParameter, deploymentParameter, lockParameter } from './parameter-names.ts'
import { REUSE } from './parameter-store.ts'

/** How many deployments above one's own are looked at: with the lock and the wish to cancel, as many as one call takes. */
const LOOK_AHEAD = 8
/** Seconds after which a deployment that never ended makes no other one out of date: its deployer is gone. */
const STALE = 3_600
const SHORTEST_PAUSE = 1
const LONGEST_PAUSE = 5

/**
 * Takes the lock of an app, or waits for it. Rejects with a CancelledError when the signal fires or somebody asked for it
 * from elsewhere, and with a SupersededError when a newer deployment came.
 */
export async function acquire(
  documents: Documents,
  clock: Clock,
  app: AppId,
  request: LockRequest,
): Promise<Lease> {
  const claim = new Claim(documents, clock, app, request)
  for (let poll = 0; ; poll++) {
    try {
      const lease = await claim.try()
      if (lease !== null) return lease
    } catch (error) {
      if (!request.signal.aborted && !(error instanceof ThrottledError)) throw error
    }
    if (request.signal.aborted) throw cancelled()
    await clock.sleep(claim.pause(poll), request.signal)
    if (request.signal.aborted) throw cancelled()
  }
}

function cancelled(): CancelledError {
  return new CancelledError('cancelled while it waited for its turn')
}

class Claim {
  readonly #documents: Documents
  readonly #clock: Clock
  readonly #app: AppId
  readonly #request: LockRequest
  readonly #holder: Holder
  /** Whether it waits: a lock that is free at first is taken, whoever else may come. */
  #waits = false
  /** Whether there was a lock when it was looked at last. */
  #wasThere = false
  /** When our last write of the lock was sent, in milliseconds since the epoch. */
  #sent = 0

  constructor(documents: Documents, clock: Clock, app: AppId, request: LockRequest) {
    this.#documents = documents
    this.#clock = clock
    this.#app = app
    this.#request = request
    this.#holder = { deployment: request.deployment, nonce: randomUUID() }
  }

  /** Null: somebody else has it. */
  async try(): Promise<Lease | null> {
    const seen = await this.#look()
    this.#waits = true
    if (seen === null) return this.#create()
    this.#wasThere = true
    if (seen.nonce === this.#holder.nonce) return this.#recognise(seen)
    if (this.#isLeft(seen) || isFree(seen, this.#clock.now())) return this.#takeOver(seen)
    this.#request.onWait(seen.deployment)
    return null
  }

  /** Seconds; each one who waits has a rhythm of its own. */
  pause(poll: number): number {
    const jitter = 0.75 + Number.parseInt(this.#holder.nonce.slice(0, 4), 16) / 0x1_ff_ff
    return Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 1.5 ** poll) * jitter
  }

  /** Whether the one who had it for this very deployment is dead. */
  #isLeft(seen: Held): boolean {
    const { inherits = false, deployment } = this.#request
    return inherits && seen.deployment === deployment && isInForce(seen)
  }

  async #create(): Promise<Lease | null> {
    if (this.#wasThere) {
      // Deleted, with its app or by hand.
      this.#wasThere = false
      await this.#clock.sleep(REUSE, this.#request.signal)
      return null
    }
    const version = await this.#put(null)
    return version === null ? null : this.#lease(version)
  }

  /** The answer to our write was lost, or what it came upon could not be read. */
  async #recognise(seen: Held): Promise<Lease | null> {
    this.#sent = Math.min(this.#sent, seen.modified)
    return seen.takes_over === null ? this.#lease(seen.version) : this.#confirm(seen.takes_over, seen.version)
  }

  async #takeOver(seen: Held): Promise<Lease | null> {
    const version = (await this.#put(seen))!
    // It was deleted meanwhile, so this made it anew.
    return version === 1 ? this.#lease(version) : this.#confirm(seen, version)
  }

  /** It is ours if ours was the next write, and came upon the one that was seen. */
  async #confirm(before: Write, version: number): Promise<Lease | null> {
    const isNext =
      version === before.version + 1 ||
      (await this.#written(before.version + 1))?.nonce === this.#holder.nonce
    return isNext && (await this.#isStill(before)) ? this.#lease(version) : null
  }

  /** Whether a number is still of the write that was seen, and so is the one that this gave the lock back upon. */
  async #isStill(before: Write): Promise<boolean> {
    const found = await this.#written(before.version)
    if (found?.nonce !== before.nonce) return false
    const { released } = found
    return released === null || (await this.#written(released.version))?.nonce === released.nonce
  }

  async #written(version: number): Promise<Held | null> {
    const found = await this.#documents.store.version(lockParameter(this.#app), version)
    return found && readLock(found)
  }

  async #put(takesOver: Held | null): Promise<number | null> {
    this.#sent = this.#clock.now()
    return this.#documents.store.put(lockParameter(this.#app), writeLock(this.#holder, takesOver), {
      overwrite: takesOver !== null,
    })
  }

  #lease(version: number): Lease {
    const { store } = this.#documents
    return new Lease({
      store,
      clock: this.#clock,
      app: this.#app,
      holder: this.#holder,
      isCancellable: this.#isCancellable(),
      version,
      since: this.#sent,
    })
  }

  /** Who finishes a deployment finishes one that was cancelled, too. */
  #isCancellable(): boolean {
    return this.#request.inherits !== true
  }

  /** The lock, read together with what may end the wait. */
  async #look(): Promise<Held | null> {
    const { deployment, supersedes, signal } = this.#request
    const names = [lockParameter(this.#app), cancelParameter(this.#app, deployment)] as const
    const ahead = Array.from({ length: supersedes && this.#waits ? LOOK_AHEAD : 0 }, (_, index) =>
      deploymentParameter(this.#app, deployment + 1 + index),
    )
    const found = await this.#documents.store.get([...names, ...ahead], { signal })
    if (this.#isCancellable() && found.has(names[1])) throw cancelled()
    const newer = await this.#documents.resolve<StoredDeployment>(
      new Map([...found].filter(([name]) => ahead.includes(name))),
    )
    const successor = [...newer.values()].find((each) => this.#isDue(each))
    if (successor !== undefined) throw superseded(successor.number)
    const lock = found.get(names[0])
    return lock === undefined ? null : readLock(lock)
  }

  #isDue(deployment: StoredDeployment): boolean {
    const age = this.#clock.now() - Date.parse(deployment.created_at)
    return deployment.kind !== 'operate' && !isFinished(deployment) && age < STALE * 1_000
  }
}
