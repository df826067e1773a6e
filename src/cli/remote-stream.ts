import type { Clock } from '../app/clock.ts'
import { LostError, UnreachableError } from './connection-error.ts'

/** Seconds for which a server is looked for again that was there before. */
const PATIENCE = 60

/** Seconds before the first try, and at most between two. */
const PAUSE = 0.5
const LONGEST_PAUSE = 5

export interface StreamIo {
  clock: Clock
  signal: AbortSignal
  /** Told once each time that the stream breaks. */
  onBroken: () => void
}

/**
 * The items of a stream that is opened again where its connection broke. What cannot be reached at all is an error, and
 * so is a server that does not come back in time.
 *
 * @param open gives what was not given yet
 */
export async function* reopened<T>(
  open: () => AsyncIterable<T>,
  { clock, signal, onBroken }: StreamIo,
): AsyncGenerator<T> {
  let brokenAt: number | null = null
  for (let pause = PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      for await (const item of open()) {
        brokenAt = null
        pause = PAUSE
        yield item
      }
      return
    } catch (error) {
      const isPassing = error instanceof LostError || (error instanceof UnreachableError && brokenAt !== null)
      if (!isPassing) throw error
      if (brokenAt === null) onBroken()
      brokenAt ??= clock.now()
      if (clock.now() - brokenAt > PATIENCE * 1_000) throw error
      await clock.sleep(pause, signal)
      if (signal.aborted) return
    }
  }
}
