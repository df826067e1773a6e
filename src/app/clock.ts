import { setTimeout as delay } from 'node:timers/promises'

/** Time, so that tests need not wait for it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after so many seconds, or as soon as the signal fires. Never rejects. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (seconds, signal) => {
    await delay(seconds * 1_000, undefined, signal === undefined ? {} : { signal }).catch(() => {})
  },
}

/** The ISO time of now. */
export function isoNow(clock: Clock): string {
  return new Date(clock.now()).toISOString()
}
