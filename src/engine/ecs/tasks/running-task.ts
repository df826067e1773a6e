import type { Task } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import { messageOf } from '../../../app/errors.ts'
import type { TaskHandle, TaskResult } from '../../engine.ts'
import type { LogLine } from '../../logs.ts'
import type { TaskRun } from '../../task-run.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'
import { splitLines } from '../logs/events.ts'
import { pauseFor, readStream } from '../logs/stream.ts'
import { CONTAINER, logGroup, streamPrefix } from '../names.ts'
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
  run: TaskRun
  /** The id of the ECS task. */
  task: string
  /** Whether a schedule stops it at its time limit, which goes when it has ended. */
  scheduled: boolean
  /** What to say in front of its output. */
  notice: string | null
  /** What it has written last. */
  lastLines: () => Promise<string[]>
  /** Told once how it ended, and why it was to be stopped where it was. */
  onEnd: (task: Task, asked: string | null) => Promise<void>
}

/**
 * A task that runs, or has ended. It is looked at from when somebody wants its output or its result: then whoever does
 * also stops it at its time limit.
 */
export class RunningTask implements TaskHandle {
  readonly run: TaskRun
  readonly #account: Account
  readonly #app: AppId
  readonly #started: Started
  readonly #patience: Patience
  /** Milliseconds since the epoch. */
  readonly #began: number
  readonly #deadline: number
  #result: Promise<TaskResult> | null = null
  /** Fires when it is asked to stop: its end is near, and looked for at once. */
  readonly #stopping = new AbortController()
  #asked: string | null = null
  /** When it was seen to have ended, in milliseconds since the epoch, and whether its program had been started. */
  #end: { at: number; hasRun: boolean } | null = null

  constructor(account: Account, app: AppId, started: Started) {
    this.#account = account
    this.#app = app
    this.#started = started
    this.run = started.run
    this.#patience = new Patience(account.clock)
    this.#began = Date.parse(started.run.started_at)
    this.#deadline = deadlineOf(started.run)
  }

  get id(): string {
    return this.run.id
  }

  /** The id of the ECS task. */
  get task(): string {
    return this.#started.task
  }

  get result(): Promise<TaskResult> {
    if (this.#result === null) {
      this.#result = this.#wait()
      // Whoever wants its output may not be waiting for how it ends.
      this.#result.catch(() => {})
    }
    return this.#result
  }

  get logs(): AsyncIterable<string> {
    return this.#texts()
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
      if (task !== null) await this.#started.onEnd(task, this.#asked)
      return await this.#resultOf(task)
    } catch (error) {
      throw problemOf(error, `wait for task ${this.run.task}, which may still run`)
    } finally {
      this.#end ??= { at: this.#account.clock.now(), hasRun: true }
      if (this.#started.scheduled) await unscheduleStop(this.#account, this.#started.task)
    }
  }

  /** The task once it has stopped; null when ECS does not know it any more. Never waits for RUNNING: a short one may never be seen there. */
  async #stopped(): Promise<Task | null> {
    const { clock } = this.#account
    let known = false
    let told = false
    for (;;) {
      if (clock.now() >= this.#deadline) this.#ask(timeLimit(this.run))
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
    const left = (this.#deadline - this.#account.clock.now()) / 1_000
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

  /** Its output until it has ended, or the signal fires. */
  async *lines(signal: AbortSignal): AsyncGenerator<LogLine> {
    const { result } = this
    const stream = `${streamPrefix('task', this.run.task)}/${CONTAINER}/${this.#started.task}`
    const pause = (idle: number): number | null => this.#nextLook(idle)
    const line = (time: number, text: string, stream: LogLine['stream'] = 'out'): LogLine => ({
      time: new Date(time).toISOString(),
      instance: this.id,
      stream,
      text,
    })
    if (this.#started.notice !== null) yield line(this.#began, `(${this.#started.notice})`, 'gantry')
    try {
      for await (const { time, text } of readStream(this.#account, {
        group: logGroup(this.#app),
        stream,
        pause,
        signal,
      })) {
        yield* splitLines(text).map((each) => line(time, each))
      }
    } catch (error) {
      const now = this.#account.clock.now()
      yield line(now, `(its output cannot be shown: ${messageOf(error)})`, 'gantry')
      await result
    }
  }

  async *#texts(): AsyncGenerator<string> {
    for await (const { text } of this.lines(NOBODY)) yield text
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

/** When a run has to have ended, in milliseconds since the epoch. */
export function deadlineOf({ started_at, max_hours }: TaskRun): number {
  return Date.parse(started_at) + max_hours * 3_600_000
}

/** Why a task is stopped that takes too long. */
export function timeLimit({ max_hours }: Pick<TaskRun, 'max_hours'>): string {
  return `time limit of ${max_hours} h`
}
