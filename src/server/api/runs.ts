import { Router } from 'express'
import { z } from 'zod'

import { logQueryOf } from '../../deploy/log-query.ts'
import { parseRun, runEvents, runOnce } from '../../deploy/run-once.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import { Flag, Num, parse, RunSet, Text, Time } from './input.ts'
import { allow, sendEvents } from './respond.ts'

const NewRun = z.strictObject({ command: z.string().min(1).max(100_000), set: RunSet })
const Logs = z.object({
  process: Text.nullable().default(null),
  instance: Text.exactOptional(),
  since: Time.exactOptional(),
  deployment: Num.exactOptional(),
  follow: Flag.default(false),
  lines: z.coerce.number().int().min(1).max(10_000).default(100),
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
    const query = await logQueryOf(engine, app, parse(Logs, request.query))
    await sendEvents(response, (signal) => engine.logs(app, { ...query, signal }))
  })

  return router
}
