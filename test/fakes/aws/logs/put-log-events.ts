import { AwsError } from '../aws-error.ts'

interface InputEvent {
  timestamp: number
  message: string
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MAX_BATCH_BYTES = 1_048_576
const BYTES_PER_EVENT = 26
const HOUR = 3_600_000
const DAY = 24 * HOUR

export function sizeOf({ message }: { message: string }): number {
  return Buffer.byteLength(message) + BYTES_PER_EVENT
}

/** Throws unless the batch as a whole may be put. */
export function checkBatch(events: readonly InputEvent[]): void {
  const bytes = events.reduce((sum, event) => sum + sizeOf(event), 0)
  if (bytes > MAX_BATCH_BYTES) refuse(`Upload too large: ${bytes} bytes exceeds limit of ${MAX_BATCH_BYTES}`)
  const times = events.map(({ timestamp }) => timestamp)
  if (times.some((time, index) => time < (times[index - 1] ?? 0))) {
    refuse('Log events in a single PutLogEvents request must be in chronological order.')
  }
  if ((times.at(-1) ?? 0) - (times[0] ?? 0) > DAY) {
    refuse('The batch of log events in a single PutLogEvents request cannot span more than 24 hours.')
  }
}

/** The events that are taken, and how the answer tells about the others: those too old, expired or too new. */
export function sift(events: readonly InputEvent[], now: number, retention: number | null) {
  const tooOld = events.filter(({ timestamp }) => timestamp < now - 14 * DAY).length
  const expired = events.filter(({ timestamp }) => timestamp < now - (retention ?? Infinity) * DAY).length
  const tooNew = events.findIndex(({ timestamp }) => timestamp > now + 2 * HOUR)
  const first = Math.max(tooOld, expired)
  const rejected = {
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
    ...(tooNew !== -1 && { tooNewLogEventStartIndex: tooNew }),
  }
  return {
    taken: events.slice(first, tooNew === -1 ? undefined : tooNew),
    rejected: Object.keys(rejected).length > 0 ? rejected : undefined,
  }
}

function refuse(message: string): never {
  throw new AwsError('InvalidParameterException', message)
}
