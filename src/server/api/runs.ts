import { Router } from 'express'
import { z } from 'zod'

import { checkLogName } from '../../deploy/log-names.ts'
import { parseRun, runEvents, runOnce } from '../../deploy/run-once.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import { Flag, Limit, parse, RunSet } from './input.ts'
import { allow, sendEvents } from './respond.ts'

const NewRun = z.strictObject({ command: z.string().min(1).max(100_000), set: RunSet })
const Logs = z.object({
  process: z.string().optional(),
  follow: Flag.default(false),
  lines: Limit.default(100),
})

/** What runs once, and what everything that runs has written. */
export function runRoutes({ apps, audit, engine }: Context): Router {
  const router = Router()

  /** A stream: `{line}` for each line of output, then `{exit_code, reason}`. Who goes away stops it. */
  router.post('/apps/:app/runs', async (request, response) => {
    const { name: by } = allow(request, 'operate')
    const app = apps.get(request.params.app)
    const { command, set } = parse(NewRun, request.body)
    const handle = await runOnce(engine, idOf(app), {
      ...(await parseRun({ command, set })),
      initiated_by: by,
    })
    audit.write(by, app.name, 'run', { id: handle.id, command })
    const stop = (): void => void handle.stop('the one who ran it went away')
    response.on('close', stop)
    if (response.closed) stop()
    await sendEvents(response, () => runEvents(handle))
  })

  router.get('/apps/:app/logs', async (request, response) => {
    allow(request, 'read')
    const app = idOf(apps.get(request.params.app))
    const { process, follow, lines } = parse(Logs, request.query)
    if (process !== undefined) await checkLogName(engine, app, process)
    await sendEvents(response, (signal) =>
      engine.logs(app, { process: process ?? null, follow, lines, signal }),
    )
  })

  return router
}
