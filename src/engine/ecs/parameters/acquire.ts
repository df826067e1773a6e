import { randomUUID } from 'node:crypto'

import type { AppId } from '../../../app/app.ts'
import type { Clock } from '../../../app/clock.ts'
import { CancelledError } from '../../../app/errors.ts'
import type { LockRequest } from '../../engine.ts'
import { superseded } from '../../queue.ts'
import { ThrottledError } from '../aws-problem.ts'
import type { Documents } from './documents.ts'
import { Lease } from './lease.ts'
import { isFinished, type StoredDeployment } from './ledger-entries.ts'
import { isExpired, readLock, writeLock, type Held, type Holder } from './lock-value.ts'
import { cancelParameter, deploymentParameter, lockParameter } from './parameter-names.ts'

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
  /** The lock as it was seen last. */
  #seen: Held | null = null
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
    if (this.#seen === null) {
      const lease = await this.#create()
      if (lease !== null) return lease
    }
    const wasHeld = this.#seen !== null
    const seen = await this.#look()
    this.#seen = seen
    if (seen === null) return wasHeld ? this.#create() : null
    // Ours already: the answer to our write was lost.
    if (seen.nonce === this.#holder.nonce && seen.takes_over === null) {
      this.#sent = Math.min(this.#sent, seen.modified)
      return this.#lease(seen.version)
    }
    const isLeft = this.#request.inherits === true && seen.deployment === this.#holder.deployment
    const lease = isLeft || isExpired(seen, this.#clock.now()) ? await this.#takeOver(seen) : null
    if (lease === null) this.#request.onWait(seen.deployment)
    return lease
  }

  /** Seconds; each one who waits has a rhythm of its own. */
  pause(poll: number): number {
    const jitter = 0.75 + Number.parseInt(this.#holder.nonce.slice(0, 4), 16) / 0x1_ff_ff
    return Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 1.5 ** poll) * jitter
  }

  async #create(): Promise<Lease | null> {
    const version = await this.#put(null)
    return version === null ? null : this.#lease(version)
  }

  async #takeOver(seen: Held): Promise<Lease | null> {
    const { store } = this.#documents
    const version = (await this.#put(seen))!
    // It was given back meanwhile, so this made it anew.
    if (version === 1) return this.#lease(version)
    const written = async (number: number): Promise<string | null> => {
      const found = await store.version(lockParameter(this.#app), number)
      return found && readLock(found).nonce
    }
    const isNext = version === seen.version + 1 || (await written(seen.version + 1)) === this.#holder.nonce
    const isOurs = isNext && (await written(seen.version)) === seen.nonce
    return isOurs ? this.#lease(version) : null
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
      version,
      since: this.#sent,
    })
  }

  /** The lock, read together with what may end the wait. */
  async #look(): Promise<Held | null> {
    const { deployment, supersedes, signal } = this.#request
    const names = [lockParameter(this.#app), cancelParameter(this.#app, deployment)] as const
    const ahead = Array.from({ length: supersedes ? LOOK_AHEAD : 0 }, (_, index) =>
      deploymentParameter(this.#app, deployment + 1 + index),
    )
    const found = await this.#documents.store.get([...names, ...ahead], { signal })
    if (found.has(names[1])) {
      await this.#documents.store.delete([names[1]])
      throw cancelled()
    }
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
