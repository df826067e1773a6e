import { z } from 'zod'

import type { DeployEvent } from '../../../deploy/events.ts'
import { Count, model, Time } from './model.ts'
import { KINDS, OUTCOMES } from './history.ts'
import { DiagnosticModel, PlanModel } from './plan.ts'

const Phase = z.enum(['pre_deploy', 'post_deploy'])

const Verdict = z.object({
  process: z.string(),
  outcome: z.enum(['steady', 'failed', 'timed_out', 'cancelled', 'superseded']),
  runs: z.enum(['before', 'after', 'neither']),
  reason: z.string().nullable(),
  exit_code: z.int().nullable(),
  log: z.array(z.string()),
  hint: z.string().nullable(),
})

function event<Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) {
  return z.object({ at: Time, type: z.literal(type), ...shape })
}

const ofInstance = { process: z.string(), instance: z.string() }

export const DeployEventModel = model<DeployEvent>('DeployEvent')(
  z.discriminatedUnion('type', [
    event('deployment.started', {
      app: z.string(),
      environment: z.string(),
      number: Count,
      kind: z.enum(KINDS),
      commit: z.string().nullable(),
      title: z.string(),
    }),
    event('deployment.waiting', { behind: Count }),
    event('config.read', { files: z.array(z.string()), diagnostics: z.array(DiagnosticModel) }),
    event('plan.made', { plan: PlanModel }),
    event('image.building', { key: z.string(), files: Count, bytes: Count }),
    event('image.log', { key: z.string(), line: z.string() }),
    event('image.built', { key: z.string(), seconds: z.number() }),
    event('image.reused', { key: z.string(), used_by: z.array(z.string()) }),
    event('task.started', { task: z.string(), phase: Phase, id: z.string(), command: z.string() }),
    event('task.log', { task: z.string(), line: z.string() }),
    event('task.finished', {
      task: z.string(),
      exit_code: z.int().nullable(),
      seconds: z.number(),
      reason: z.string().nullable(),
    }),
    event('process.rolling', { process: z.string(), action: z.string() }),
    event('process.failed', { process: z.string(), verdict: Verdict, kept: z.boolean() }),
    event('process.steady', { process: z.string(), instances: Count }),
    event('process.waiting', { process: z.string(), reason: z.string() }),
    event('instance.started', ofInstance),
    event('instance.up', { ...ofInstance, address: z.string().nullable() }),
    event('instance.failed', { ...ofInstance, reason: z.string() }),
    event('instance.stopped', ofInstance),
    event('notice', { text: z.string() }),
    event('rollback.started', { reason: z.string(), processes: z.array(z.string()) }),
    event('rollback.failed', { process: z.string(), reason: z.string() }),
    event('deployment.finished', {
      outcome: z.enum(OUTCOMES),
      reason: z.string().nullable(),
      hint: z.string().nullable(),
      diagnostics: z.array(DiagnosticModel),
      release: Count.nullable(),
      seconds: z.number(),
    }),
  ]),
  'What happens in a deployment. The last one is `deployment.finished`.',
)
