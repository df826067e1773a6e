import { z } from 'zod'

import { runConfigured } from '../../deploy/run-configured.ts'
import { parseRun, runOnce } from '../../deploy/run-once.ts'
import { deleteRun, findRun } from '../../deploy/task-runs.ts'
import type { TaskRun } from '../../engine/task-run.ts'
import { events, json, page } from './answers.ts'
import { Flag, Name, RunSet } from './input.ts'
import { LogLineModel } from './models/running.ts'
import { DeletedRunModel, TaskRunModel } from './models/tasks.ts'
import { pageOf, pageQuery } from './pages.ts'
import { countedFrom } from './resume.ts'
import { change, look, type Route } from './route.ts'

const ById = z.strictObject({ id: z.string() })
const Position = z.strictObject({ id: z.string(), started_at: z.string() })

const InitiatedBy = z
  .string()
  .min(1)
  .max(10_000)
  .nullable()
  .default(null)
  .meta({ description: 'Who or what starts it, any text; null: the name of the token.' })

/** More than any engine remembers. */
const ALL = 1_000_000

/** Runs of tasks: those that deployments, schedules and people have started. */
export const TASK_ROUTES: readonly Route[] = [
  look({
    id: 'task.list',
    path: '/apps/{app}/tasks',
    needs: 'read',
    summary: 'List runs of tasks, the newest first',
    query: pageQuery(Position),
    answer: page(TaskRunModel, 'A part of the list.'),
    handle: async ({ engine, of: { id: app }, query: { limit, cursor } }) => {
      const runs = await engine.taskRuns.list(app, cursor === undefined ? limit + 1 : ALL)
      const rest = cursor === undefined ? runs : behind(runs, cursor)
      return pageOf(
        limit,
        (count) => rest.slice(0, count),
        ({ id, started_at }) => ({ id, started_at }),
      )
    },
  }),

  change({
    id: 'task.create',
    method: 'post',
    path: '/apps/{app}/tasks',
    needs: 'operate',
    summary: 'Start a command, which goes on by itself',
    body: z.strictObject({
      command: z.string().min(1).max(32_768).meta({ description: 'A line for the shell.' }),
      set: RunSet,
      initiated_by: InitiatedBy,
    }),
    answer: json(TaskRunModel, { status: 202, description: 'It was started.' }),
    handle: async ({ engine, of: { id: app }, identity, body: { initiated_by, ...words } }) => {
      const { run } = await runOnce(engine, app, {
        ...(await parseRun(words)),
        initiated_by: initiated_by ?? identity.name,
      })
      const { id, command, initiated_by: by } = run
      const detail = { initiated_by: by, set: Object.keys(words.set) }
      return { before: null, after: { id, command }, detail, answer: run }
    },
  }),

  change({
    id: 'task.start',
    method: 'post',
    path: '/apps/{app}/tasks/{task}/runs',
    needs: 'operate',
    summary: 'Start a task of the config, as the last release has it',
    description: 'It goes on by itself.',
    params: z.strictObject({ task: Name }),
    body: z.strictObject({ initiated_by: InitiatedBy }),
    answer: json(TaskRunModel, { status: 202, description: 'It was started.' }),
    handle: async ({ engine, of: { id: app }, identity, params: { task }, body: { initiated_by } }) => {
      const { run } = await runConfigured(engine, app, task, initiated_by ?? identity.name)
      const { id, initiated_by: by } = run
      return { before: null, after: { id, task }, detail: { initiated_by: by }, answer: run }
    },
  }),

  look({
    id: 'task.show',
    path: '/apps/{app}/tasks/{id}',
    needs: 'read',
    summary: 'Show a run: how it went, who started it, what it was given',
    params: ById,
    answer: json(TaskRunModel),
    handle: ({ engine, of, params: { id } }) => findRun(engine, of.id, id),
  }),

  look({
    id: 'task.logs',
    path: '/apps/{app}/tasks/{id}/logs',
    needs: 'read',
    summary: 'Stream all that a run has written',
    params: ById,
    query: z.strictObject({
      follow: Flag.default(false).meta({ description: 'Go on until it has ended.' }),
    }),
    answer: events(LogLineModel, { resumes: true }),
    handle: async ({ engine, of, params, query: { follow }, lastEventId }) => {
      const { id } = await findRun(engine, of.id, params.id)
      const from = countedFrom(lastEventId)
      return (signal) => from(engine.taskRuns.logs(of.id, id, { follow, signal }))
    },
  }),

  change({
    id: 'task.delete',
    method: 'delete',
    path: '/apps/{app}/tasks/{id}',
    needs: 'operate',
    summary: 'Stop a run that goes on, or take one that has ended out of the list',
    description: 'Answers when it is gone.',
    params: ById,
    answer: json(DeletedRunModel),
    handle: async ({ engine, of, identity: { name: by }, params }) => {
      const { id, status } = await findRun(engine, of.id, params.id)
      const answer = await deleteRun(engine, of.id, id, by)
      const after = answer.deleted === 'removed' ? null : { id, status: answer.run.status }
      return { before: { id, status }, after, answer }
    },
  }),
]

/** Those behind the one that was the last, also when that one is gone. */
function behind(runs: TaskRun[], last: z.output<typeof Position>): TaskRun[] {
  const at = runs.findIndex(({ id }) => id === last.id)
  return at >= 0 ? runs.slice(at + 1) : runs.filter(({ started_at }) => started_at < last.started_at)
}
