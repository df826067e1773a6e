import { z } from 'zod'

import type { Diagnostic } from '../../../app/errors.ts'
import type { Check } from '../../../engine/check.ts'
import type { Plan } from '../../../plan/types.ts'
import type { Failure } from '../failure.ts'
import { model } from './model.ts'
import { ProcessStateModel, TaskSpecModel } from './spec.ts'

export const DiagnosticModel = model<Diagnostic>('Diagnostic')(
  z.object({
    severity: z.enum(['error', 'warning']),
    message: z.string(),
    path: z.string().exactOptional().meta({ description: 'Of the value: `processes.web.cpu`.' }),
    place: z.object({ file: z.string(), line: z.int(), column: z.int() }).exactOptional(),
    hint: z.string().exactOptional(),
    frame: z.string().exactOptional(),
  }),
)

export const FailureModel = model<Failure>('Failure')(
  z.object({
    error: z.object({
      message: z.string(),
      hint: z.string().nullable().meta({ description: 'What to do about it.' }),
      diagnostics: z
        .array(DiagnosticModel)
        .readonly()
        .exactOptional()
        .meta({ description: 'All that is wrong with a config.' }),
    }),
  }),
)

const Fields = z.array(
  z.object({
    field: z.string(),
    from: z.unknown().exactOptional(),
    to: z.unknown().exactOptional(),
    owner: z.enum(['config', 'operator']),
  }),
)
const Kept = z.array(z.object({ field: z.string(), value: z.unknown(), config: z.unknown().exactOptional() }))

export const PlanModel = model<Plan>('Plan')(
  z.object({
    app: z.string(),
    environment: z.string(),
    processes: z.array(
      z.object({
        name: z.string(),
        action: z.enum(['create', 'update', 'scale', 'start', 'stop', 'remove', 'pinned', 'unchanged']),
        replaces: z.boolean(),
        stopped: z.boolean(),
        settled: z.boolean(),
        fields: Fields,
        kept: Kept,
        before: ProcessStateModel.nullable(),
        after: ProcessStateModel.nullable(),
      }),
    ),
    tasks: z.array(
      z.object({
        name: z.string(),
        action: z.enum(['run', 'skip', 'create', 'update', 'remove', 'unchanged']),
        phase: z.enum(['pre_deploy', 'post_deploy', 'schedule']),
        reason: z.string(),
        fingerprint: z.string().nullable(),
        spec: TaskSpecModel.nullable(),
      }),
    ),
    images: z.array(
      z.object({
        key: z.string(),
        used_by: z.array(z.string()),
        action: z.enum(['build', 'rebuild', 'reuse']),
      }),
    ),
    warnings: z.array(DiagnosticModel),
    blocked: z
      .array(z.string())
      .meta({ description: 'Why it must not be carried out as it is; empty for nearly every plan.' }),
  }),
)

export const CheckModel = model<Check>('Check')(
  z.object({
    subject: z.string(),
    status: z.enum(['ok', 'failed', 'skipped']),
    found: z.string(),
    hint: z.string().nullable(),
  }),
)
