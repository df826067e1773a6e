import { z } from 'zod'

import type { Variable } from '../../../engine/engine.ts'
import type { LogLine } from '../../../engine/logs.ts'
import type { Instance, ProcessEvent, Running, RunningProcess } from '../../../engine/running.ts'
import { Count, model, Time } from './model.ts'
import { Owned, ProcessSpecModel, TaskSpecModel } from './spec.ts'

const InstanceModel = model<Instance>('Instance')(
  z.object({
    id: z.string(),
    state: z.enum(['starting', 'up', 'unhealthy', 'stopping', 'backing_off', 'exited']),
    since: Time,
    pid: z.int().nullable(),
    address: z.string().nullable().meta({ description: '`host:port` where it answers.' }),
    image: z.string(),
    restarts: Count,
    last_exit: z.string().nullable(),
  }),
)

const EventModel = model<ProcessEvent>('ProcessEvent')(z.object({ at: Time, text: z.string() }))

const RunningProcessModel = model<RunningProcess>('RunningProcess')(
  z.object({
    spec: ProcessSpecModel,
    owned: Owned,
    origin: z.enum(['config', 'operator']),
    instances: z.array(InstanceModel),
    events: z.array(EventModel).meta({ description: 'The newest first.' }),
    settled: z.boolean().meta({ description: 'False while a rollout goes on that nobody here has begun.' }),
  }),
)

export const VariableModel = model<Variable>('Variable')(
  z.object({
    name: z.string(),
    process: z.string().nullable().meta({ description: 'Null: it reaches every process and task.' }),
    secret: z.boolean(),
    version: Count,
  }),
  'A variable that was set by hand. Its value is never told.',
)

export const RunningModel = model<Running>('Running')(
  z.object({
    processes: z.array(RunningProcessModel),
    schedules: z.array(TaskSpecModel),
    succeeded: z.record(z.string(), z.string()),
    variables: z.array(VariableModel),
    underway: z.boolean().meta({ description: 'Whether a deployment began and did not end.' }),
    released: z.boolean(),
    warnings: z.array(z.string()),
    obstacles: z.array(z.object({ process: z.string(), reason: z.string() })),
  }),
)

export const LogLineModel = model<LogLine>('LogLine')(
  z.object({
    time: Time,
    instance: z.string(),
    stream: z.enum(['out', 'err', 'gantry']),
    text: z.string(),
  }),
)
