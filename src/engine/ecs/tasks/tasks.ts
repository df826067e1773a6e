import { randomUUID } from 'node:crypto'

import type { Task } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import type { TaskSpec } from '../../../app/spec.ts'
import type { TaskHandle, TaskRequest } from '../../engine.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'
import type { Definitions } from '../definition/register.ts'
import type { Logs } from '../logs/logs.ts'
import { startedBy, streamPrefix } from '../names.ts'
import { Patience } from '../patience.ts'
import { chunks } from '../services/describe.ts'
import { idOf } from '../services/stopped.ts'
import { isStopped, stopReason } from './outcome.ts'
import { notStarted, refusedRun } from './refusal.ts'
import { belongsTo, deadlineOf, runInput } from './request.ts'
import { RunningTask, timeLimit } from './running-task.ts'
import { scheduleStop } from './stop-schedule.ts'

/** DescribeTasks takes so many: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const PAGE = 100

/** Seconds between two looks at tasks that were told to stop. */
const TICK = 2

/** Of a task that failed: enough to see why. */
const LAST_LINES = 20

/** Runs tasks, and stops those that nobody waits for any more. */
export class Tasks {
  readonly #account: Account
  readonly #definitions: Definitions
  readonly #logs: Logs

  constructor(account: Account, definitions: Definitions, logs: Logs) {
    this.#account = account
    this.#definitions = definitions
    this.#logs = logs
  }

  /** Resolves as soon as ECS has taken it on: whether it can start at all is in its result. */
  async run(app: AppId, request: TaskRequest): Promise<TaskHandle> {
    const { spec } = request
    const deadline = this.#account.clock.now() + spec.max_hours * 3_600_000
    const task = await this.#start(app, request, deadline).catch((error: unknown) => {
      throw refusedRun(spec.name, error)
    })
    const notice = await this.#scheduleStop(spec, task, deadline)
    const component = streamPrefix('task', spec.name)
    const lastLines = () => this.#logs.tail(app, component, task, LAST_LINES)
    return new RunningTask(this.#account, app, { spec, task, deadline, notice, lastLines })
  }

  /**
   * Stops the tasks of an app that are past their time limit, because whoever waited for them was killed. Costs one
   * call where none runs.
   */
  async stopOverdue(app: AppId): Promise<void> {
    const now = this.#account.clock.now()
    await this.#attempt(app, async () => {
      for (const task of await this.#running(app)) {
        const deadline = deadlineOf(task)
        if (deadline === null || deadline >= now) continue
        await this.#stop(task, `time limit: it should have ended by ${new Date(deadline).toISOString()}`)
      }
    })
  }

  /** Resolves when all tasks of an app are gone. */
  async stopAll(app: AppId, reason: string): Promise<void> {
    const patience = new Patience(this.#account.clock)
    await this.#attempt(app, async () => {
      const running = await this.#running(app)
      await Promise.all(running.map((task) => this.#stop(task, reason)))
      let left = running.map((task) => task.taskArn!)
      while (left.length > 0) {
        await patience.pause(TICK)
        const tasks = await patience.attempt(() => this.#describe(left))
        if (tasks !== null) left = tasks.filter((task) => !isStopped(task)).map((task) => task.taskArn!)
      }
    })
  }

  /** The id of the task. */
  async #start(app: AppId, request: TaskRequest, deadline: number): Promise<string> {
    const { aws, cluster } = this.#account
    // ECS starts no task whose output has nowhere to go.
    await this.#logs.ensureGroup(app)
    const { revision } = await this.#definitions.ensure(app, request.spec, null)
    const input = runInput(app, request, { cluster, revision, deadline, clientToken: randomUUID() })
    const ecs = await aws.ecs()
    const { tasks = [], failures = [] } = await ecs.runTask(input)
    if (tasks[0] === undefined) throw notStarted(request.spec.name, failures)
    return idOf(tasks[0])
  }

  /** A sentence when it cannot be had. */
  async #scheduleStop(spec: TaskSpec, task: string, deadline: number): Promise<string | null> {
    const role = spec.placement?.scheduler_role ?? null
    if (role === null) return null
    return scheduleStop(this.#account, { role, task, deadline, reason: timeLimit(spec) })
  }

  /**
   * The app's tasks that are not stopping. Found by who started them: no other filter may be used with that one, and a
   * family alone would mean a call for each task of the config, and miss those that it no longer names.
   */
  async #running(app: AppId): Promise<Task[]> {
    const { aws, cluster } = this.#account
    const ecs = await aws.ecs()
    const found: Task[] = []
    let nextToken: string | undefined
    do {
      const page = await ecs.listTasks({
        cluster,
        startedBy: startedBy(app),
        maxResults: PAGE,
        ...(nextToken !== undefined && { nextToken }),
      })
      found.push(...(await this.#describe(page.taskArns ?? [])))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    return found.filter((task) => belongsTo(app, task.tags ?? []))
  }

  /** What ECS does not know any more is left out. */
  async #describe(arns: readonly string[]): Promise<Task[]> {
    const { aws, cluster } = this.#account
    const ecs = await aws.ecs()
    const found: Task[] = []
    for (const tasks of chunks(arns, PAGE)) {
      found.push(...((await ecs.describeTasks({ cluster, tasks, include: ['TAGS'] })).tasks ?? []))
    }
    return found
  }

  async #stop({ taskArn }: Task, reason: string): Promise<void> {
    const { aws, cluster } = this.#account
    const ecs = await aws.ecs()
    try {
      await ecs.stopTask({ cluster, task: taskArn!, reason: stopReason(reason) })
    } catch (error) {
      // Gone already.
      if (!isNamed(error, 'InvalidParameterException')) throw error
    }
  }

  async #attempt(app: AppId, stop: () => Promise<void>): Promise<void> {
    try {
      await stop()
    } catch (error) {
      throw problemOf(error, `stop the tasks of ${app.name}`)
    }
  }
}
