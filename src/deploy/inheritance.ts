import type { AppId } from '../app/app.ts'
import type { Clock } from '../app/clock.ts'
import type { ProcessState } from '../app/spec.ts'
import type { Engine } from '../engine/engine.ts'
import type { Transition } from '../engine/rollout.ts'
import type { Running } from '../engine/running.ts'
import type { Deployment, DeploymentRecord } from '../engine/ledger.ts'
import { endInterrupted, type TellInterrupted } from './interrupted.ts'
import type { Step } from './roll-out.ts'

/** Seconds after which nobody waits for a lock any more. */
const LONGEST_WAIT = 3_600

export interface Heir {
  engine: Engine
  app: AppId
  number: number
  clock: Clock
  tell: TellInterrupted
}

/**
 * What deployments have left behind whose deployers died, for the one that goes on from there. It does not take back
 * what they did; but when it fails itself, everything goes back to the last state known to be good, which is theirs to
 * tell.
 */
export class Inheritance {
  readonly #heir: Heir | null
  readonly #dead: readonly Deployment[]
  /** Per process what it was before the first of them. */
  readonly #before: ReadonlyMap<string, ProcessState | null>

  private constructor(
    heir: Heir | null,
    dead: readonly Deployment[],
    before: Map<string, ProcessState | null>,
  ) {
    this.#heir = heir
    this.#dead = dead
    this.#before = before
  }

  /**
   * Asked by who holds the lock, so that nobody else works; one that was queued lately may still wait for it. Those that
   * had not touched anything are ended at once.
   *
   * @param only the processes that the heir is about; null: all
   */
  static async find(heir: Heir, only: readonly string[] | null): Promise<Inheritance> {
    const { engine, app, number, clock } = heir
    const oldest = clock.now() - LONGEST_WAIT * 1_000
    const dead = (await engine.ledger.unfinished(app))
      .filter(
        (each) =>
          each.number !== number && (each.status !== 'queued' || Date.parse(each.created_at) < oldest),
      )
      .toSorted((a, b) => a.number - b.number)
    for (const each of dead.filter(({ record }) => record === null)) await end(heir, each)
    const concerns = ({ name }: { name: string }): boolean => only === null || only.includes(name)
    const touched = dead.filter(
      ({ record }) => record !== null && (only === null || record.processes.some(concerns)),
    )
    const before = touched.toReversed().flatMap(({ record }) => record!.processes.filter(concerns))
    return new Inheritance(heir, touched, new Map(before.map((each) => [each.name, each.before])))
  }

  /** Of one that leaves the dead to others. */
  static readonly none = new Inheritance(null, [], new Map())

  get isEmpty(): boolean {
    return this.#dead.length === 0
  }

  /**
   * The transitions with what each goes back to. What a dead one was at and is right as it is is among them, from that to
   * the same: the engine has to hear from somebody that it is so, and to put right what was half done and does not show.
   */
  steps(transitions: readonly Transition[], running: Running): Step[] {
    const moving = new Set(transitions.map(({ name }) => name))
    const states = new Map(
      running.processes.map(({ spec, owned, origin }) => [spec.name, { spec, owned, origin }] as const),
    )
    return [
      ...transitions.map((each) => ({
        ...each,
        back: this.#before.has(each.name) ? this.#before.get(each.name)! : each.before,
      })),
      ...[...this.#before].flatMap(([name, back]) => {
        const now = states.get(name) ?? null
        return moving.has(name) ? [] : [{ name, before: now, after: now, back }]
      }),
    ]
  }

  /** What the heir leaves, should it die as well. */
  record(steps: readonly Step[], running: Running): DeploymentRecord {
    return {
      processes: steps.map(({ name, before, after, back }) => ({
        name,
        before: back,
        services: [...new Set([before, after, back].flatMap((state) => state?.spec.ecs.service ?? []))],
      })),
      schedules: this.#dead[0]?.record?.schedules ?? running.schedules,
    }
  }

  /**
   * Called when the heir's own record holds what is inherited: from then on it is the heir's alone. One that has
   * touched more than the heir is about stays, with that, for the next.
   */
  async takeOver(): Promise<void> {
    if (this.#heir === null) return
    const { engine, app } = this.#heir
    for (const dead of this.#dead) {
      const left = dead.record!.processes.filter(({ name }) => !this.#before.has(name))
      if (left.length === 0) await end(this.#heir, dead)
      else await engine.ledger.record(app, dead.number, { ...dead.record!, processes: left })
    }
  }
}

function end(heir: Heir, deployment: Deployment): Promise<void> {
  return endInterrupted(heir.engine, heir.app, deployment, {
    reason: `the deployer stopped; deployment #${heir.number} went on from there`,
    hint: null,
    clock: heir.clock,
    tell: heir.tell,
  })
}
