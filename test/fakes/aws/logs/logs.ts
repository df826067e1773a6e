import type { z } from 'zod'

import type { Clock } from '../../../../src/app/clock.ts'
import { arn } from '../arn.ts'
import { AwsError } from '../aws-error.ts'
import { operation, perform } from '../operation.ts'
import { page } from '../page.ts'
import type { FakeService, Input } from '../service.ts'
import {
  CreateGroup,
  DescribeGroups,
  DescribeStreams,
  FilterEvents,
  GetEvents,
  OneGroup,
  OneStream,
  PutEvents,
  Retention,
} from './inputs.ts'
import { LogGroups, type LogEvent, type LogGroup, type LogStream } from './log-groups.ts'
import { after, before, END, isBefore, readToken, START, writeToken } from './position.ts'
import { checkBatch, sift, sizeOf } from './put-log-events.ts'

/** Of events in one answer: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html */
const MAX_PAGE_BYTES = 1_048_576

/** CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html */
export class LogsFake implements FakeService {
  /** Seconds until an event that was put can be read. */
  delay = 0
  /** Most events of one answer, whatever the limit: pages need not be full. */
  pageSize = 10_000
  /** Answers every other time with a page without events, though there are more: as AWS may. */
  sparse = false
  readonly #clock: Clock
  readonly #groups = new LogGroups()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Writes as the awslogs driver does: makes the stream, and sends at once; what has no group is lost. */
  put(group: string, stream: string, events: { timestamp: number; message: string }[]): void {
    const found = this.#groups.find(group)
    if (found === undefined) return
    const now = this.#clock.now()
    const sent = events.map((event) => ({ ...event, ingested: Math.min(event.timestamp, now) }))
    this.#groups.add(found.streams.get(stream) ?? this.#groups.createStream(group, stream, now), sent)
  }

  /** Whether there is this log group. */
  has(group: string): boolean {
    return this.#groups.find(group) !== undefined
  }

  handle(name: string, input: Input): unknown {
    return perform(this.#operations, { name, input, invalid: 'InvalidParameterException' })
  }

  readonly #operations = {
    CreateLogGroup: operation(CreateGroup, ({ logGroupName }) => {
      this.#groups.create(logGroupName, this.#clock.now())
    }),

    CreateLogStream: operation(OneStream, ({ logGroupName, logStreamName }) => {
      this.#groups.createStream(logGroupName, logStreamName, this.#clock.now())
    }),

    DeleteLogGroup: operation(OneGroup, ({ logGroupName }) => this.#groups.delete(logGroupName)),

    DeleteLogStream: operation(OneStream, ({ logGroupName, logStreamName }) =>
      this.#groups.deleteStream(logGroupName, logStreamName),
    ),

    PutRetentionPolicy: operation(Retention, ({ logGroupName, retentionInDays }) => {
      this.#groups.group(logGroupName).retention = retentionInDays
    }),

    DescribeLogGroups: operation(DescribeGroups, ({ logGroupNamePrefix = '', limit, nextToken }) => {
      const found = this.#groups.all().filter(({ name }) => name.startsWith(logGroupNamePrefix))
      const { items, token } = page(found, {
        key: ({ name }) => name,
        limit,
        token: nextToken,
        invalid: 'InvalidParameterException',
      })
      return { logGroups: items.map(describeGroup), nextToken: token }
    }),

    DescribeLogStreams: operation(DescribeStreams, (input) => {
      const { logGroupName, logStreamNamePrefix = '', orderBy, descending, limit, nextToken } = input
      const streams = [...this.#groups.group(logGroupName).streams.values()]
      const { items, token } = page(
        streams
          .filter(({ name }) => name.startsWith(logStreamNamePrefix))
          .map((stream) => ({ ...stream, events: this.#visible(stream) })),
        {
          key: (stream) => (orderBy === 'LastEventTime' ? lastEventKey(stream) : stream.name),
          descending,
          limit,
          token: nextToken,
          invalid: 'InvalidParameterException',
        },
      )
      return { logStreams: items.map((stream) => describeStream(logGroupName, stream)), nextToken: token }
    }),

    PutLogEvents: operation(PutEvents, ({ logGroupName, logStreamName, logEvents }) => {
      const stream = this.#groups.stream(logGroupName, logStreamName)
      const { retention } = this.#groups.group(logGroupName)
      checkBatch(logEvents)
      const now = this.#clock.now()
      const { taken, rejected } = sift(logEvents, now, retention)
      this.#groups.add(
        stream,
        taken.map((event) => ({ ...event, ingested: now })),
      )
      return { rejectedLogEventsInfo: rejected }
    }),

    GetLogEvents: operation(GetEvents, (input) => this.#getLogEvents(input)),

    FilterLogEvents: operation(FilterEvents, (input) => this.#filterLogEvents(input)),
  }

  #getLogEvents(input: z.output<typeof GetEvents>): object {
    const { logGroupName, logStreamName, startTime, endTime, nextToken, startFromHead } = input
    // The end of the range is not part of it, other than in FilterLogEvents.
    const events = this.#visible(this.#groups.stream(logGroupName, logStreamName)).filter(
      ({ timestamp }) => timestamp >= startTime && timestamp < endTime,
    )
    const from = nextToken === undefined ? null : readToken(nextToken)
    if (from?.direction === 'f' && !startFromHead) {
      throw new AwsError('InvalidParameterException', 'A nextForwardToken needs startFromHead.')
    }
    const forward = from === null ? startFromHead : from.direction === 'f'
    const position = from?.position ?? (forward ? START : END)
    const skips = this.sparse && from?.position.skipped === false
    const rest = events.filter((event) => isBefore(event, position) !== forward)
    const taken = skips ? [] : this.#fitting(rest, input.limit, forward)
    // At the end the token that was passed in comes back.
    const unmoved = { ...(from?.position ?? START), ...(skips && { skipped: true }) }
    return {
      events: taken.map(({ timestamp, message, ingested }) => ({
        timestamp,
        message,
        ingestionTime: ingested,
      })),
      nextForwardToken: writeToken('f', taken.length > 0 ? after(taken.at(-1)!) : unmoved),
      nextBackwardToken: writeToken('b', taken.length > 0 ? before(taken[0]!) : unmoved),
    }
  }

  #filterLogEvents(input: z.output<typeof FilterEvents>): object {
    const { logGroupName, logStreamNames, logStreamNamePrefix = '', startTime, endTime, nextToken } = input
    const { streams } = this.#groups.group(logGroupName)
    const searched =
      logStreamNames?.map((name) => this.#groups.stream(logGroupName, name)) ??
      [...streams.values()].filter(({ name }) => name.startsWith(logStreamNamePrefix))
    const position = nextToken === undefined ? START : readToken(nextToken).position
    const events = searched
      .flatMap((stream) => this.#visible(stream).map((event) => ({ ...event, stream: stream.name })))
      .filter((event) => event.timestamp >= startTime && event.timestamp <= endTime)
      .sort((one, other) => one.timestamp - other.timestamp || one.id - other.id)
    const rest = events.filter((event) => !isBefore(event, position))
    const skips = this.sparse && !position.skipped && rest.length > 0
    const taken = skips ? [] : this.#fitting(rest, input.limit, true)
    const next = taken.length > 0 ? after(taken.at(-1)!) : { ...position, skipped: true }
    return {
      events: taken.map((event) => ({
        logStreamName: event.stream,
        timestamp: event.timestamp,
        message: event.message,
        ingestionTime: event.ingested,
        eventId: String(event.id).padStart(56, '0'),
      })),
      searchedLogStreams: [],
      nextToken: taken.length < rest.length ? writeToken('f', next) : undefined,
    }
  }

  #visible({ events }: LogStream): LogEvent[] {
    return events.filter(({ ingested }) => ingested + this.delay * 1_000 <= this.#clock.now())
  }

  /** As many events as one answer holds, from the front or from the back; at least one. */
  #fitting<Event extends LogEvent>(events: readonly Event[], limit: number, fromFront: boolean): Event[] {
    const most = Math.min(limit, this.pageSize)
    const candidates = fromFront ? events.slice(0, most) : events.slice(-most).toReversed()
    let bytes = 0
    const tooMany = candidates.findIndex((event) => (bytes += sizeOf(event)) > MAX_PAGE_BYTES)
    const taken = tooMany === -1 ? candidates : candidates.slice(0, Math.max(1, tooMany))
    return fromFront ? taken : taken.toReversed()
  }
}

function describeGroup({ name, created, retention, streams }: LogGroup): object {
  const bytes = [...streams.values()]
    .flatMap(({ events }) => events)
    .reduce((sum, event) => sum + sizeOf(event), 0)
  return {
    logGroupName: name,
    creationTime: created,
    retentionInDays: retention ?? undefined,
    metricFilterCount: 0,
    arn: arn('logs', `log-group:${name}:*`),
    logGroupArn: arn('logs', `log-group:${name}`),
    storedBytes: bytes,
    logGroupClass: 'STANDARD',
  }
}

function describeStream(group: string, { name, created, events }: LogStream): object {
  const ingested = events.map((event) => event.ingested)
  return {
    logStreamName: name,
    creationTime: created,
    arn: arn('logs', `log-group:${group}:log-stream:${name}`),
    storedBytes: 0,
    ...(events.length > 0 && {
      firstEventTimestamp: events[0]?.timestamp,
      lastEventTimestamp: events.at(-1)?.timestamp,
      lastIngestionTime: Math.max(...ingested),
    }),
  }
}

function lastEventKey({ name, events }: LogStream): string {
  return `${String(events.at(-1)?.timestamp ?? 0).padStart(16, '0')} ${name}`
}
