import type { Task } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import { messageOf } from '../../../app/errors.ts'
import type { TaskSpec } from '../../../app/spec.ts'
import type { TaskHandle, TaskResult } from '../../engine.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'
import { splitLines } from '../logs/events.ts'
import { pauseFor, readStream } from '../logs/stream.ts'
import { CONTAINER, instanceName, logGroup, streamPrefix } from '../names.ts'
import { Patience } from '../patience.ts'
import { hintFor } from '../services/hints.ts'
import { endingOf } from '../services/stopped.ts'
import { durationOf, hasEnded, hasRun, outcomeOf, stopReason } from './outcome.ts'
import { unscheduleStop } from './stop-schedule.ts'

/** Seconds that a new task may be unknown for: ECS is consistent in the end. */
const UNKNOWN = 60

/** Seconds without a new line after which a task that has ended has said everything: CloudWatch shows lines late. */
const QUIET = 3

const NOBODY = new AbortController().signal

export interface Started {
  spec: TaskSpec
  /** The id of the ECS task. */
  task: string
  /** Milliseconds since the epoch. */
  deadline: number
  /** What to say in front of its output. */
  notice: string | null
  /** What it has written last. */
  lastLines: () => Promise<string[]>
}

/** A task that runs, or has ended. */
export class RunningTask implements TaskHandle {
  readonly id: string
  readonly logs: AsyncIterable<string>
  readonly result: Promise<TaskResult>
  readonly #account: Account
  readonly #started: Started
  readonly #patience: Patience
  readonly #began: number
  /** Fires when it is asked to stop: its end is near, and looked for at once. */
  readonly #stopping = new AbortController()
  #asked: string | null = null
  /** When it was seen to have ended, in milliseconds since the epoch, and whether its program had been started. */
  #end: { at: number; hasRun: boolean } | null = null

  constructor(account: Account, app: AppId, started: Started) {
    this.#account = account
    this.#started = started
    this.#patience = new Patience(account.clock)
    this.#began = account.clock.now()
    const component = streamPrefix('task', started.spec.name)
    this.id = instanceName(component, started.task)
    this.logs = this.#output(logGroup(app), `${component}/${CONTAINER}/${started.task}`)
    this.result = this.#wait()
    // Whoever started it may not be waiting for how it ends.
    this.result.catch(() => {})
  }

  async stop(reason: string): Promise<void> {
    this.#ask(reason)
    // What went wrong is in the result, for the one who asks for it.
    await this.result.catch(() => {})
  }

  #ask(reason: string): void {
    this.#asked ??= stopReason(reason)
    this.#stopping.abort()
  }

  async #wait(): Promise<TaskResult> {
    try {
      const task = await this.#stopped()
      this.#end = { at: this.#account.clock.now(), hasRun: task !== null && hasRun(task) }
      return await this.#resultOf(task)
    } catch (error) {
      throw problemOf(error, `wait for task ${this.#started.spec.name}, which may still run`)
    } finally {
      this.#end ??= { at: this.#account.clock.now(), hasRun: true }
      if (this.#started.spec.placement?.scheduler_role)
        await unscheduleStop(this.#account, this.#started.task)
    }
  }

  /** The task once it has stopped; null when ECS does not know it any more. Never waits for RUNNING: a short one may never be seen there. */
  async #stopped(): Promise<Task | null> {
    const { clock } = this.#account
    let known = false
    let told = false
    for (;;) {
      if (clock.now() >= this.#started.deadline) this.#ask(timeLimit(this.#started.spec))
      if (this.#asked !== null && !told) told = await this.#tell(this.#asked)
      const found = await this.#patience.attempt(() => this.#describe())
      if (found?.task !== undefined) {
        known = true
        if (hasEnded(found.task)) return found.task
      } else if (found !== null && (known || this.#age() > UNKNOWN)) return null
      await this.#pause()
    }
  }

  async #describe(): Promise<{ task: Task | undefined }> {
    const { aws, cluster } = this.#account
    const ecs = await aws.ecs()
    const { tasks = [] } = await ecs.describeTasks({ cluster, tasks: [this.#started.task] })
    return { task: tasks[0] }
  }

  /** Tells ECS to stop it. False: to be told again. */
  async #tell(reason: string): Promise<boolean> {
    const { aws, cluster } = this.#account
    const ecs = await aws.ecs()
    const answer = await this.#patience.attempt(async () => {
      try {
        return await ecs.stopTask({ cluster, task: this.#started.task, reason })
      } catch (error) {
        // It is gone already: how it ended is what is asked next.
        if (isNamed(error, 'InvalidParameterException')) return {}
        throw error
      }
    })
    return answer !== null
  }

  /** Often in its first minute, and when it is about to end; seldom later. */
  async #pause(): Promise<void> {
    if (this.#asked !== null) return this.#patience.pause(1)
    const left = (this.#started.deadline - this.#account.clock.now()) / 1_000
    const seconds = Math.min(Math.max(this.#age() / 30, 1), 10, Math.max(left, 0))
    await this.#patience.pause(seconds, this.#stopping.signal)
  }

  async #resultOf(task: Task | null): Promise<TaskResult> {
    const elapsed = this.#age()
    if (task === null) {
      const reason = this.#asked ?? 'it is gone from the cluster, and ECS does not say how it ended'
      return { exit_code: null, duration: elapsed, reason, hint: null }
    }
    const outcome = outcomeOf(task, this.#asked)
    const failed = outcome.exit_code !== 0 && (this.#asked === null || outcome.reason !== this.#asked)
    const duration = durationOf(task) ?? elapsed
    return { ...outcome, duration, hint: failed ? await this.#hint(task, outcome.exit_code) : null }
  }

  async #hint(task: Task, exit_code: number | null): Promise<string | null> {
    const log = hasRun(task) ? await this.#started.lastLines().catch(() => []) : []
    return hintFor({ reason: endingOf(task).reason, exit_code, log })?.hint ?? null
  }

  async *#output(group: string, stream: string): AsyncGenerator<string> {
    if (this.#started.notice !== null) yield `(${this.#started.notice})`
    const pause = (idle: number): number | null => this.#nextLook(idle)
    try {
      for await (const message of readStream(this.#account, { group, stream, pause, signal: NOBODY })) {
        yield* splitLines(message)
      }
    } catch (error) {
      yield `(its output cannot be shown: ${messageOf(error)})`
    }
  }

  #nextLook(idle: number): number | null {
    if (this.#end === null) return pauseFor(idle)
    const quiet = Math.min(idle, (this.#account.clock.now() - this.#end.at) / 1_000)
    return quiet >= QUIET || !this.#end.hasRun ? null : 1
  }

  /** Seconds since it was started. */
  #age(): number {
    return (this.#account.clock.now() - this.#began) / 1_000
  }
}

/** Why a task is stopped that takes too long. */
export function timeLimit({ max_hours }: TaskSpec): string {
  return `time limit of ${max_hours} h`
}
