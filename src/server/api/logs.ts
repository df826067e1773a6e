import { z } from 'zod'

import { logQueryOf } from '../../deploy/log-query.ts'
import { events } from './answers.ts'
import { Flag, Num, Text, Time } from './input.ts'
import { LogLineModel } from './models/running.ts'
import { timedFrom } from './resume.ts'
import { look, type Route } from './route.ts'

const Logs = z.strictObject({
  process: Text.nullable()
    .default(null)
    .meta({ description: 'Only this process, or a task: `task.migrate`.' }),
  instance: Text.exactOptional().meta({
    description: 'Only what this instance wrote, also one that is gone.',
  }),
  since: Time.exactOptional().meta({ description: 'Nothing that was written earlier.' }),
  deployment: Num.exactOptional().meta({
    description: "Only what was written from this deployment's start to the start of the next one.",
  }),
  follow: Flag.default(false).meta({ description: 'Go on with what is written from now on.' }),
  lines: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .meta({ description: 'How many of the last lines to begin with.' }),
})

export const LOG_ROUTES: readonly Route[] = [
  look({
    id: 'log.read',
    path: '/apps/{app}/logs',
    needs: 'read',
    summary: 'Stream what processes and tasks have written, in the order of time',
    query: Logs,
    answer: events(LogLineModel, { resumes: true }),
    handle: async ({ engine, of: { id }, query: wish, lastEventId }) => {
      const query = await logQueryOf(engine, id, wish)
      const { narrow, from } = timedFrom(lastEventId)
      return (signal) => from(engine.logs(id, { ...narrow(query), signal }))
    },
  }),
]
