import { z } from 'zod'

import type { App } from '../../../app/app.ts'
import type { Image } from '../../../app/image.ts'
import type { ProcessSpec, ProcessState, TaskSpec } from '../../../app/spec.ts'
import { Command, Count, model, open } from './model.ts'

const LIKE_THE_CONFIG =
  'Fields are called as in `gantry.yml`. Units: memory in MiB, cpu in 1/1024 of a vCPU, durations in seconds, storage in GiB.'

export const BuiltImage = z.object({
  kind: z.literal('built'),
  key: z.string().meta({ description: 'Hash of everything that goes into it.' }),
  digest: z.string().nullable().meta({ description: 'Null: still to be built.' }),
})

export const ImageModel = model<Image>('Image')(
  z.discriminatedUnion('kind', [BuiltImage, z.object({ kind: z.literal('pinned'), reference: z.string() })]),
)

/** What processes and tasks have in common. */
const component = {
  name: z.string(),
  image: ImageModel,
  command: Command.nullable(),
  env: z.record(z.string(), z.string()),
  secrets: z.record(z.string(), z.string()).meta({ description: 'Where each value is, never the value.' }),
  variables: z
    .record(z.string(), z.int())
    .meta({ description: 'Set by hand: name to the version of its value, never the value.' }),
  cpu: z.number(),
  memory: z.number(),
  stop_timeout: z.number(),
}

export const ProcessSpecModel = model<ProcessSpec>('ProcessSpec')(
  open({
    ...component,
    expose: z.enum(['public', 'private', 'none']),
    port: z.int().nullable(),
    demand_count: Count,
    spot_count: Count,
    scale_count: Count,
    disabled: z.boolean(),
    restarts: Count,
  }),
  `A process as it runs. ${LIKE_THE_CONFIG}`,
)

export const TaskSpecModel = model<TaskSpec>('TaskSpec')(
  open({
    ...component,
    run: z.enum(['pre_deploy', 'post_deploy']).nullable(),
    schedule: z.string().nullable(),
    timezone: z.string(),
    max_hours: z.number(),
  }),
  `A task as it runs. ${LIKE_THE_CONFIG}`,
)

export const Owned = z
  .record(z.string(), z.unknown())
  .meta({ description: 'The fields that an operator has set, with their values.' })

export const ProcessStateModel = model<ProcessState>('ProcessState')(
  z.object({ spec: ProcessSpecModel, owned: Owned, origin: z.enum(['config', 'operator']) }),
)

export const AppConfig = model<App>('AppConfig')(
  open({
    name: z.string(),
    environment: z.string(),
    engine: z.enum(['local', 'ecs']),
    processes: z.array(open({ name: z.string() })),
    tasks: z.array(open({ name: z.string() })),
  }),
  `The config as it was resolved. ${LIKE_THE_CONFIG}`,
)
