import type { Service } from '@aws-sdk/client-ecs'
import pLimit from 'p-limit'

import type { RolloutIo } from '../../rollout.ts'
import type { Account } from '../account.ts'
import { describeServices } from './describe.ts'
import { Watch } from './one-watch.ts'
import { pace } from './pace.ts'
import { isBusy } from '../aws-error.ts'
import { ServiceDeployments } from './service-deployments.ts'
import { describeTasks, listTasks } from './task-list.ts'
import type { Ended, Watched } from './verdict.ts'

/** DescribeServices takes so many names. */
const PAGE = 10

/** Rollouts of whose instances each is told of; of more than that only the troubled ones' tasks are read. */
const FEW = 10

/** At one look the tasks of so many services are read at most, and of each only after so many seconds. */
const READ_AT_ONCE = 5
const READ_AGAIN = 3

/**
 * Waits for rollouts. All that are watched at one time share their looks: one DescribeServices for ten of them, often at
 * first and less often later. That ECS refuses calls makes it look less often, and never ends a wait.
 */
export class Watcher {
  readonly #account: Account
  readonly #deployments: ServiceDeployments
  readonly #watches = new Map<Watch, PromiseWithResolvers<Ended>>()
  #looking = false
  #lookedAt = 0
  /** Looks that were refused since the last one that was not. */
  #refused = 0
  /** False once AWS has said that tasks may not be read: the wait does without. */
  #readsTasks = true
  #nap = new AbortController()

  constructor(account: Account) {
    this.#account = account
    this.#deployments = new ServiceDeployments(account)
  }

  /**
   * Never rejects for a rollout that fails: that is what it resolves to. Rejects when AWS refuses to show services at all.
   * `process.steady` is for the caller to tell: what is one rollout to it may be several here.
   */
  async watch(watched: Watched, { signal, report }: RolloutIo): Promise<Ended> {
    const cancelled: Ended = { outcome: 'cancelled', rolledBack: false, reason: null, instances: 0 }
    if (signal.aborted) return cancelled
    const watch = new Watch(watched, { signal, report }, this.#account.clock.now())
    const end = Promise.withResolvers<Ended>()
    const onAbort = (): void => this.#end(watch, cancelled)
    signal.addEventListener('abort', onAbort)
    this.#watches.set(watch, end)
    this.#nap.abort()
    if (!this.#looking) void this.#look()
    try {
      return await end.promise
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  async #look(): Promise<void> {
    this.#looking = true
    this.#lookedAt = this.#account.clock.now()
    try {
      for (;;) {
        await this.#sleep()
        if (this.#watches.size === 0) return
        await this.#lookOnce()
      }
    } catch (error) {
      for (const { reject } of this.#watches.values()) reject(error)
      this.#watches.clear()
    } finally {
      this.#looking = false
    }
  }

  /** Until the next look is due, or somebody's time is up. A watch that begins or ends meanwhile may change that. */
  async #sleep(): Promise<void> {
    const { clock } = this.#account
    while (this.#watches.size > 0) {
      const watches = [...this.#watches.keys()]
      const age = (clock.now() - Math.max(...watches.map(({ began }) => began))) / 1_000
      const seconds = pace({ age, calls: Math.ceil(watches.length / PAGE), refused: this.#refused })
      const next = Math.min(this.#lookedAt + seconds * 1_000, ...watches.map(({ deadline }) => deadline))
      if (next <= clock.now()) return
      this.#nap = new AbortController()
      await clock.sleep((next - clock.now()) / 1_000, this.#nap.signal)
    }
  }

  async #lookOnce(): Promise<void> {
    const { clock } = this.#account
    const watches = [...this.#watches.keys()]
    const services = await this.#describe(watches)
    this.#lookedAt = clock.now()
    if (services !== null) {
      for (const watch of watches) watch.see(services.get(watch.watched.service) ?? null, clock.now())
      await this.#ask(watches)
      await this.#readTasks(watches)
    }
    for (const watch of watches) {
      const ended = watch.outcome(clock.now())
      if (ended !== null) this.#end(watch, ended)
    }
  }

  async #describe(watches: readonly Watch[]): Promise<Map<string, Service> | null> {
    const names = watches.map(({ watched }) => watched.service)
    const services = await this.#attempt(() => describeServices(this.#account, names))
    this.#refused = services === null ? this.#refused + 1 : 0
    return services
  }

  async #ask(watches: readonly Watch[]): Promise<void> {
    const now = this.#account.clock.now()
    const asking = watches.flatMap((watch) => {
      const question = watch.question(now)
      return question === null ? [] : [{ watch, question }]
    })
    const answers = await this.#deployments.ask(asking.map(({ question }) => question))
    for (const [index, { watch }] of asking.entries()) {
      const answer = answers[index] ?? null
      if (answer !== null) watch.hear(answer, now)
    }
  }

  /** The tasks of a few services, those first that were not looked at for longest, and of those that are over. */
  async #readTasks(watches: readonly Watch[]): Promise<void> {
    if (!this.#readsTasks) return
    const now = this.#account.clock.now()
    const isFew = watches.length <= FEW
    const due = watches
      .filter((watch) => (isFew || watch.isTroubled) && now - watch.readAt >= READ_AGAIN * 1_000)
      .toSorted((one, other) => one.readAt - other.readAt)
      .slice(0, READ_AT_ONCE)
    const last = watches.filter((watch) => (isFew && watch.isOver) || now >= watch.deadline)
    try {
      const limit = pLimit(READ_AT_ONCE)
      const chosen = [...new Set([...due, ...last])]
      const arns = await Promise.all(chosen.map((watch) => limit(() => this.#tasksOf(watch))))
      const read = await describeTasks(this.#account, arns.flat())
      const tasks = new Map(read.map((task) => [task.taskArn!, task]))
      for (const [index, watch] of chosen.entries()) {
        const own = arns[index]!.flatMap((arn) => tasks.get(arn) ?? [])
        // Cancelled meanwhile, it has nobody to tell.
        if (this.#watches.has(watch)) watch.note(own, this.#account.clock.now())
      }
    } catch (error) {
      // What is missing then is told by nobody, and the verdict does not depend on it.
      this.#readsTasks = isBusy(error)
    }
  }

  /** What is to be read of one: what runs, what was seen to run, and where something goes wrong what has ended. */
  async #tasksOf(watch: Watch): Promise<string[]> {
    const { service } = watch.watched
    const running = await listTasks(this.#account, service, 'RUNNING')
    const stopped = watch.isTroubled ? await listTasks(this.#account, service, 'STOPPED') : []
    return [...new Set([...running, ...watch.known, ...stopped.filter((arn) => !watch.hasEnded(arn))])]
  }

  /** Null: ECS is too busy. */
  async #attempt<T>(call: () => Promise<T>): Promise<T | null> {
    try {
      return await call()
    } catch (error) {
      if (!isBusy(error)) throw error
      return null
    }
  }

  #end(watch: Watch, ended: Ended): void {
    this.#watches.get(watch)?.resolve(ended)
    this.#watches.delete(watch)
    this.#nap.abort()
  }
}
