import { Cron } from 'croner'

import type { AppId } from '../../app/app.ts'
import { messageOf } from '../../app/errors.ts'
import type { TaskSpec } from '../../app/spec.ts'
import { storedTask } from '../../app/stored.ts'
import { fromJson } from '../../store/database.ts'
import { logWriter, type Host } from './host.ts'
import type { Tasks } from './tasks.ts'

/** The scheduled tasks of all apps. What was due while the server was down is not made up for. */
export class Schedules {
  readonly #host: Host
  readonly #tasks: Tasks
  readonly #jobs = new Map<string, Cron[]>()

  constructor(host: Host, tasks: Tasks) {
    this.#host = host
    this.#tasks = tasks
  }

  list(app: AppId): TaskSpec[] {
    return this.#host.db
      .all('SELECT spec FROM schedules WHERE app = ? ORDER BY name', app.name)
      .map((row) => storedTask(fromJson<TaskSpec>(row['spec'])))
  }

  set(app: AppId, specs: readonly TaskSpec[]): void {
    const { db } = this.#host
    db.transaction(() => {
      db.run('DELETE FROM schedules WHERE app = ?', app.name)
      for (const spec of specs) {
        db.run(
          'INSERT INTO schedules (app, name, spec) VALUES (?, ?, ?)',
          app.name,
          spec.name,
          JSON.stringify(spec),
        )
      }
    })
    this.start(app)
  }

  /** Lets what is in the database run. */
  start(app: AppId): void {
    this.stop(app)
    const jobs = this.list(app).flatMap((spec) =>
      spec.schedule === null
        ? []
        : [new Cron(spec.schedule, { timezone: spec.timezone }, async () => this.#fire(app, spec))],
    )
    this.#jobs.set(app.name, jobs)
  }

  stop(app: AppId): void {
    for (const job of this.#jobs.get(app.name) ?? []) job.stop()
    this.#jobs.delete(app.name)
  }

  stopAll(): void {
    for (const job of [...this.#jobs.values()].flat()) job.stop()
    this.#jobs.clear()
  }

  async #fire(app: AppId, spec: TaskSpec): Promise<void> {
    const note = (text: string): void =>
      void logWriter(this.#host, app)(`task.${spec.name}`, `task.${spec.name}`, 'gantry', text)
    if (spec.concurrency === 'forbid' && this.#tasks.isRunning(app, spec.name)) {
      note('skipped: the one before still runs')
      return
    }
    try {
      await this.#tasks.run(app, { spec, initiated_by: `schedule ${spec.schedule ?? ''}`, deployment: null })
    } catch (error) {
      note(`could not start: ${messageOf(error)}`)
    }
  }
}
