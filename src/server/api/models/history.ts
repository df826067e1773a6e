import { z } from 'zod'

import type { Deployment, Release } from '../../../engine/ledger.ts'
import { Count, model, Time } from './model.ts'
import { AppConfig, BuiltImage, ProcessStateModel, TaskSpecModel } from './spec.ts'

export const KINDS = ['deploy', 'rollback', 'operate'] as const
export const OUTCOMES = [
  'succeeded',
  'unchanged',
  'failed',
  'rolled_back',
  'rollback_failed',
  'cancelled',
  'superseded',
  'refused',
  'interrupted',
] as const

const made = {
  number: Count,
  by: z.string().meta({ description: 'Who asked for it.' }),
  title: z.string(),
  created_at: Time,
}

export const DeploymentModel = model<Deployment>('Deployment')(
  z.object({
    ...made,
    kind: z.enum(KINDS),
    commit: z.string().nullable(),
    status: z.enum(['queued', 'running', ...OUTCOMES]),
    reason: z.string().nullable(),
    release: Count.nullable().meta({ description: 'The number of the release that it made.' }),
    started_at: Time.nullable(),
    finished_at: Time.nullable(),
    record: z
      .object({
        processes: z.array(
          z.object({
            name: z.string(),
            before: ProcessStateModel.nullable(),
            services: z.array(z.string()).readonly().exactOptional(),
          }),
        ),
        schedules: z.array(TaskSpecModel),
      })
      .nullable()
      .meta({ description: 'What it was about to change, as it was before.' }),
  }),
)

export const ReleaseModel = model<Release>('Release')(
  z.object({
    ...made,
    deployment: Count,
    commit: z.string().nullable(),
    app: AppConfig,
    images: z
      .record(z.string(), BuiltImage)
      .meta({ description: '`process:web` and `task:migrate` to the image that it was built into.' }),
    owned_images: z.record(z.string(), z.string()),
  }),
)
