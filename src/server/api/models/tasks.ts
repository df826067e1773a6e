import { z } from 'zod'

import type { RunEvent } from '../../../deploy/run-once.ts'
import type { DeletedRun } from '../../../deploy/task-runs.ts'
import type { TaskRun } from '../../../engine/task-run.ts'
import { Count, model, Time } from './model.ts'

export const TaskRunModel = model<TaskRun>('TaskRun')(
  z.object({
    id: z.string(),
    task: z.string().meta({ description: 'As the config calls it; `run` for a command.' }),
    command: z.string(),
    status: z.enum(['starting', 'running', 'succeeded', 'failed', 'stopped', 'ended']),
    initiated_by: z.string(),
    deployment: Count.nullable(),
    started_at: Time,
    ended_at: Time.nullable(),
    exit_code: z.int().nullable(),
    reason: z.string().nullable(),
    image: z.string(),
    cpu: z.number(),
    memory: z.number(),
    max_hours: z.number(),
  }),
)

export const DeletedRunModel = model<DeletedRun>('DeletedRun')(
  z.object({ deleted: z.enum(['stopped', 'removed']), run: TaskRunModel }),
)

export const RunEventModel = model<RunEvent>('RunEvent')(
  z.union([
    z.object({ line: z.string() }),
    z.object({ exit_code: z.int().nullable(), reason: z.string().nullable() }),
  ]),
  'A line of output, and at last how the command ended.',
)
