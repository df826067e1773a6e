import { isDeepStrictEqual } from 'node:util'

import type { RunTaskCommandInput } from '@aws-sdk/client-ecs'
import type { CreateScheduleCommandInput } from '@aws-sdk/client-scheduler'
import pLimit from 'p-limit'

import type { AppId } from '../../../app/app.ts'
import { messageOf, UserError } from '../../../app/errors.ts'
import type { TaskSpec } from '../../../app/spec.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'
import { eventBridgeCron } from '../cron.ts'
import type { Definitions } from '../definition/register.ts'
import type { Logs } from '../logs/logs.ts'
import { scheduleName, taskFamily } from '../names.ts'
import { belongsTo, scheduledRunInput } from '../tasks/request.ts'
import { ecsTarget, scheduleInput } from './target.ts'

const PARALLEL = 4

/** Of a name that is cut, what all schedules of an app have in common: 64 characters without a hash. */
const COMMON = 55

/** The scheduled tasks of apps, in EventBridge Scheduler. */
export class Schedules {
  readonly #account: Account
  readonly #definitions: Definitions
  readonly #logs: Logs

  constructor(account: Account, definitions: Definitions, logs: Logs) {
    this.#account = account
    this.#definitions = definitions
    this.#logs = logs
  }

  /**
   * Makes exactly these run, where `before` did; only what differs is written. Makes no call where there was and is none.
   *
   * Whoever calls it records `tasks` before: if it is killed on its way, the next one knows from that what to look after.
   */
  async set(app: AppId, tasks: readonly TaskSpec[], before: readonly TaskSpec[]): Promise<void> {
    const wanted = tasks.filter((task) => task.schedule !== null)
    if (wanted.length === 0 && before.length === 0) return
    const there = await this.#names(app)
    const limit = pLimit(PARALLEL)
    await Promise.all(
      wanted.map((task) =>
        limit(async () => {
          const isNew = !there.has(scheduleName(app, task.name))
          if (isNew || !before.some((each) => isDeepStrictEqual(each, task))) await this.#put(app, task)
        }),
      ),
    )
    const kept = new Set(wanted.map((task) => scheduleName(app, task.name)))
    const gone = [...there].filter((name) => !kept.has(name))
    await Promise.all(gone.map((name) => limit(() => this.#delete(name))))
  }

  /** Deletes all schedules of an app. */
  async remove(app: AppId): Promise<void> {
    for (const name of await this.#names(app)) await this.#delete(name)
  }

  async #put(app: AppId, task: TaskSpec): Promise<void> {
    const input = await this.#inputOf(app, task)
    const scheduler = await this.#account.aws.scheduler()
    try {
      await scheduler.createSchedule(input).catch(async (error: unknown) => {
        if (!isNamed(error, 'ConflictException')) throw error
        await scheduler.updateSchedule(input)
      })
    } catch (error) {
      throw refused(error, task)
    }
  }

  async #inputOf(app: AppId, task: TaskSpec): Promise<CreateScheduleCommandInput> {
    const role = task.placement?.scheduler_role
    if (!role) {
      throw new UserError(`task ${task.name} has a schedule, and no role with which it can be started`, {
        hint: 'name one in ecs.scheduler_role that EventBridge Scheduler can take on and that may run tasks',
      })
    }
    const expression = eventBridgeCron(task.schedule!)
    // ECS starts no task whose output has nowhere to go.
    await this.#logs.ensureGroup(app)
    const { revision } = await this.#definitions.ensure(app, task, null)
    const run = scheduledRunInput(app, task, { cluster: this.#account.cluster, revision })
    return scheduleInput({
      Name: scheduleName(app, task.name),
      Description: `Task ${task.name} of ${app.name}, environment ${app.environment}`,
      ScheduleExpression: expression,
      ScheduleExpressionTimezone: task.timezone,
      Target: ecsTarget('runTask', role, run),
    })
  }

  async #delete(name: string): Promise<void> {
    const scheduler = await this.#account.aws.scheduler()
    try {
      await scheduler.deleteSchedule({ Name: name })
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw problemOf(error, `delete the schedule ${name}`)
    }
  }

  /** The schedules of an app that there are. */
  async #names(app: AppId): Promise<Set<string>> {
    const scheduler = await this.#account.aws.scheduler()
    const prefix = taskFamily(app, '')
    const names: string[] = []
    let token: string | undefined
    try {
      do {
        const page = await scheduler.listSchedules({
          NamePrefix: prefix.slice(0, COMMON),
          ...(token !== undefined && { NextToken: token }),
        })
        names.push(...(page.Schedules ?? []).map(({ Name = '' }) => Name))
        token = page.NextToken
      } while (token !== undefined)
      // Two apps with long names may begin alike: then what a schedule starts says whose it is.
      const own = prefix.length <= COMMON ? names : await this.#ownOf(app, names)
      return new Set(own)
    } catch (error) {
      throw problemOf(error, `list the schedules of ${app.name}`)
    }
  }

  async #ownOf(app: AppId, names: readonly string[]): Promise<string[]> {
    const scheduler = await this.#account.aws.scheduler()
    const own: string[] = []
    for (const name of names) {
      const { Target } = await scheduler.getSchedule({ Name: name })
      if (belongsTo(app, tagsOfTarget(Target?.Input ?? ''))) own.push(name)
    }
    return own
  }
}

/** The tags in the input of a target; none where it is not one of ours. */
function tagsOfTarget(input: string): NonNullable<RunTaskCommandInput['tags']> {
  try {
    const { Tags = [] } = JSON.parse(input) as { Tags?: { Key: string; Value: string }[] }
    return Tags.map(({ Key, Value }) => ({ key: Key, value: Value }))
  } catch {
    return []
  }
}

function refused(error: unknown, task: TaskSpec): unknown {
  if (!isNamed(error, 'ValidationException', 'ServiceQuotaExceededException', 'UnknownOperationException')) {
    return problemOf(error, `schedule task ${task.name}`)
  }
  const why = messageOf(error)
  return new UserError(`could not schedule task ${task.name}: ${why}`, {
    hint: /role/i.test(why)
      ? 'the trust policy of ecs.scheduler_role must let scheduler.amazonaws.com take it on'
      : undefined,
    cause: error,
  })
}
