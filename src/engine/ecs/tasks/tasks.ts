import { randomUUID } from 'node:crypto'

import type { Task } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import type { TaskSpec } from '../../../app/spec.ts'
import type { TaskRequest } from '../../engine.ts'
import { newRun } from '../../task-run.ts'
import type { Account } from '../account.ts'
import { explained } from '../aws-problem.ts'
import type { Definitions } from '../definition/register.ts'
import type { Logs } from '../logs/logs.ts'
import { instanceName, streamPrefix } from '../names.ts'
import { Patience } from '../patience.ts'
import { idOf } from '../services/stopped.ts'
import { describeTasks, listTasks, stopTask } from './calls.ts'
import type { NotedRun } from './journal.ts'
import { isStopped } from './outcome.ts'
import { notStarted, refusedRun } from './refusal.ts'
import { belongsTo, deadlineOf, readRunTags, runInput } from './request.ts'
import { timeLimit, type RunningTask } from './running-task.ts'
import { scheduleStop } from './stop-schedule.ts'
import type { EcsTaskRuns } from './task-runs.ts'

/** Seconds between two looks at tasks that were told to stop. */
const TICK = 2

/** What somebody is going to do in a task that waits for them. */
export type Session = Pick<TaskSpec, 'command'>

/** Runs tasks, and stops those that nobody waits for any more. */
export class Tasks {
  readonly #account: Account
  readonly #definitions: Definitions
  readonly #logs: Logs
  readonly #runs: EcsTaskRuns

  constructor(account: Account, definitions: Definitions, logs: Logs, runs: EcsTaskRuns) {
    this.#account = account
    this.#definitions = definitions
    this.#logs = logs
    this.#runs = runs
  }

  /** Resolves as soon as ECS has taken it on: whether it can start at all is in its result. */
  async run(app: AppId, request: TaskRequest, session?: Session): Promise<RunningTask> {
    const { spec } = request
    const { clock } = this.#account
    const now = clock.now()
    const deadline = now + spec.max_hours * 3_600_000
    const task = await this.#start(app, request, { deadline, isForSession: session !== undefined }).catch(
      (error: unknown) => {
        throw refusedRun(spec.name, error)
      },
    )
    const id = instanceName(streamPrefix('task', spec.name), task)
    const shown = session === undefined ? request : { ...request, spec: { ...spec, ...session } }
    const noted: NotedRun = { task, run: newRun(id, shown, new Date(now).toISOString()) }
    const role = spec.placement?.scheduler_role ?? null
    const notices = await Promise.all([
      this.#runs.started(app, noted),
      role === null ? null : scheduleStop(this.#account, { role, task, deadline, reason: timeLimit(spec) }),
    ])
    const notice = notices.filter((each) => each !== null).join('; ') || null
    return this.#runs.handle(app, noted, { scheduled: role !== null, notice })
  }

  /**
   * Stops the tasks of an app that are past their time limit, because whoever waited for them was killed, and those that
   * belong to other deployments than the one that has the lock now, for the same reason: no two migrations may run at
   * once, so these are waited for. Costs one call where none runs.
   *
   * @param deployment the one that has the lock
   */
  async stopLeft(app: AppId, deployment: number): Promise<void> {
    const now = this.#account.clock.now()
    await explained(`stop the tasks of ${app.name}`, async () => {
      const [left, others] = partition(await this.#running(app), ({ tags }) => {
        const { deployment: own } = readRunTags(tags)
        return own !== null && own !== deployment
      })
      await this.#stopAndWait(left, `deployment #${deployment} goes on from what its deployer has left`)
      for (const task of others) {
        const deadline = deadlineOf(task)
        if (deadline === null || deadline >= now) continue
        const limit = `time limit: it should have ended by ${new Date(deadline).toISOString()}`
        await stopTask(this.#account, task.taskArn!, limit)
      }
    })
  }

  /** Resolves when all tasks of an app are gone. */
  async stopAll(app: AppId, reason: string): Promise<void> {
    await explained(`stop the tasks of ${app.name}`, async () => {
      await this.#stopAndWait(await this.#running(app), reason)
    })
  }

  async #stopAndWait(tasks: readonly Task[], reason: string): Promise<void> {
    const patience = new Patience(this.#account.clock)
    await Promise.all(tasks.map(({ taskArn }) => stopTask(this.#account, taskArn!, reason)))
    let left = tasks.map((task) => task.taskArn!)
    while (left.length > 0) {
      await patience.pause(TICK)
      const seen = await patience.attempt(() => describeTasks(this.#account, left))
      if (seen !== null) left = seen.filter((task) => !isStopped(task)).map((task) => task.taskArn!)
    }
  }

  /** The id of the task. */
  async #start(
    app: AppId,
    request: TaskRequest,
    { deadline, isForSession }: { deadline: number; isForSession: boolean },
  ): Promise<string> {
    const { aws, cluster } = this.#account
    // ECS starts no task whose output has nowhere to go.
    await this.#logs.ensureGroup(app)
    const { revision } = await this.#definitions.ensure(app, request.spec, null)
    const input = runInput(app, request, { cluster, revision, deadline, clientToken: randomUUID() })
    const ecs = await aws.ecs()
    const { tasks = [], failures = [] } = await ecs.runTask({
      ...input,
      ...(isForSession && { enableExecuteCommand: true }),
    })
    if (tasks[0] === undefined) throw notStarted(request.spec.name, failures)
    return idOf(tasks[0])
  }

  /** The app's tasks that are not stopping. */
  async #running(app: AppId): Promise<Task[]> {
    const found = await describeTasks(this.#account, await listTasks(this.#account, app, 'RUNNING'))
    return found.filter(({ tags = [] }) => belongsTo(app, tags))
  }
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))]
}
