import { FakeClock } from './fake-clock.ts'

/** Real milliseconds; see `quiet`. */
const QUIET = 3

/**
 * A clock that jumps to the next sleeper as soon as everybody waits: an hour of waiting takes as long as the calls made
 * in it. Who works on something that no sleeper stands for, such as a server with a request, holds it meanwhile.
 */
export class VirtualClock extends FakeClock implements Disposable {
  /** How long, in real milliseconds, nothing has to happen before time is moved on: more for who computes longer. */
  readonly quiet: number
  /** Real milliseconds for which nothing happened, in all. */
  idle = 0
  #held = 0
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(quiet = QUIET) {
    super()
    this.quiet = quiet
  }

  override sleep(seconds: number, signal?: AbortSignal): Promise<void> {
    const slept = super.sleep(seconds, signal)
    this.#arm()
    return slept
  }

  /** Time stands still until what this returns is called. */
  hold(): () => void {
    this.#held++
    clearTimeout(this.#timer)
    let held = true
    return () => {
      if (!held) return
      held = false
      this.#held--
      this.#arm()
    }
  }

  [Symbol.dispose](): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  #arm(): void {
    clearTimeout(this.#timer)
    if (this.#closed || this.#held > 0 || this.next === null) return
    this.#timer = setTimeout(() => {
      this.idle += this.quiet
      this.advance(this.next ?? 0)
      this.#arm()
    }, this.quiet)
  }
}
