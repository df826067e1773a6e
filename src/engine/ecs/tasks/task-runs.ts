import type { Task } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import { showCommand } from '../../../app/command.ts'
import { messageOf, NotFoundError } from '../../../app/errors.ts'
import type { LogLine } from '../../logs.ts'
import {
  isOver,
  runsStill,
  unknownRun,
  type TaskLogQuery,
  type TaskRun,
  type TaskRuns,
} from '../../task-run.ts'
import type { Account } from '../account.ts'
import { explained } from '../aws-problem.ts'
import { LABEL, readLabel } from '../definition/label.ts'
import type { Definitions } from '../definition/register.ts'
import { splitLines } from '../logs/events.ts'
import type { Logs } from '../logs/logs.ts'
import { readStream } from '../logs/stream.ts'
import { CONTAINER, instanceName, logGroup, nameOfArn, streamPrefix } from '../names.ts'
import { idOf, mainOf } from '../services/stopped.ts'
import { describeTasks, listTasks } from './calls.ts'
import { Journal, type NotedRun, type Notes } from './journal.ts'
import { runOf } from './outcome.ts'
import { belongsTo, deadlineOf, readRunTags } from './request.ts'
import { RunningTask, type Started } from './running-task.ts'

/** Of a task that failed: enough to see why. */
const LAST_LINES = 20

/** Seconds for which ECS may not show a new task, and CloudWatch not what one wrote. */
const LATENESS = { task: 60, lines: 3 }

/**
 * The runs of tasks: as ECS has them as long as it knows them, which is about an hour after their end, and as the journal
 * has them after that. Who looks writes down what has ended and is not written down, for those who look later.
 */
export class EcsTaskRuns implements TaskRuns {
  readonly #account: Account
  readonly #definitions: Definitions
  readonly #logs: Logs
  readonly #journal: Journal
  /** Those that were started here, by app and ECS task: neither ECS nor CloudWatch may show them yet. */
  readonly #own = new Map<string, Map<string, NotedRun>>()

  constructor(account: Account, definitions: Definitions, logs: Logs) {
    this.#account = account
    this.#definitions = definitions
    this.#logs = logs
    this.#journal = new Journal(account, logs)
  }

  /** Remembers one that was started. A sentence when that is not possible: it runs all the same. */
  async started(app: AppId, noted: NotedRun): Promise<string | null> {
    this.#ownOf(app).set(noted.task, noted)
    try {
      await this.#journal.note(app, [noted])
      return null
    } catch (error) {
      return `this run will not be listed when ECS has forgotten it: ${messageOf(error)}`
    }
  }

  handle(app: AppId, noted: NotedRun, more: Pick<Started, 'scheduled' | 'notice'>): RunningTask {
    const { run, task } = noted
    const component = streamPrefix('task', run.task)
    return new RunningTask(this.#account, app, {
      ...more,
      run,
      task,
      lastLines: () => this.#logs.tail(app, component, task, LAST_LINES),
      onEnd: async (seen, asked) => this.#remember(app, [{ task, run: runOf(run, seen, asked) }]),
    })
  }

  /** Newest first. */
  async list(app: AppId, limit: number): Promise<TaskRun[]> {
    const all = (await this.#all(app)).map(({ run }) => run)
    return all.sort((a, b) => (a.started_at < b.started_at ? 1 : -1)).slice(0, limit)
  }

  async find(app: AppId, id: string): Promise<TaskRun | null> {
    return (await this.#all(app)).find(({ run }) => run.id === id)?.run ?? null
  }

  async *logs(app: AppId, id: string, { follow, signal }: TaskLogQuery): AsyncGenerator<LogLine> {
    const noted = await this.#get(app, id)
    const { run, task } = noted
    if (follow && !isOver(run)) {
      yield* this.handle(app, noted, { scheduled: false, notice: null }).lines(signal)
      return
    }
    const settled = Date.parse(run.ended_at ?? run.started_at) + LATENESS.lines * 1_000
    const pause = () => (follow && this.#account.clock.now() < settled ? 1 : null)
    const stream = `${streamPrefix('task', run.task)}/${CONTAINER}/${task}`
    for await (const { time, text } of readStream(this.#account, {
      group: logGroup(app),
      stream,
      pause,
      signal,
    })) {
      const at = new Date(time).toISOString()
      for (const line of splitLines(text)) yield { time: at, instance: id, stream: 'out', text: line }
    }
  }

  async stop(app: AppId, id: string, reason: string): Promise<TaskRun> {
    const noted = await this.#get(app, id)
    if (isOver(noted.run)) return noted.run
    const handle = this.handle(app, noted, { scheduled: false, notice: null })
    await handle.stop(reason)
    await handle.result
    return (await this.#get(app, id)).run
  }

  async forget(app: AppId, id: string): Promise<void> {
    const { run, task } = await this.#get(app, id)
    if (!isOver(run)) throw runsStill(run)
    await explained(`forget ${id}`, () => this.#journal.forget(app, task))
    this.#ownOf(app).delete(task)
  }

  async #get(app: AppId, id: string): Promise<NotedRun> {
    const found = (await this.#all(app)).find(({ run }) => run.id === id)
    if (found === undefined) throw unknownRun(app.name, id)
    return found
  }

  /** All that are remembered, as they are now. */
  async #all(app: AppId): Promise<NotedRun[]> {
    return explained(`list the tasks of ${app.name}`, async () => {
      const [running, stopped, notes] = await Promise.all([
        listTasks(this.#account, app, 'RUNNING'),
        listTasks(this.#account, app, 'STOPPED'),
        this.#journal.read(app),
      ])
      for (const own of this.#ownOf(app).values()) {
        if (!notes.runs.has(own.task) || isOver(own.run)) notes.runs.set(own.task, own)
      }
      const open = [...notes.runs.values()].filter(({ run }) => !isOver(run)).map(({ task }) => task)
      const names = [...running, ...stopped].map(nameOfArn)
      const seen = await describeTasks(this.#account, [...new Set([...names, ...open])])
      return this.#merge(app, notes, seen)
    })
  }

  async #merge(app: AppId, { runs, forgotten }: Notes, seen: readonly Task[]): Promise<NotedRun[]> {
    const ended: NotedRun[] = []
    const isShown = new Set(seen.map(idOf))
    for (const id of forgotten) runs.delete(id)
    for (const task of seen) {
      const id = idOf(task)
      const known = runs.get(id)?.run
      if (forgotten.has(id) || (known === undefined && !belongsTo(app, task.tags ?? []))) continue
      if (known !== undefined && isOver(known)) continue
      const noted = { task: id, run: runOf(known ?? (await this.#describe(task)), task) }
      if (isOver(noted.run)) ended.push(noted)
      runs.set(id, noted)
    }
    await this.#remember(app, ended)
    return [...runs.values()].map((noted) =>
      isShown.has(noted.task) ? noted : { ...noted, run: this.#unseen(noted.run) },
    )
  }

  /** One that ECS does not show: it is too new, or was forgotten before anybody asked how it ended. */
  #unseen(run: TaskRun): TaskRun {
    const age = (this.#account.clock.now() - Date.parse(run.started_at)) / 1_000
    if (isOver(run) || age < LATENESS.task) return run
    return { ...run, status: 'ended', reason: 'ECS has forgotten how it ended, and nobody had asked before' }
  }

  /** One that nobody here has noted, as a schedule starts them. */
  async #describe(task: Task): Promise<TaskRun> {
    const tags = readRunTags(task.tags)
    const id = idOf(task)
    const created = task.createdAt ?? new Date(this.#account.clock.now())
    const deadline = deadlineOf(task)
    const { command = null, image } = await this.#labelOf(task)
    return {
      ...tags,
      id: instanceName(streamPrefix('task', tags.task), id),
      command: showCommand(command),
      status: 'starting',
      started_at: created.toISOString(),
      ended_at: null,
      exit_code: null,
      reason: null,
      image: (image?.kind === 'built' ? image.digest : image?.reference) ?? mainOf(task)?.image ?? '',
      cpu: Number(task.cpu ?? 0),
      memory: Number(task.memory ?? 0),
      max_hours: deadline === null ? 0 : (deadline - created.getTime()) / 3_600_000,
    }
  }

  async #labelOf({ taskDefinitionArn = '' }: Task) {
    try {
      const { containerDefinitions = [] } = await this.#definitions.read(taskDefinitionArn)
      return readLabel(containerDefinitions[0]?.dockerLabels?.[LABEL.spec])
    } catch (error) {
      if (error instanceof NotFoundError) return {}
      throw error
    }
  }

  /** Whoever may not write can look all the same: then the next one writes it down. */
  async #remember(app: AppId, ended: readonly NotedRun[]): Promise<void> {
    const own = this.#ownOf(app)
    for (const each of ended) if (own.has(each.task)) own.set(each.task, each)
    await this.#journal.note(app, ended).catch(() => {})
  }

  #ownOf(app: AppId): Map<string, NotedRun> {
    const key = logGroup(app)
    let own = this.#own.get(key)
    if (own === undefined) this.#own.set(key, (own = new Map()))
    return own
  }
}
