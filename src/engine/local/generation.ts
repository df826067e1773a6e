import { instanceCount, type ProcessSpec } from '../../app/spec.ts'
import type { RolloutEvent } from '../rollout.ts'
import type { Instance } from '../running.ts'
import { Place, type Failure, type Occupant } from './place.ts'
import type { Workplaces } from './crew.ts'
import type { Workplace } from './workplace.ts'

export interface Upstream {
  instance: string
  host: string
  port: number
}

export interface GenerationEvents {
  /** Instances came up or went down. */
  changed(): void
  /** For people. */
  happened(text: string): void
  /** See PlaceEvents. */
  lost(instance: string, reason: string): void
}

/** All instances of one spec of a process. A rolling update goes from one generation to the next. */
export class Generation {
  spec: ProcessSpec
  readonly #work: Workplaces
  readonly #tell: GenerationEvents
  #places: Place[] = []
  #report: (event: RolloutEvent) => void = () => {}
  #onFailure: (failure: Failure) => void = () => {}
  #onUp: () => void = () => {}

  constructor(spec: ProcessSpec, work: Workplaces, tell: GenerationEvents) {
    this.spec = spec
    this.#work = work
    this.#tell = tell
  }

  /** Where the process itself is started. */
  get work(): Workplace {
    return this.#work.main
  }

  instances(): Instance[] {
    return this.#places.map((place) => place.status)
  }

  occupants(): Occupant[] {
    return this.#places.flatMap((place) => place.occupant ?? [])
  }

  /** What the instances that are not up have written last. */
  lastLines(): string[] {
    return this.#places.filter((place) => !place.isUp).flatMap((place) => place.lastLines)
  }

  upstreams(): Upstream[] {
    return this.#places.flatMap((place) =>
      place.isUp && place.port !== null
        ? [{ instance: place.status.id, host: 'localhost', port: place.port }]
        : [],
    )
  }

  /** Starts what is missing. Use `steady` to wait for it. */
  grow(): void {
    for (let number = this.#places.length + 1; number <= instanceCount(this.spec); number += 1) {
      const place = new Place(number, this.spec, this.#work, {
        started: (instance) => {
          this.#report({ type: 'instance.started', process: this.spec.name, instance })
          this.#tell.happened(`${instance} started`)
        },
        up: (instance, address) => {
          this.#report({ type: 'instance.up', process: this.spec.name, instance, address })
          this.#tell.happened(`${instance} is up`)
          this.#tell.changed()
          this.#onUp()
        },
        down: () => this.#tell.changed(),
        noted: (instance, text) => this.#tell.happened(`${instance}: ${text}`),
        failed: (failure) => this.#onFailure(failure),
        lost: (instance, reason) => this.#tell.lost(instance, reason),
      })
      this.#places.push(place)
      place.start()
    }
  }

  /** Takes away the last places, so that the first ones keep their instances. */
  async shrink(): Promise<void> {
    const gone = this.#places.splice(instanceCount(this.spec))
    this.#tell.changed()
    await this.#end(gone)
  }

  /** Null once all instances are up, or the first failure of one that never was. */
  async steady(
    signal: AbortSignal,
    report: (event: RolloutEvent) => void,
  ): Promise<Failure | 'aborted' | null> {
    this.#report = report
    try {
      return await new Promise((resolve) => {
        const look = (): void => {
          if (this.#places.every((place) => place.isUp)) resolve(null)
        }
        this.#onUp = look
        this.#onFailure = (failure) => {
          report({
            type: 'instance.failed',
            process: this.spec.name,
            instance: failure.instance,
            reason: failure.reason,
          })
          resolve(failure)
        }
        signal.addEventListener('abort', () => resolve('aborted'), { once: true })
        if (signal.aborted) resolve('aborted')
        look()
      })
    } finally {
      this.#report = () => {}
      this.#onUp = () => {}
      this.#onFailure = () => {}
    }
  }

  /** Takes all instances out of the traffic, lets them finish their requests, and stops them. */
  async retire(report: (event: RolloutEvent) => void = () => {}): Promise<void> {
    const gone = this.#places.splice(0)
    this.#tell.changed()
    await this.#end(gone, report)
  }

  async #end(places: readonly Place[], report: (event: RolloutEvent) => void = () => {}): Promise<void> {
    await Promise.all(
      places.map(async (place) => {
        const { id } = place.status
        await this.work.drain(id, this.spec.stop_timeout)
        await place.stop()
        this.#tell.happened(`${id} stopped`)
        report({ type: 'instance.stopped', process: this.spec.name, instance: id })
      }),
    )
  }
}
