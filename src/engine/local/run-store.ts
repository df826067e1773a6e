import type { AppId } from '../../app/app.ts'
import { fromJson, type Database, type Row } from '../../store/database.ts'
import { isOver, type TaskEnd, type TaskRun } from '../task-run.ts'

/** How many runs of an app are remembered, counted from the newest. */
const KEPT = 500

/** The runs of tasks that are remembered, in the database. */
export class RunStore {
  readonly #db: Database

  constructor(db: Database) {
    this.#db = db
  }

  /** Written before the run may do anything. The oldest make room for it. */
  add(app: AppId, run: TaskRun): void {
    this.#db.transaction(() => {
      this.#db.run(
        'INSERT INTO task_runs (app, id, active, run) VALUES (?, ?, 1, ?)',
        app.name,
        run.id,
        JSON.stringify(run),
      )
      this.#db.run(
        `DELETE FROM task_runs WHERE app = ? AND active = 0 AND number <=
           (SELECT number FROM task_runs WHERE app = ? ORDER BY number DESC LIMIT 1 OFFSET ${KEPT})`,
        app.name,
        app.name,
      )
    })
  }

  end(app: AppId, id: string, end: TaskEnd): void {
    const run = this.get(app, id)
    if (run !== null) this.#write(app.name, { ...run, ...end })
  }

  /** Newest first. */
  list(app: AppId, limit: number): TaskRun[] {
    return this.#db
      .all('SELECT run FROM task_runs WHERE app = ? ORDER BY number DESC LIMIT ?', app.name, limit)
      .map(toRun)
  }

  get(app: AppId, id: string): TaskRun | null {
    const row = this.#db.get('SELECT run FROM task_runs WHERE app = ? AND id = ?', app.name, id)
    return row === undefined ? null : toRun(row)
  }

  delete(app: AppId, id: string): void {
    this.#db.run('DELETE FROM task_runs WHERE app = ? AND id = ?', app.name, id)
  }

  /** Ends what a server has left that died: nothing of it runs any more. */
  endAll(end: TaskEnd): void {
    for (const row of this.#db.all('SELECT app, run FROM task_runs WHERE active = 1')) {
      this.#write(String(row['app']), { ...toRun(row), ...end })
    }
  }

  #write(app: string, run: TaskRun): void {
    this.#db.run(
      'UPDATE task_runs SET active = ?, run = ? WHERE app = ? AND id = ?',
      isOver(run) ? 0 : 1,
      JSON.stringify(run),
      app,
      run.id,
    )
  }
}

function toRun(row: Row): TaskRun {
  return fromJson<TaskRun>(row['run'])
}
