import { MAIN, type Condition, type Dependencies } from '../../app/app.ts'
import { messageOf } from '../../app/errors.ts'
import { showExit, type Child, type Exit } from './child.ts'

/** One of the containers of an instance; the process itself is the one called `main`. */
export interface Member {
  name: string
  depends_on: Dependencies
  essential: boolean
  stop_timeout: number
  start(): Child
  /** Of one that has been started: true as soon as it works, else why it never will. Null: nothing says so. */
  becomesHealthy: ((signal: AbortSignal) => Promise<true | string>) | null
}

/** How an instance has ended: as the process itself did, or by what another of its containers did. */
export interface End extends Exit {
  /** Why, in words. */
  reason: string
}

interface State {
  member: Member
  child: Child | null
  /** Null: it never was. */
  started: PromiseWithResolvers<Child | null>
  /** Null: it never was started. */
  ended: PromiseWithResolvers<Exit | null>
  healthy: Promise<true | string> | null
}

/**
 * All that runs in one instance. Each container starts when what it depends on is as far as it has to be. When an
 * essential one ends, or what another one waits for cannot come, all are stopped: those that depend on others before those.
 */
export class Pod {
  /** Never rejects. */
  readonly exited: Promise<End>
  readonly #states: ReadonlyMap<string, State>
  readonly #ending = new AbortController()
  #cause: End | null = null

  constructor(members: readonly Member[]) {
    this.#states = new Map(members.map((member) => [member.name, newState(member)]))
    this.exited = this.#live()
  }

  /** The process itself; null before it has been started. */
  get main(): Child | null {
    return this.#states.get(MAIN)?.child ?? null
  }

  /** Whether it ends, or has ended. */
  get isOver(): boolean {
    return this.#ending.signal.aborted
  }

  /** True as soon as all essential containers have been started and work, else why they never will. */
  async becomesUp(): Promise<true | string> {
    const essential = [...this.#states.values()].filter(({ member }) => member.essential)
    const problems = essential.map(async (state) => {
      if ((await state.started.promise) === null) return null
      const healthy = await this.#healthy(state)
      return healthy === true ? null : named(state.member, healthy)
    })
    const answer = await Promise.race([firstProblem(problems), fires(this.#ending.signal)])
    return answer === 'over' || this.isOver ? beforeItWasUp(await this.exited) : answer
  }

  /** SIGTERM, its stop timeout and SIGKILL for one after the other. */
  async stop(): Promise<End> {
    this.#finish(null)
    return this.exited
  }

  async #live(): Promise<End> {
    await Promise.all([...this.#states.values()].map((state) => this.#run(state)))
    const exit = this.main?.exit ?? NEVER_BEGAN
    return this.#cause ?? { ...exit, reason: showExit(exit) }
  }

  async #run(state: State): Promise<void> {
    const { member, started, ended } = state
    let exit: Exit | null = null
    try {
      await this.#mayStart(member)
      if (!this.isOver) {
        state.child = member.start()
        started.resolve(state.child)
        exit = await state.child.exited
        if (member.essential) this.#finish({ ...exit, reason: named(member, showExit(exit)) })
      }
    } catch (error) {
      this.#finish(error instanceof Unreachable ? error.end : { ...NEVER_BEGAN, reason: messageOf(error) })
    }
    started.resolve(null)
    ended.resolve(exit)
  }

  /** Resolves when all that it depends on is as far, or the instance ends. */
  async #mayStart({ depends_on }: Member): Promise<void> {
    const conditions = Object.entries(depends_on).map(async ([name, condition]) => {
      const other = this.#states.get(name)
      if (other !== undefined) await this.#reaches(other, condition)
    })
    await Promise.race([Promise.all(conditions), fires(this.#ending.signal)])
  }

  /** Rejects with Unreachable when it never will. */
  async #reaches(state: State, condition: Condition): Promise<void> {
    if ((await state.started.promise) === null || condition === 'started') return
    if (condition === 'healthy') {
      const healthy = await this.#healthy(state)
      if (healthy !== true) throw new Unreachable({ ...NEVER_BEGAN, reason: named(state.member, healthy) })
      return
    }
    const exit = await state.ended.promise
    if (condition === 'completed' || exit === null || exit.code === 0) return
    throw new Unreachable({ ...exit, reason: named(state.member, showExit(exit)) })
  }

  #healthy(state: State): Promise<true | string> {
    state.healthy ??= state.member.becomesHealthy?.(this.#ending.signal) ?? Promise.resolve(true)
    return state.healthy
  }

  #finish(cause: End | null): void {
    if (this.isOver) return
    this.#cause = cause
    this.#ending.abort()
    for (const state of this.#states.values()) void this.#stop(state)
  }

  async #stop(state: State): Promise<void> {
    const { name, stop_timeout } = state.member
    const users = [...this.#states.values()].filter((each) => Object.hasOwn(each.member.depends_on, name))
    await Promise.all(users.map((each) => each.ended.promise))
    await state.child?.stop(stop_timeout)
  }
}

const NEVER_BEGAN: Exit = { code: null, signal: null, outOfMemory: false }

/** What a container waits for will never be. */
class Unreachable extends Error {
  readonly end: End

  constructor(end: End) {
    super(end.reason)
    this.end = end
  }
}

function newState(member: Member): State {
  return {
    member,
    child: null,
    started: Promise.withResolvers(),
    ended: Promise.withResolvers(),
    healthy: null,
  }
}

function named({ name }: Member, reason: string): string {
  return name === MAIN ? reason : `${name}: ${reason}`
}

/** Whether it was something that ran whose end this was. */
export function hasRun({ code, signal, outOfMemory }: Exit): boolean {
  return code !== null || signal !== null || outOfMemory
}

function beforeItWasUp(end: End): string {
  return hasRun(end) ? `${end.reason} before it was up` : end.reason
}

function fires(signal: AbortSignal): Promise<'over'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('over')
    signal.addEventListener('abort', () => resolve('over'), { once: true })
  })
}

/** The first that comes; true when all are done and there was none. */
function firstProblem(problems: readonly Promise<string | null>[]): Promise<true | string> {
  return new Promise((resolve) => {
    for (const each of problems) void each.then((problem) => problem !== null && resolve(problem))
    void Promise.all(problems).then(() => resolve(true))
  })
}
