import { Router } from 'express'
import { z } from 'zod'

import { parseRun, runOnce } from '../../deploy/run-once.ts'
import { deleteRun, findRun } from '../../deploy/task-runs.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import { Flag, Limit, parse, RunSet } from './input.ts'
import { allow, sendEvents } from './respond.ts'

const NewTask = z.strictObject({
  command: z.string().min(1).max(32_768),
  set: RunSet,
  initiated_by: z.string().min(1).max(10_000).nullable().default(null),
})

/** Runs of tasks: those that deployments, schedules and people have started. */
export function taskRoutes({ apps, audit, engine }: Context): Router {
  const router = Router()

  router.get('/apps/:app/tasks', async (request, response) => {
    allow(request, 'read')
    const { limit } = parse(z.object({ limit: Limit }), request.query)
    response.json(await engine.taskRuns.list(idOf(apps.get(request.params.app)), limit))
  })

  /** It goes on by itself, whoever goes away. */
  router.post('/apps/:app/tasks', async (request, response) => {
    const { name: by } = allow(request, 'operate')
    const app = idOf(apps.get(request.params.app))
    const { initiated_by, ...words } = parse(NewTask, request.body)
    const { run } = await runOnce(engine, app, {
      ...(await parseRun(words)),
      initiated_by: initiated_by ?? by,
    })
    const { id, command } = run
    audit.write(by, app.name, 'task.create', { id, command, initiated_by, set: Object.keys(words.set) })
    response.status(202).json(run)
  })

  router.get('/apps/:app/tasks/:id', async (request, response) => {
    allow(request, 'read')
    response.json(await findRun(engine, idOf(apps.get(request.params.app)), request.params.id))
  })

  router.get('/apps/:app/tasks/:id/logs', async (request, response) => {
    allow(request, 'read')
    const app = idOf(apps.get(request.params.app))
    const { id } = await findRun(engine, app, request.params.id)
    const { follow } = parse(z.object({ follow: Flag.default(false) }), request.query)
    await sendEvents(response, (signal) => engine.taskRuns.logs(app, id, { follow, signal }))
  })

  /** Stops a run that goes on, and answers when it is gone; takes one that has ended out of the list. */
  router.delete('/apps/:app/tasks/:id', async (request, response) => {
    const { name: by } = allow(request, 'operate')
    const app = idOf(apps.get(request.params.app))
    const deleted = await deleteRun(engine, app, request.params.id, by)
    const { id } = deleted.run
    audit.write(by, app.name, deleted.deleted === 'stopped' ? 'task.stop' : 'task.delete', { id })
    response.json(deleted)
  })

  return router
}
