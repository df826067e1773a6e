import type { AppId } from '../../../app/app.ts'
import type { Clock } from '../../../app/clock.ts'
import { CancelledError, messageOf } from '../../../app/errors.ts'
import type { Lock } from '../../lock.ts'
import { LockLostError } from '../../ledger.ts'
import {
  LEASE,
  readLock,
  RENEWAL,
  tookOver,
  writeLock,
  writeReleased,
  type Held,
  type Holder,
} from './lock-value.ts'
import { cancelParameter, lockParameter } from './parameter-names.ts'
import type { ParameterStore } from './parameter-store.ts'

/** Seconds until a renewal that failed is tried again. */
const RETRY = 3
const TAKEN = 'another deployment has it now'

export interface LeaseOptions {
  store: ParameterStore
  clock: Clock
  app: AppId
  holder: Holder
  /** Whether it may be asked from elsewhere to stop. */
  isCancellable: boolean
  /** The version that our write of the lock became. */
  version: number
  /** When that was sent, in milliseconds since the epoch. */
  since: number
}

/** The lock while it is ours: renewed again and again, until it is given back, lost, or cannot be renewed any more. */
export class Lease implements Lock {
  /** Fires when it is lost, or when its deployment is to stop; then it is renewed until it is given back. */
  readonly signal: AbortSignal
  readonly #options: LeaseOptions
  readonly #told = new AbortController()
  readonly #lost = new AbortController()
  readonly #released = new AbortController()
  readonly #gone = new AbortController()
  /** Lost, or given back. */
  readonly #over = AbortSignal.any([this.#lost.signal, this.#gone.signal])
  readonly #renewing: Promise<void>
  /** The last version that we wrote. */
  #version: number
  /** Milliseconds since the epoch: from then on others may take it over. */
  #until: number
  #problem = 'it was not renewed in time'
  #release: Promise<void> | undefined

  constructor(options: LeaseOptions) {
    this.#options = options
    this.#version = options.version
    this.#until = options.since + LEASE * 1_000
    this.signal = this.#told.signal
    this.#renewing = this.#renewRegularly()
    void this.#watch()
  }

  get lost(): AbortSignal {
    return this.#lost.signal
  }

  release(): Promise<void> {
    this.#release ??= this.#giveBack()
    return this.#release
  }

  /** A renewal may hang; the lease ends nonetheless. */
  async #watch(): Promise<void> {
    const { clock } = this.#options
    while (!this.#over.aborted) {
      await clock.sleep((this.#until - clock.now()) / 1_000, this.#over)
      if (!this.#over.aborted && clock.now() >= this.#until) this.#lose(this.#problem)
    }
  }

  async #renewRegularly(): Promise<void> {
    const { clock } = this.#options
    const ended = AbortSignal.any([this.#lost.signal, this.#released.signal])
    let pause = RENEWAL
    for (;;) {
      await clock.sleep(pause, ended)
      if (ended.aborted) return
      if (clock.now() >= this.#until) return this.#lose(this.#problem)
      try {
        await this.#renew()
        pause = RENEWAL
      } catch (error) {
        this.#problem = messageOf(error)
        pause = RETRY
      }
    }
  }

  async #renew(): Promise<void> {
    const { clock, holder } = this.#options
    const { lock, cancelled } = await this.#look()
    if (cancelled) this.#told.abort(new CancelledError(`deployment #${holder.deployment} was cancelled`))
    if (lock === null || !(await this.#isOurs(lock))) return this.#lose(TAKEN)
    const since = clock.now()
    const next = await this.#put(lock, writeLock(holder))
    if (next !== null && tookOver(next, lock)) return this.#lose(TAKEN)
    this.#until = since + LEASE * 1_000
  }

  /** Writes upon what was seen. Resolves with the write that came next, where somebody else's did; null where ours did. */
  async #put(seen: Held, value: string): Promise<Held | null> {
    const { store, app, holder } = this.#options
    const put = { overwrite: true, signal: this.#lost.signal }
    const version = (await store.put(lockParameter(app), value, put))!
    const next = version === seen.version + 1 ? null : await this.#written(seen.version + 1)
    this.#version = version
    // Ours where the answer to it was lost, and the client wrote it again.
    return next?.nonce === holder.nonce ? null : next
  }

  /**
   * What stands there may be the write of somebody who came too late to take the lock over: then it is still ours, and
   * the next renewal puts that right. The write after our last one decides.
   */
  async #isOurs(lock: Held): Promise<boolean> {
    const { nonce } = this.#options.holder
    if (lock.nonce === nonce) return true
    if (lock.version <= this.#version) return false
    const next = lock.version === this.#version + 1 ? lock : await this.#written(this.#version + 1)
    if (next === null) throw new Error('SSM does not show who wrote the lock')
    return !tookOver(next, { version: this.#version, nonce })
  }

  async #written(version: number): Promise<Held | null> {
    const { store, app } = this.#options
    const found = await store.version(lockParameter(app), version, this.#lost.signal)
    return found && readLock(found)
  }

  async #look(): Promise<{ lock: Held | null; cancelled: boolean }> {
    const { store, app, holder, isCancellable } = this.#options
    const names = [lockParameter(app), cancelParameter(app, holder.deployment)] as const
    const found = await store.get(names, { signal: this.#lost.signal })
    const lock = found.get(names[0])
    const cancelled = isCancellable && found.has(names[1])
    return { lock: lock === undefined ? null : readLock(lock), cancelled }
  }

  async #giveBack(): Promise<void> {
    this.#released.abort()
    await this.#renewing
    try {
      while (!this.#lost.signal.aborted && !(await this.#isGivenBack()));
    } catch {
      // It ends by itself, and whoever waits for it sees that; what was deployed is deployed.
    } finally {
      this.#gone.abort()
    }
  }

  /** False when the write of somebody who came too late went before ours: then it is given back upon that. */
  async #isGivenBack(): Promise<boolean> {
    const { clock, holder } = this.#options
    const { lock } = await this.#look()
    if (lock === null || !(await this.#isOurs(lock)) || clock.now() >= this.#until) return true
    const next = await this.#put(lock, writeReleased(holder, lock))
    return next === null || tookOver(next, lock)
  }

  #lose(reason: string): void {
    const error = new LockLostError(`the lock of this deployment was lost: ${reason}`, {
      hint: 'deploy again: what it had begun is found and finished',
    })
    this.#lost.abort(error)
    this.#told.abort(error)
  }
}
