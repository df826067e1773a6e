import type { RolloutIo, Verdict } from '../engine/rollout.ts'
import type { Work } from './deploy.ts'

/**
 * Stops what is still on its way as soon as one process fails: all go back, so no more old instances have to stop for
 * new ones that would not stay.
 */
export class Sparing {
  readonly io: RolloutIo
  /** The process that failed first; null: none has. */
  culprit: string | null = null
  readonly #work: Work
  readonly #underWay: Set<string>
  readonly #stop = new AbortController()

  constructor(work: Work, processes: readonly string[]) {
    this.#work = work
    this.#underWay = new Set(processes)
    this.io = {
      signal: AbortSignal.any([work.signal, this.#stop.signal]),
      ...(work.lost !== undefined && { lost: work.lost }),
      report: (event) => {
        if (event.type === 'process.steady') this.#underWay.delete(event.process)
        work.emit(event)
      },
      failing: (process) => this.#begin(process),
    }
  }

  #begin(process: string): void {
    this.#underWay.delete(process)
    if (this.io.signal.aborted) return
    this.culprit = process
    if (this.#underWay.size > 0) {
      const names = [...this.#underWay].join(', ')
      this.#work.emit({
        type: 'notice',
        text: `${process} failed, so what is on its way is stopped: ${names}`,
      })
    }
    this.#stop.abort()
  }

  /** A verdict that says why, where it was stopped for the sake of another. */
  explained(verdict: Verdict): Verdict {
    const isSpared = verdict.outcome === 'cancelled' && this.culprit !== null && !this.#work.signal.aborted
    return isSpared ? { ...verdict, reason: `${this.culprit} failed`, log: [], hint: null } : verdict
  }
}
