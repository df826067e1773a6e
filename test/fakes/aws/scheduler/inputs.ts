import { z } from 'zod'

import { isScheduleExpression, isTimezone } from './schedule-expression.ts'

/** The inputs of EventBridge Scheduler: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html */
const Name = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[0-9a-zA-Z\-_.]+$/)
const GroupName = Name.default('default')
const ClientToken = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-zA-Z0-9\-_]+$/)
  .optional()
const State = z.enum(['ENABLED', 'DISABLED'])

const FlexibleTimeWindow = z
  .strictObject({
    Mode: z.enum(['OFF', 'FLEXIBLE']),
    MaximumWindowInMinutes: z.int().min(1).max(1_440).optional(),
  })
  .refine(
    ({ Mode, MaximumWindowInMinutes }) => (Mode === 'FLEXIBLE') === (MaximumWindowInMinutes !== undefined),
    'MaximumWindowInMinutes goes with the mode FLEXIBLE, and only with it',
  )

const EcsParameters = z
  .strictObject({
    TaskDefinitionArn: z.string().min(1).max(1_600),
    TaskCount: z.int().min(1).max(10).optional(),
    LaunchType: z.enum(['EC2', 'FARGATE', 'EXTERNAL']).optional(),
    CapacityProviderStrategy: z
      .array(
        z.strictObject({
          capacityProvider: z.string().min(1).max(255),
          weight: z.int().min(0).max(1_000).optional(),
          base: z.int().min(0).max(100_000).optional(),
        }),
      )
      .max(6)
      .optional(),
    NetworkConfiguration: z
      .strictObject({
        awsvpcConfiguration: z.strictObject({
          Subnets: z.array(z.string().min(1)).min(1).max(16),
          SecurityGroups: z.array(z.string().min(1)).min(1).max(5).optional(),
          AssignPublicIp: z.enum(['ENABLED', 'DISABLED']).optional(),
        }),
      })
      .optional(),
    PlatformVersion: z.string().min(1).max(64).optional(),
    Group: z.string().min(1).max(255).optional(),
    ReferenceId: z.string().max(1_024).optional(),
    EnableECSManagedTags: z.boolean().optional(),
    EnableExecuteCommand: z.boolean().optional(),
    PropagateTags: z.literal('TASK_DEFINITION').optional(),
    Tags: z.array(z.record(z.string(), z.string())).max(50).optional(),
  })
  .refine(
    ({ LaunchType, CapacityProviderStrategy }) =>
      LaunchType === undefined || CapacityProviderStrategy === undefined,
    'LaunchType and CapacityProviderStrategy exclude each other',
  )

/** A task on a cluster, or any call of the AWS SDK with its input. */
const Target = z
  .strictObject({
    Arn: z.string().min(1).max(1_600),
    RoleArn: z.string().regex(/^arn:aws(?:-[a-z]+)?:iam::\d{12}:role\/[\w+=,.@/-]+$/),
    EcsParameters: EcsParameters.optional(),
    Input: z.string().min(1).optional(),
    RetryPolicy: z
      .strictObject({
        MaximumEventAgeInSeconds: z.int().min(60).max(86_400).optional(),
        MaximumRetryAttempts: z.int().min(0).max(185).optional(),
      })
      .optional(),
  })
  .refine(
    ({ Arn, EcsParameters }) =>
      EcsParameters === undefined
        ? /^arn:aws:scheduler:::aws-sdk:[a-z0-9]+:[a-zA-Z]+$/.test(Arn)
        : /^arn:aws:ecs:[a-z0-9-]+:\d{12}:cluster\/.+$/.test(Arn),
    'Provided Arn is not in correct format.',
  )

export const PutSchedule = z.strictObject({
  Name,
  GroupName,
  ClientToken,
  Description: z.string().max(512).optional(),
  ScheduleExpression: z.string().max(256).refine(isScheduleExpression, 'Invalid Schedule Expression'),
  ScheduleExpressionTimezone: z
    .string()
    .min(1)
    .max(50)
    .refine(isTimezone, 'The timezone is invalid')
    .default('UTC'),
  StartDate: z.number().optional(),
  EndDate: z.number().optional(),
  State: State.default('ENABLED'),
  FlexibleTimeWindow,
  ActionAfterCompletion: z.enum(['NONE', 'DELETE']).default('NONE'),
  Target,
})
export const OneSchedule = z.strictObject({ Name, GroupName, ClientToken })
/** What comes in the query of an address is text. */
export const ListSchedules = z.strictObject({
  GroupName: Name.optional(),
  NamePrefix: Name.optional(),
  State: State.optional(),
  MaxResults: z.coerce.number().int().min(1).max(100).default(100),
  NextToken: z.string().min(1).max(2_048).optional(),
})
