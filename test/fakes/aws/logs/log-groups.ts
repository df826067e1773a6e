import { AwsError } from '../aws-error.ts'

export interface LogEvent {
  /** Counts all events of the fake up, and so orders those of one millisecond. */
  id: number
  /** Milliseconds since the epoch, as all times here. */
  timestamp: number
  message: string
  ingested: number
}

export interface LogStream {
  name: string
  created: number
  /** Sorted by time. */
  events: LogEvent[]
}

export interface LogGroup {
  name: string
  created: number
  retention: number | null
  streams: Map<string, LogStream>
}

export class LogGroups {
  readonly #groups = new Map<string, LogGroup>()
  #events = 0

  all(): LogGroup[] {
    return [...this.#groups.values()]
  }

  find(name: string): LogGroup | undefined {
    return this.#groups.get(name)
  }

  group(name: string): LogGroup {
    return this.#groups.get(name) ?? missing('log group')
  }

  stream(group: string, name: string): LogStream {
    return this.group(group).streams.get(name) ?? missing('log stream')
  }

  create(name: string, now: number): void {
    if (this.#groups.has(name)) exists('log group')
    this.#groups.set(name, { name, created: now, retention: null, streams: new Map() })
  }

  createStream(group: string, name: string, now: number): LogStream {
    const { streams } = this.group(group)
    if (streams.has(name)) exists('log stream')
    const stream: LogStream = { name, created: now, events: [] }
    streams.set(name, stream)
    return stream
  }

  delete(name: string): void {
    this.group(name)
    this.#groups.delete(name)
  }

  deleteStream(group: string, name: string): void {
    this.stream(group, name)
    this.group(group).streams.delete(name)
  }

  add(stream: LogStream, events: readonly Omit<LogEvent, 'id'>[]): void {
    const added = events.map((event) => ({ id: ++this.#events, ...event }))
    stream.events = [...stream.events, ...added].sort(
      (one, other) => one.timestamp - other.timestamp || one.id - other.id,
    )
  }
}

function missing(what: string): never {
  throw new AwsError('ResourceNotFoundException', `The specified ${what} does not exist.`)
}

function exists(what: string): never {
  throw new AwsError('ResourceAlreadyExistsException', `The specified ${what} already exists`)
}
