import type { AppId } from '../../../app/app.ts'
import type { Clock } from '../../../app/clock.ts'
import { CancelledError, DeployError, messageOf } from '../../../app/errors.ts'
import type { Lock } from '../../engine.ts'
import { LEASE, readLock, RENEWAL, tookOver, writeLock, type Held, type Holder } from './lock-value.ts'
import { cancelParameter, lockParameter } from './parameter-names.ts'
import type { ParameterStore } from './parameter-store.ts'

/** Seconds until a renewal that failed is tried again. */
const RETRY = 3

export interface LeaseOptions {
  store: ParameterStore
  clock: Clock
  app: AppId
  holder: Holder
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
    const { store, clock, app, holder } = this.#options
    const { lock, cancelled } = await this.#look()
    if (cancelled) this.#told.abort(new CancelledError(`deployment #${holder.deployment} was cancelled`))
    if (lock === null || !(await this.#isOurs(lock))) return this.#lose('another deployment has it now')
    const since = clock.now()
    const version = await store.put(lockParameter(app), writeLock(holder, null), {
      overwrite: true,
      signal: this.#lost.signal,
    })
    if (version !== lock.version + 1) {
      const between = await this.#written(lock.version + 1)
      if (between !== null && tookOver(between, lock)) return this.#lose('another deployment has it now')
    }
    this.#version = version!
    this.#until = since + LEASE * 1_000
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
    const { store, app, holder } = this.#options
    const names = [lockParameter(app), cancelParameter(app, holder.deployment)] as const
    const found = await store.get(names, { signal: this.#lost.signal })
    const lock = found.get(names[0])
    return { lock: lock === undefined ? null : readLock(lock), cancelled: found.has(names[1]) }
  }

  async #giveBack(): Promise<void> {
    this.#released.abort()
    await this.#renewing
    try {
      if (!this.#lost.signal.aborted) await this.#delete()
    } catch {
      // It ends by itself, and whoever waits for it sees that; what was deployed is deployed.
    } finally {
      this.#gone.abort()
    }
  }

  async #delete(): Promise<void> {
    const { store, clock, app, holder } = this.#options
    const { lock, cancelled } = await this.#look()
    const names = cancelled ? [cancelParameter(app, holder.deployment)] : []
    if (lock !== null && (await this.#isOurs(lock)) && clock.now() < this.#until) {
      names.push(lockParameter(app))
    }
    await store.delete(names, { signal: this.#lost.signal })
  }

  #lose(reason: string): void {
    this.#lost.abort()
    this.#told.abort(
      new DeployError(`the lock of this deployment was lost: ${reason}`, {
        hint: 'deploy again: what it had begun is found and finished',
      }),
    )
  }
}
