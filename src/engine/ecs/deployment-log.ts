import type { AppId } from '../../app/app.ts'
import type { Account } from './account.ts'
import { problemOf } from './aws-problem.ts'
import type { Logs } from './logs/logs.ts'
import { pauseFor, readStream } from './logs/stream.ts'
import { logGroup } from './names.ts'

/** Of one PutLogEvents: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MOST_EVENTS = 10_000
const MOST_BYTES = 1_048_576
const EVENT_COST = 26

/** Characters of one event: at most 192 KB in UTF-8, where CloudWatch takes 256. */
const LONGEST = 65_536

/** Begins an event whose line goes on in the next one. A line of JSON cannot begin with it. */
const GOES_ON = '~'

interface Event {
  timestamp: number
  message: string
}

/**
 * The events of each deployment as lines of JSON: one stream, `deployments/<number>`, beside the output of the app. One
 * deployer at a time writes to it.
 */
export class DeploymentLog {
  readonly #account: Account
  readonly #logs: Logs
  readonly #streams = new Set<string>()
  /** The time of the last event: each is later than the one before, so that CloudWatch keeps their order. */
  #last = 0

  constructor(account: Account, logs: Logs) {
    this.#account = account
    this.#logs = logs
  }

  /** Rejects with a UserError when they cannot be stored, all or in part. That need not fail the deployment. */
  async append(app: AppId, number: number, lines: readonly string[]): Promise<void> {
    const logStreamName = streamName(number)
    const logs = await this.#account.aws.logs()
    try {
      await this.#ensureStream(app, logStreamName)
      for (const logEvents of batches(this.#events(lines))) {
        await logs.putLogEvents({ logGroupName: logGroup(app), logStreamName, logEvents })
      }
    } catch (error) {
      throw problemOf(error, `store the log of deployment #${number}`)
    }
  }

  /** All lines in order; with `follow` until the one that says that the deployment has finished, or the signal fires. */
  async *read(app: AppId, number: number, follow: boolean, signal: AbortSignal): AsyncGenerator<string> {
    const messages = readStream(this.#account, {
      group: logGroup(app),
      stream: streamName(number),
      pause: (idle) => (follow ? pauseFor(idle) : null),
      signal,
    })
    let begun = ''
    for await (const { text: message } of messages) {
      if (message.startsWith(GOES_ON)) {
        begun += message.slice(GOES_ON.length)
        continue
      }
      const line = begun + message
      begun = ''
      yield line
      if (follow && saysFinished(line)) return
    }
  }

  async #ensureStream(app: AppId, logStreamName: string): Promise<void> {
    const key = `${logGroup(app)}:${logStreamName}`
    if (this.#streams.has(key)) return
    await this.#logs.ensureStream(app, logStreamName)
    this.#streams.add(key)
  }

  #events(lines: readonly string[]): Event[] {
    return lines.flatMap(partsOf).map((message) => {
      this.#last = Math.max(this.#last + 1, this.#account.clock.now())
      return { timestamp: this.#last, message }
    })
  }
}

function streamName(number: number): string {
  return `deployments/${number}`
}

/** A line that is too long for one event, in several: a large plan is one. */
function partsOf(line: string): string[] {
  const parts: string[] = []
  let rest = line
  while (rest.length > LONGEST) {
    // Half a surrogate pair has no form in UTF-8.
    const end = rest.codePointAt(LONGEST - 1)! > 0xffff ? LONGEST - 1 : LONGEST
    parts.push(GOES_ON + rest.slice(0, end))
    rest = rest.slice(end)
  }
  return [...parts, rest]
}

function batches(events: readonly Event[]): Event[][] {
  const all: Event[][] = []
  let bytes = Infinity
  for (const event of events) {
    const size = Buffer.byteLength(event.message) + EVENT_COST
    if (bytes + size > MOST_BYTES || all.at(-1)!.length === MOST_EVENTS) {
      all.push([])
      bytes = 0
    }
    all.at(-1)!.push(event)
    bytes += size
  }
  return all
}

/** The line is what somebody wrote into a log: it may be anything. */
function saysFinished(line: string): boolean {
  try {
    const event: unknown = JSON.parse(line)
    return (
      typeof event === 'object' && event !== null && 'type' in event && event.type === 'deployment.finished'
    )
  } catch {
    return false
  }
}
