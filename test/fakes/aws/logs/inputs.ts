import { z } from 'zod'

/** The inputs of CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html */
const Group = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[.\-_/#A-Za-z0-9]+$/)
const Stream = z
  .string()
  .min(1)
  .max(512)
  .regex(/^[^:*]*$/)
const Token = z.string().min(1).optional()
const Time = z.int().min(0)
const DescribeLimit = z.int().min(1).max(50).default(50)
const EventsLimit = z.int().min(1).max(10_000).default(10_000)

/** Days: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const RETENTIONS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]

export const CreateGroup = z.strictObject({
  logGroupName: Group.refine((name) => !name.startsWith('aws/'), 'Member must not start with aws/'),
  tags: z.record(z.string().min(1).max(128), z.string().max(256)).optional(),
})
export const OneGroup = z.strictObject({ logGroupName: Group })
export const OneStream = z.strictObject({ logGroupName: Group, logStreamName: Stream })
export const Retention = z.strictObject({
  logGroupName: Group,
  retentionInDays: z.int().refine((days) => RETENTIONS.includes(days), 'Member is not a valid retention'),
})
export const DescribeGroups = z.strictObject({
  logGroupNamePrefix: Group.optional(),
  limit: DescribeLimit,
  nextToken: Token,
})
export const DescribeStreams = z
  .strictObject({
    logGroupName: Group,
    logStreamNamePrefix: Stream.optional(),
    orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
    descending: z.boolean().default(false),
    limit: DescribeLimit,
    nextToken: Token,
  })
  .refine(
    ({ orderBy, logStreamNamePrefix }) => orderBy !== 'LastEventTime' || logStreamNamePrefix === undefined,
    'Cannot order by LastEventTime with a logStreamNamePrefix.',
  )
export const PutEvents = z.strictObject({
  logGroupName: Group,
  logStreamName: Stream,
  logEvents: z
    .array(z.strictObject({ timestamp: Time, message: z.string().min(1) }))
    .min(1)
    .max(10_000),
})
export const GetEvents = z.strictObject({
  logGroupName: Group,
  logStreamName: Stream,
  startTime: Time.default(0),
  endTime: Time.default(Infinity),
  nextToken: Token,
  limit: EventsLimit,
  startFromHead: z.boolean().default(false),
})
export const FilterEvents = z
  .strictObject({
    logGroupName: Group,
    logStreamNames: z.array(Stream).min(1).max(100).optional(),
    logStreamNamePrefix: Stream.optional(),
    startTime: Time.default(0),
    endTime: Time.default(Infinity),
    nextToken: Token,
    limit: EventsLimit,
  })
  .refine(
    ({ logStreamNames, logStreamNamePrefix }) =>
      logStreamNames === undefined || logStreamNamePrefix === undefined,
    'logStreamNames and logStreamNamePrefix exclude each other.',
  )
