import { z } from 'zod'

import { parseOperations } from '../../deploy/operations.ts'
import type { OperationRecord } from '../../deploy/operation-record.ts'
import { json } from './answers.ts'
import { Text } from './input.ts'
import { DeploymentModel } from './models/history.ts'
import { change, type Route } from './route.ts'

const Operation = z.strictObject({
  process: Text,
  create: z.boolean().default(false).meta({ description: 'Make it, with these fields.' }),
  delete: z.boolean().default(false).meta({ description: 'Remove it. What the config defines is refused.' }),
  set: z.record(Text, z.string().max(100_000)).default({}).meta({
    description:
      'Fields as texts, as the config would have them: `memory`, `demand_count`, `disabled`, `health_check.path`; `env.NAME` for variables.',
  }),
  unset: z.array(Text).max(100).default([]).meta({ description: 'Fields to hand back to the config.' }),
  restart: z.boolean().default(false),
})

export const OPERATION_ROUTES: readonly Route[] = [
  change({
    id: 'process.operate',
    method: 'post',
    path: '/apps/{app}/operations',
    needs: 'operate',
    summary: 'Make, set, scale, start, stop, restart and delete processes by hand',
    description:
      'One deployment for all of them. What is set belongs to the operator: later deploys keep it until it is unset. `disabled` `true` stops a process and keeps its counts, `false` starts it.',
    body: z.strictObject({ title: Text, operate: z.array(Operation).min(1).max(1_000) }),
    answer: json(DeploymentModel, { status: 202, description: 'It is written down and has a number.' }),
    handle: async ({ context, of: { app }, identity: { name: by }, body: { title, operate } }) => {
      const changes = await parseOperations(operate)
      const { deployment, records } = await context.operations.operate(app, changes, { by, title })
      const rest = records.map(({ before: _before, after: _after, ...record }) => record)
      return {
        before: byProcess(records, 'before'),
        after: byProcess(records, 'after'),
        detail: { deployment: deployment.number, title, operations: rest },
        answer: deployment,
      }
    },
  }),
]

function byProcess(records: readonly OperationRecord[], side: 'before' | 'after'): object {
  return Object.fromEntries(records.map((record) => [record.process, record[side]]))
}
