import type { Failure } from '@aws-sdk/client-ecs'

import { messageOf, TaskError } from '../../../app/errors.ts'
import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'

/** Errors of RunTask that are about what was asked for: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html */
const REFUSALS = [
  'BlockedException',
  'ClientException',
  'ClusterNotFoundException',
  'InvalidParameterException',
  'PlatformTaskDefinitionIncompatibilityException',
  'PlatformUnknownException',
  'UnsupportedFeatureException',
]

const HINTS: readonly [RegExp, string][] = [
  [
    /capacity|RESOURCE:/i,
    'Fargate has no room for it just now: run it again in a while, or name subnets in more availability zones',
  ],
  [
    /PassRole|\brole\b/i,
    'see ecs.execution_role and ecs.task_role: both must exist and trust ecs-tasks.amazonaws.com, and whoever deploys needs iam:PassRole for them',
  ],
  [/subnet|security ?group/i, 'see ecs.subnets and ecs.security_groups: they must exist and be of one VPC'],
  [
    /cluster/i,
    'see ecs.cluster and ecs.region: the cluster must exist there, with the capacity provider FARGATE',
  ],
]

/** Why ECS did not start a task that it was asked for, which it tells with HTTP 200 and without naming what, at times. */
export function notStarted(task: string, failures: readonly Failure[]): TaskError {
  const reasons = failures.map(({ arn, reason, detail }) =>
    [reason ?? 'no reason given', detail, arn === undefined ? undefined : `(${arn})`]
      .filter((each) => each !== undefined)
      .join(' '),
  )
  const why = reasons.length === 0 ? 'ECS started nothing and gave no reason' : reasons.join('; ')
  return new TaskError(`could not start task ${task}: ${why}`, { hint: hintFor(why) })
}

/** Why a call to start a task was refused; an error that is a bug of ours stays one. */
export function refusedRun(task: string, error: unknown): unknown {
  if (!isNamed(error, ...REFUSALS)) return problemOf(error, `start task ${task}`)
  const why = messageOf(error)
  return new TaskError(`could not start task ${task}: ${why}`, { hint: hintFor(why), cause: error })
}

function hintFor(why: string): string | undefined {
  return HINTS.find(([pattern]) => pattern.test(why))?.[1]
}
