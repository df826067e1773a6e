import type { CreateScheduleCommandInput, Target } from '@aws-sdk/client-scheduler'

/** After so many seconds what was due is out of date. */
const LONGEST_RETRY = 3_600

/**
 * A call of ECS as the target of a schedule. The members of its input begin with capital letters there, other than in
 * ECS's own API: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
 *
 * Scheduler's own target for ECS is of less use: it needs the ARNs of the cluster and of the definition, and a task that
 * it starts is not started by us, so that ListTasks does not find it.
 */
export function ecsTarget(call: 'runTask' | 'stopTask', role: string, input: object): Target {
  // China and GovCloud are partitions of their own; the role is in the one where it is used.
  const [, partition = 'aws'] = role.split(':')
  return {
    Arn: `arn:${partition}:scheduler:::aws-sdk:ecs:${call}`,
    RoleArn: role,
    Input: JSON.stringify(capitalized(input)),
    RetryPolicy: { MaximumEventAgeInSeconds: LONGEST_RETRY, MaximumRetryAttempts: 10 },
  }
}

/** What Gantry's schedules have in common: they start at the minute that they name. */
export function scheduleInput(
  schedule: Pick<CreateScheduleCommandInput, 'Name' | 'ScheduleExpression' | 'Target'> &
    Partial<CreateScheduleCommandInput>,
): CreateScheduleCommandInput {
  return { FlexibleTimeWindow: { Mode: 'OFF' }, State: 'ENABLED', ...schedule }
}

function capitalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalized)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name.slice(0, 1).toUpperCase() + name.slice(1),
      capitalized(each),
    ]),
  )
}
