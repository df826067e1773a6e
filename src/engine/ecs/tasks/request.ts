import { createHash } from 'node:crypto'

import type { RunTaskCommandInput, Tag, Task } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import type { TaskSpec } from '../../../app/spec.ts'
import type { TaskRequest } from '../../engine.ts'
import { startedBy, TAG, taskFamily } from '../names.ts'
import { networkOf } from '../network.ts'
import { identity, tagsOf } from '../tags.ts'

/** When a task has to have ended: seconds since the epoch. */
const DEADLINE = 'gantry:deadline'
const DEPLOYMENT = 'gantry:deployment'
const INITIATED_BY = 'gantry:initiated-by'
/** How many seconds a task may take that nobody knew the start of: one that a schedule starts. */
const LIMIT = 'gantry:limit'

/** Bytes that are 256 characters in base64, the longest value of a tag. */
const MOST_BYTES = 192

export interface Run {
  cluster: string
  /** `family:n` */
  revision: string
  /** When it has to have ended, in milliseconds since the epoch. */
  deadline: number
  /** Runs with the same one are one run, however often they are asked for. */
  clientToken: string
}

/** What ECS is asked for to run a task once. */
export function runInput(app: AppId, request: TaskRequest, run: Run): RunTaskCommandInput {
  const { spec, initiated_by, deployment } = request
  return {
    ...commonInput(app, spec, run),
    clientToken: run.clientToken,
    enableECSManagedTags: true,
    // RunTask cannot propagate the tags of a service, and those of the definition are among these.
    tags: tagsOf({
      ...identity(app, 'task', spec.name),
      [DEADLINE]: String(Math.ceil(run.deadline / 1_000)),
      ...(deployment !== null && { [DEPLOYMENT]: String(deployment) }),
      [INITIATED_BY]: encoded(initiated_by),
    }),
  }
}

/**
 * What EventBridge Scheduler is to ask ECS for. It may do so twice, so the token is one for each time that is due; it
 * fills in that time: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function scheduledRunInput(
  app: AppId,
  spec: TaskSpec,
  run: Pick<Run, 'cluster' | 'revision'>,
): RunTaskCommandInput {
  const name = createHash('sha256').update(taskFamily(app, spec.name)).digest('hex').slice(0, 16)
  return {
    ...commonInput(app, spec, run),
    clientToken: `${name}-<aws.scheduler.scheduled-time>`,
    tags: tagsOf({
      ...identity(app, 'task', spec.name),
      [INITIATED_BY]: encoded(`schedule ${spec.schedule ?? ''}`),
      [LIMIT]: String(Math.ceil(spec.max_hours * 3_600)),
    }),
  }
}

function commonInput(app: AppId, spec: TaskSpec, { cluster, revision }: Pick<Run, 'cluster' | 'revision'>) {
  return {
    cluster,
    taskDefinition: revision,
    count: 1,
    // On demand: nobody takes the capacity away while it migrates something.
    capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 1 }],
    networkConfiguration: { awsvpcConfiguration: networkOf(spec) },
    startedBy: startedBy(app),
  }
}

/** What the tags of a run say about it. */
export interface RunTags {
  task: string
  initiated_by: string
  deployment: number | null
}

export function readRunTags(tags: readonly Tag[] = []): RunTags {
  const values = new Map(tags.map(({ key, value }) => [key, value]))
  const deployment = /^[1-9]\d{0,8}$/.exec(values.get(DEPLOYMENT) ?? '')
  const by = values.get(INITIATED_BY)
  return {
    task: values.get(TAG.task) ?? '',
    // Schedules that are older than this tag have none.
    initiated_by: by === undefined ? 'schedule' : Buffer.from(by, 'base64url').toString(),
    deployment: deployment === null ? null : Number(deployment[0]),
  }
}

/** Whether tags say that what has them is of this app. */
export function belongsTo({ name, environment }: AppId, tags: readonly Tag[]): boolean {
  const values = new Map(tags.map(({ key, value }) => [key, value]))
  return values.get(TAG.app) === name && values.get(TAG.environment) === environment
}

/** When a described task has to have ended, in milliseconds since the epoch; null where nothing says so. */
export function deadlineOf({ tags = [], createdAt }: Task): number | null {
  const values = new Map(tags.map(({ key, value }) => [key, value]))
  const deadline = seconds(values.get(DEADLINE))
  if (deadline !== null) return deadline
  const limit = seconds(values.get(LIMIT))
  return limit === null || createdAt === undefined ? null : createdAt.getTime() + limit
}

function seconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) * 1_000 : null
}

/** Any text, in letters that a tag may have. */
function encoded(text: string): string {
  let kept = ''
  let bytes = 0
  for (const character of text.toWellFormed()) {
    bytes += Buffer.byteLength(character)
    if (bytes > MOST_BYTES) break
    kept += character
  }
  return Buffer.from(kept).toString('base64url')
}
