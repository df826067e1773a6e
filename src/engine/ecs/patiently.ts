import type { Clock } from '../../app/clock.ts'
import { CancelledError } from '../../app/errors.ts'
import { isBusy } from './aws-error.ts'

/** Seconds. */
const FIRST_PAUSE = 2
const LONGEST_PAUSE = 30

export interface Limits {
  clock: Clock
  /** Milliseconds since the epoch: when to give up. */
  until: number
  /** Ends the waiting at once, with what the call was refused with. */
  signal?: AbortSignal | undefined
  /** No call is made any more once this has fired. */
  lost?: AbortSignal | undefined
}

/**
 * Makes a call again, with growing pauses, while AWS is too busy for it or out of reach. The clients have retried by
 * then: this is for the minutes that a large rollout may be throttled for.
 *
 * @param mayPass what else than that is worth another try
 */
export async function patiently<T>(
  { clock, until, signal, lost }: Limits,
  call: () => Promise<T>,
  mayPass: (error: unknown) => boolean = isBusy,
): Promise<T> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    lost?.throwIfAborted()
    try {
      return await call()
    } catch (error) {
      if (!mayPass(error) || clock.now() >= until || signal?.aborted) throw error
      await clock.sleep(pause, signal)
      if (signal?.aborted) throw error
    }
  }
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError('cancelled')
}

/** Gives up waiting for something as soon as the signal fires; that itself goes on. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  throwIfAborted(signal)
  if (signal === undefined) return work
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  const onAbort = (): void => reject(new CancelledError('cancelled'))
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', onAbort)
  }
}
