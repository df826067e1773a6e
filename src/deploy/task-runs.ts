import type { AppId } from '../app/app.ts'
import type { Engine } from '../engine/engine.ts'
import { isOver, unknownRun, type TaskRun } from '../engine/task-run.ts'

/** @throws NotFoundError */
export async function findRun(engine: Engine, app: AppId, id: string): Promise<TaskRun> {
  const run = await engine.taskRuns.find(app, id)
  if (run === null) throw unknownRun(app.name, id)
  return run
}

/** What deleting a run came to: one that went on was stopped, and stays in the list; one that had ended left it. */
export interface DeletedRun {
  deleted: 'stopped' | 'removed'
  run: TaskRun
}

/** Stops a run that goes on, and takes one that has ended out of the list. */
export async function deleteRun(engine: Engine, app: AppId, id: string, by: string): Promise<DeletedRun> {
  const run = await findRun(engine, app, id)
  if (!isOver(run))
    return { deleted: 'stopped', run: await engine.taskRuns.stop(app, id, `stopped by ${by}`) }
  await engine.taskRuns.forget(app, id)
  return { deleted: 'removed', run }
}
