import { CancelledError } from '../app/errors.ts'
import type { Lock, LockRequest } from './lock.ts'
import { SupersededError } from './ledger.ts'

interface Waiting extends LockRequest {
  enter(): void
  fail(error: Error): void
}

/**
 * The lock of one app. One deployment holds it, at most one waits: a newer one supersedes the one that waits, because
 * what it would deploy is already out of date. Operator's changes are not superseded: each says something of its own.
 */
export class Queue {
  #holder: number | null = null
  readonly #waiting: Waiting[] = []

  async enter(request: LockRequest): Promise<Lock> {
    if (request.signal.aborted) throw new CancelledError('cancelled before its turn had come')
    if (this.#holder === null) return this.#give(request.deployment)
    request.onWait(this.#holder)
    // Whoever was told may want to wait no longer.
    if (request.signal.aborted) throw new CancelledError('cancelled while it waited for its turn')
    const newer = this.#waiting.find((each) => each.supersedes && each.deployment > request.deployment)
    if (request.supersedes && newer !== undefined) throw superseded(newer.deployment)
    if (request.supersedes) this.#supersede(request.deployment)
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        ...request,
        enter: () => resolve(this.#give(request.deployment)),
        fail: reject,
      }
      this.#waiting.push(entry)
      request.signal.addEventListener('abort', () => {
        if (this.#take(entry)) reject(new CancelledError('cancelled while it waited for its turn'))
      })
    })
  }

  #supersede(by: number): void {
    for (const entry of this.#waiting.filter((each) => each.supersedes)) {
      this.#take(entry)
      entry.fail(superseded(by))
    }
  }

  #take(entry: Waiting): boolean {
    const index = this.#waiting.indexOf(entry)
    if (index >= 0) this.#waiting.splice(index, 1)
    return index >= 0
  }

  #give(deployment: number): Lock {
    this.#holder = deployment
    let held = true
    return {
      // Whoever wants to stop it is in this process, and has its own signal.
      signal: new AbortController().signal,
      lost: new AbortController().signal,
      release: async () => {
        if (!held) return
        held = false
        this.#holder = null
        this.#waiting.shift()?.enter()
      },
    }
  }
}

export function superseded(by: number): SupersededError {
  return new SupersededError(`superseded by deployment #${by}`, {
    hint: 'what was pushed later is deployed instead',
  })
}
