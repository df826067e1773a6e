import type { Deployment, Service, Task } from '@aws-sdk/client-ecs'

import type { RolloutIo } from '../../rollout.ts'
import { hopeless } from './hopeless.ts'
import { InstanceEvents } from './instance-events.ts'
import type { Question } from './service-deployments.ts'
import { isTroubled } from './service-events.ts'
import { lacksOnlySpot, onDemand, waitsForCapacity } from './spot.ts'
import {
  deploymentOf,
  failed,
  judge,
  judgeAnswer,
  steady,
  waitingFor,
  type Answer,
  type Ended,
  type Sight,
  type Watched,
} from './verdict.ts'

/** Milliseconds for which ECS may still show what was before. */
const SETTLING = 30_000

/** Milliseconds by which the clocks of AWS and of this machine may differ. */
const SKEW = 5_000

/** What has been seen of one rollout so far, and what that means. */
export class Watch {
  readonly watched: Watched
  readonly began: number
  readonly deadline: number
  /** When its tasks were last read. */
  readAt: number
  readonly #io: RolloutIo
  readonly #events: InstanceEvents
  #service: Service | null = null
  /** As last seen, and the service deployment that it is part of. */
  #deployment: Deployment | null = null
  #arn: string | null = null
  /** Null: not asked. */
  #answer: Answer | null = null
  #tasks = new Map<string, Task>()
  #judgement: Ended | 'pending' | 'ask' = 'pending'
  #hasTold = false
  /** Since when all wanted instances run; null while some do not. */
  #completeSince: number | null = null
  #hasLacked = false

  constructor(watched: Watched, io: RolloutIo, now: number) {
    this.watched = watched
    this.began = now
    this.deadline = now + watched.timeout * 1_000
    this.readAt = now
    this.#io = io
    this.#events = new InstanceEvents(watched.process, watched.port)
  }

  see(service: Service | null, now: number): void {
    this.#service = service
    this.#answer = null
    const own = service === null ? undefined : deploymentOf(service, this.watched)
    if (own !== undefined) this.#deployment = own
    this.#noteCounts(service, now)
    // The service names what is going on only: later it is another one, or none.
    if (own?.status === 'PRIMARY' && own.rolloutState === 'IN_PROGRESS') {
      this.#arn ??= service?.currentServiceDeployment ?? null
    }
    this.#judgement = judge(this.#sight(now))
    this.#tellWaiting()
  }

  /** What to ask the service-deployments API; null where the service says enough. */
  question(now: number): Question | null {
    // Other strategies than a rolling one have stages, and may be paused in one: worth telling at the end.
    const hasStages = (this.#service?.deploymentConfiguration?.strategy ?? 'ROLLING') !== 'ROLLING'
    const isLate = this.#judgement === 'pending' && hasStages && now >= this.deadline
    if (this.#judgement !== 'ask' && !isLate) return null
    const createdAt = this.#deployment?.createdAt ?? new Date(this.began)
    return { service: this.watched.service, arn: this.#arn, createdAt }
  }

  hear(answer: Answer, now: number): void {
    this.#answer = answer
    this.#judgement = judgeAnswer(this.#sight(now), answer)
  }

  /** Whether it is over, as far as the last look tells. */
  get isOver(): boolean {
    return typeof this.#judgement === 'object'
  }

  /** Whether ECS says of it that something goes wrong, or does not go on. */
  get isTroubled(): boolean {
    const service = this.#service
    return service !== null && isTroubled(service, this.#deployment ?? undefined, this.#since)
  }

  /** Tasks that were read before and have not ended since. */
  get known(): string[] {
    return [...this.#tasks.values()]
      .filter((task) => task.lastStatus !== 'STOPPED')
      .map((task) => task.taskArn!)
  }

  /** Whether a task that ended has been told of. */
  hasEnded(arn: string): boolean {
    return this.#tasks.get(arn)?.lastStatus === 'STOPPED'
  }

  note(tasks: readonly Task[], now: number): void {
    this.readAt = now
    for (const task of tasks) this.#tasks.set(task.taskArn!, task)
    for (const event of this.#events.note(tasks, (task) => this.#isNew(task))) this.#io.report(event)
  }

  /** How it ended; null while it goes on. */
  outcome(now: number): Ended | null {
    if (typeof this.#judgement === 'object') return this.#judgement
    const sight = this.#sight(now)
    const reason = this.#hopeless(now)
    if (reason !== null) return failed(sight, reason)
    return now >= this.deadline ? this.#timedOut(sight) : null
  }

  #noteCounts(service: Service | null, now: number): void {
    const { desiredCount = 0, runningCount = 0 } = service ?? {}
    if (runningCount < desiredCount) {
      this.#hasLacked = true
      this.#completeSince = null
    } else this.#completeSince ??= this.#hasLacked ? now : -Infinity
  }

  #hopeless(now: number): string | null {
    const own = this.#primary
    if (this.#judgement !== 'pending' || own === null) return null
    return hopeless(this.#newTasks, own.desiredCount ?? 0, now)
  }

  /** Instances on spot come when there is capacity; that they are missing fails nothing. */
  #timedOut(sight: Sight): Ended {
    const { service, seen } = sight
    const own = this.#primary
    const since = this.#since
    if (service !== null && own !== null) {
      const { desiredCount: desired = 0 } = own
      if (lacksOnlySpot(service, this.#newTasks, { desired, since })) {
        return { ...steady(sight), reason: this.#waiting(service) }
      }
    }
    const stage = this.#answer?.known === true ? this.#answer.deployment.lifecycleStage : undefined
    const ended = failed(sight, waitingFor(sight) + (stage === undefined ? '' : ` (stage ${stage})`))
    // What ECS has begun to roll back has failed, however long that takes.
    const isGoingBack = seen !== null && own === null
    return isGoingBack ? ended : { ...ended, outcome: 'timed_out' }
  }

  #tellWaiting(): void {
    const service = this.#service
    if (this.#hasTold || service === null || this.#judgement !== 'pending') return
    if (!waitsForCapacity(service, this.#since)) return
    this.#hasTold = true
    this.#io.report({
      type: 'process.waiting',
      process: this.watched.process,
      reason: this.#waiting(service),
    })
  }

  #waiting(service: Service): string {
    const { desiredCount = 0, runningCount = 0 } = this.#deployment ?? service
    const kind = onDemand(service, desiredCount) < desiredCount ? 'spot capacity' : 'capacity'
    return `AWS has no ${kind} at the moment: ${runningCount} of ${desiredCount} instances run`
  }

  /** The watched deployment, while it is what the service is meant to run. */
  get #primary(): Deployment | null {
    const own = this.#service === null ? undefined : deploymentOf(this.#service, this.watched)
    return own?.status === 'PRIMARY' ? own : null
  }

  /** Tasks of what is being rolled out. */
  get #newTasks(): Task[] {
    return [...this.#tasks.values()].filter((task) => this.#isNew(task))
  }

  #isNew(task: Task): boolean {
    const { deployment } = this.watched
    if (deployment !== null) return task.startedBy === deployment
    return (task.createdAt?.getTime() ?? 0) >= this.began - SKEW
  }

  get #since(): Date {
    const created = this.watched.deployment === null ? undefined : this.#deployment?.createdAt
    return created ?? new Date(this.began - SKEW)
  }

  #sight(now: number): Sight {
    return {
      watched: this.watched,
      service: this.#service,
      seen: this.#deployment,
      settling: now - this.began < SETTLING,
      complete: this.#completeSince === null ? 0 : (now - this.#completeSince) / 1_000,
    }
  }
}
