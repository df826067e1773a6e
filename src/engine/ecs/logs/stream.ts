import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'
import { Patience } from '../patience.ts'

export interface StreamQuery {
  group: string
  stream: string
  /**
   * Asked whenever everything has been read that is there: after how many seconds to look again, null to end.
   * `idle` is for how many seconds nothing has come.
   */
  pause: (idle: number) => number | null
  signal: AbortSignal
}

export interface StreamEvent {
  /** Milliseconds since the epoch. */
  time: number
  text: string
}

/** Seconds until the next look: short while something comes, longer when nothing does. */
export function pauseFor(idle: number): number {
  return Math.min(Math.max(idle / 4, 1), 5)
}

/** The events of one stream from its beginning, each once. A stream that does not exist yet is an empty one. */
export async function* readStream(
  account: Account,
  { group, stream, pause, signal }: StreamQuery,
): AsyncGenerator<StreamEvent> {
  const { clock } = account
  const patience = new Patience(clock)
  let token: string | undefined
  let last = clock.now()
  try {
    while (!signal.aborted) {
      const page = await patience.attempt(() => readPage(account, group, stream, token, signal), signal)
      if (page === null) {
        await patience.pause(1, signal)
        continue
      }
      yield* page.events
      if (page.events.length > 0) last = clock.now()
      // At the end of what there is, the token for the rest is the one that was sent:
      // https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
      const isEnd = page.token === token
      token = page.token
      if (!isEnd) continue
      const seconds = pause((clock.now() - last) / 1_000)
      if (seconds === null) return
      await patience.pause(seconds, signal)
    }
  } catch (error) {
    throw problemOf(error, `read the log stream ${stream}`)
  }
}

async function readPage(
  { aws }: Account,
  group: string,
  stream: string,
  token: string | undefined,
  signal: AbortSignal,
): Promise<{ events: StreamEvent[]; token: string | undefined }> {
  const logs = await aws.logs()
  const input = {
    logGroupName: group,
    logStreamName: stream,
    startFromHead: true,
    ...(token !== undefined && { nextToken: token }),
  }
  try {
    const { events = [], nextForwardToken } = await logs.getLogEvents(input, { abortSignal: signal })
    return {
      events: events.map(({ timestamp: time = 0, message: text = '' }) => ({ time, text })),
      token: nextForwardToken,
    }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return { events: [], token }
    throw error
  }
}
