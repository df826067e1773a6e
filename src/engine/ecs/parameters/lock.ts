import type { AppId } from '../../../app/app.ts'
import { isoNow } from '../../../app/clock.ts'
import type { Lock, LockRequest } from '../../lock.ts'
import { Queue } from '../../queue.ts'
import type { Account } from '../account.ts'
import { parameterRoot } from '../names.ts'
import { acquire } from './acquire.ts'
import { Documents } from './documents.ts'
import { cancelParameter } from './parameter-names.ts'

/** The locks of apps: in turn in this process, and among all machines by a parameter in SSM. */
export class Locks {
  readonly #account: Account
  readonly #documents: Documents
  readonly #queues = new Map<string, Queue>()

  constructor(account: Account) {
    this.#account = account
    this.#documents = new Documents(account)
  }

  async lock(app: AppId, request: LockRequest): Promise<Lock> {
    const asked = { ...request, onWait: once(request.onWait) }
    const turn = await this.#queue(app).enter(asked)
    try {
      const lease = await acquire(this.#documents, this.#account.clock, app, asked)
      return {
        signal: lease.signal,
        lost: lease.lost,
        release: async () => {
          await lease.release()
          await turn.release()
        },
      }
    } catch (error) {
      await turn.release()
      throw error
    }
  }

  /** Asks a deployment to stop, wherever its deployer is. It sees so when it renews the lock, within 20 s. */
  async cancel(app: AppId, deployment: number): Promise<void> {
    await this.#documents.store.put(cancelParameter(app, deployment), isoNow(this.#account.clock), {
      overwrite: true,
    })
  }

  #queue(app: AppId): Queue {
    const key = parameterRoot(app)
    const queue = this.#queues.get(key) ?? new Queue()
    this.#queues.set(key, queue)
    return queue
  }
}

function once(tell: (holder: number) => void): (holder: number) => void {
  let told = false
  return (holder) => {
    if (!told) tell(holder)
    told = true
  }
}
