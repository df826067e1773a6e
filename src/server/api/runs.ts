import { Router } from 'express'
import { z } from 'zod'

import type { AppId } from '../../app/app.ts'
import { NotFoundError } from '../../app/errors.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import { Flag, Limit, Name, parse } from './input.ts'
import { runOnce } from '../run-once.ts'
import { allow, sendEvents } from './respond.ts'

const NewRun = z.strictObject({ command: z.string().min(1).max(100_000) })
const Logs = z.object({
  process: z.union([Name, z.string().regex(/^task\.[a-z0-9-]+$/)]).optional(),
  follow: Flag.default(false),
  lines: Limit.default(100),
})

/** What runs once, and what everything that runs has written. */
export function runRoutes(context: Context): Router {
  const { apps, audit, engine } = context
  const router = Router()

  /** A stream: `{line}` for each line of output, then `{exit_code, reason}`. Who goes away stops it. */
  router.post('/apps/:app/runs', async (request, response) => {
    const { name: by } = allow(request, 'operate')
    const app = apps.get(request.params.app)
    const { command } = parse(NewRun, request.body)
    const handle = await runOnce(context, app, command, by)
    audit.write(by, app.name, 'run', { id: handle.id, command })
    const stop = (): void => void handle.stop('the one who ran it went away')
    response.on('close', stop)
    if (response.closed) stop()
    await sendEvents(response, async function* () {
      for await (const line of handle.logs) yield { line }
      const { exit_code, reason } = await handle.result
      yield { exit_code, reason }
    })
  })

  router.get('/apps/:app/logs', async (request, response) => {
    allow(request, 'read')
    const app = idOf(apps.get(request.params.app))
    const { process, follow, lines } = parse(Logs, request.query)
    if (process !== undefined) await checkLogName(context, app, process)
    await sendEvents(response, (signal) =>
      engine.logs(app, { process: process ?? null, follow, lines, signal }),
    )
  })

  return router
}

/** A name that never wrote anything is a mistake, and an empty answer would hide it. */
async function checkLogName({ engine }: Context, app: AppId, name: string): Promise<void> {
  const names = await engine.logNames(app)
  if (names.includes(name)) return
  const { processes } = await engine.observe(app)
  if (processes.some(({ spec }) => spec.name === name)) return
  const known = [...new Set([...processes.map(({ spec }) => spec.name), ...names])].toSorted()
  throw new NotFoundError(`${app.name} has no output of ${name}`, {
    hint: known.length === 0 ? 'nothing has run yet' : `there is output of ${known.join(', ')}`,
  })
}
