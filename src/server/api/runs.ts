import { z } from 'zod'

import { parseRun, runEvents, runOnce } from '../../deploy/run-once.ts'
import { events, once } from './answers.ts'
import { unnamed } from './events.ts'
import { RunSet } from './input.ts'
import { RunEventModel } from './models/tasks.ts'
import { change, type Route } from './route.ts'

export const RUN_ROUTES: readonly Route[] = [
  change({
    id: 'task.run',
    method: 'post',
    path: '/apps/{app}/runs',
    needs: 'operate',
    summary: 'Run a command and stream what it writes',
    description: 'Who goes away stops it. For one that goes on by itself, start a task.',
    body: z.strictObject({ command: z.string().min(1).max(100_000), set: RunSet }),
    answer: once(
      events(RunEventModel, { resumes: false }),
      'its run is in the list of tasks, with its output; to run it again, send it with a new Idempotency-Key',
    ),
    handle: async ({ context: { log }, engine, of: { id: app }, identity, body }) => {
      const handle = await runOnce(engine, app, { ...(await parseRun(body)), initiated_by: identity.name })
      const { id, command } = handle.run
      return {
        before: null,
        after: { id, command },
        detail: { set: Object.keys(body.set) },
        answer: (signal) => {
          const stop = (): void => {
            handle
              .stop('the one who ran it went away')
              .catch((error: unknown) => log.error({ err: error }, 'a command was not stopped'))
          }
          signal.addEventListener('abort', stop)
          if (signal.aborted) stop()
          return unnamed(runEvents(handle))
        },
      }
    },
  }),
]
