import type { AppId } from '../../app/app.ts'
import { isoNow } from '../../app/clock.ts'
import type { LogLine } from '../logs.ts'
import { isOver, runsStill, unknownRun, type TaskLogQuery, type TaskRun, type TaskRuns } from '../task-run.ts'
import type { Host } from './host.ts'
import type { RunStore } from './run-store.ts'
import type { Tasks } from './tasks.ts'

/** The runs of tasks on this machine. */
export class LocalTaskRuns implements TaskRuns {
  readonly #host: Host
  readonly #store: RunStore
  readonly #tasks: Tasks

  constructor(host: Host, store: RunStore, tasks: Tasks) {
    this.#host = host
    this.#store = store
    this.#tasks = tasks
    store.endAll({
      status: 'stopped',
      ended_at: isoNow(host.clock),
      exit_code: null,
      reason: 'the server ended while it ran',
    })
  }

  async list(app: AppId, limit: number): Promise<TaskRun[]> {
    return this.#store.list(app, limit)
  }

  async find(app: AppId, id: string): Promise<TaskRun | null> {
    return this.#store.get(app, id)
  }

  async *logs(app: AppId, id: string, { follow, signal }: TaskLogQuery): AsyncGenerator<LogLine> {
    const { task, started_at: since } = this.#get(app, id)
    const ended = this.#tasks.ended(id)
    yield* this.#host.logs.of(app.name).read({
      component: `task.${task}`,
      instance: id,
      since,
      lines: Infinity,
      follow: follow && ended !== null,
      ...(ended !== null && { until: ended }),
      signal,
    })
  }

  async stop(app: AppId, id: string, reason: string): Promise<TaskRun> {
    this.#get(app, id)
    await this.#tasks.stop(id, reason)
    return this.#get(app, id)
  }

  async forget(app: AppId, id: string): Promise<void> {
    const run = this.#get(app, id)
    if (!isOver(run)) throw runsStill(run)
    this.#store.delete(app, id)
  }

  #get(app: AppId, id: string): TaskRun {
    const run = this.#store.get(app, id)
    if (run === null) throw unknownRun(app.name, id)
    return run
  }
}
