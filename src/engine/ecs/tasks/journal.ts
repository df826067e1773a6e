import type { AppId } from '../../../app/app.ts'
import { isOver, type TaskRun } from '../../task-run.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import type { Logs } from '../logs/logs.ts'
import { logGroup } from '../names.ts'

/** A run, and the id of the ECS task that it is. */
export interface NotedRun {
  task: string
  run: TaskRun
}

type Entry = NotedRun | { task: string; forgotten: true }

export interface Notes {
  /** By the id of the ECS task: what was noted last. */
  runs: Map<string, NotedRun>
  forgotten: Set<string>
}

/** A log stream beside those with the output of the runs, and kept as long as they are. */
const STREAM = 'task-runs'

/**
 * What is remembered of runs when ECS has forgotten them: each as it was when it started and when it ended. Whoever
 * writes only adds to it, so that any number may do so at once, and what it says does not depend on the order.
 */
export class Journal {
  readonly #account: Account
  readonly #logs: Logs

  constructor(account: Account, logs: Logs) {
    this.#account = account
    this.#logs = logs
  }

  async note(app: AppId, runs: readonly NotedRun[]): Promise<void> {
    if (runs.length > 0) await this.#append(app, runs)
  }

  async forget(app: AppId, task: string): Promise<void> {
    await this.#append(app, [{ task, forgotten: true }])
  }

  /** The newest, as many as one answer of CloudWatch holds: 1 MB. */
  async read(app: AppId): Promise<Notes> {
    const notes: Notes = { runs: new Map(), forgotten: new Set() }
    for (const entry of (await this.#messages(app)).flatMap(parse)) {
      if ('forgotten' in entry) notes.forgotten.add(entry.task)
      else if (isNews(entry, notes.runs.get(entry.task))) notes.runs.set(entry.task, entry)
    }
    return notes
  }

  async #append(app: AppId, entries: readonly Entry[]): Promise<void> {
    const logs = await this.#account.aws.logs()
    const timestamp = this.#account.clock.now()
    const put = () =>
      logs.putLogEvents({
        logGroupName: logGroup(app),
        logStreamName: STREAM,
        logEvents: entries.map((entry) => ({ timestamp, message: JSON.stringify(entry) })),
      })
    try {
      await put()
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw error
      await this.#logs.ensureStream(app, STREAM)
      await put()
    }
  }

  async #messages(app: AppId): Promise<string[]> {
    const logs = await this.#account.aws.logs()
    const stream = { logGroupName: logGroup(app), logStreamName: STREAM }
    let token: string | undefined
    try {
      for (;;) {
        const { events = [], nextBackwardToken } = await logs.getLogEvents({
          ...stream,
          startFromHead: false,
          ...(token !== undefined && { nextToken: token }),
        })
        // A page may be empty though there are more; at the end the token comes back that was sent.
        if (events.length > 0 || nextBackwardToken === token) return events.map(({ message = '' }) => message)
        token = nextBackwardToken
      }
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return []
      throw error
    }
  }
}

function isNews({ run }: NotedRun, known: NotedRun | undefined): boolean {
  return known === undefined || (isOver(run) && !isOver(known.run))
}

/** The stream is open to other hands: what is no entry is passed over. */
function parse(message: string): Entry[] {
  try {
    const entry = JSON.parse(message) as Partial<NotedRun & { forgotten: true }> | null
    if (typeof entry?.task !== 'string') return []
    if (entry.forgotten === true) return [{ task: entry.task, forgotten: true }]
    return typeof entry.run?.id === 'string' ? [{ task: entry.task, run: entry.run }] : []
  } catch {
    return []
  }
}
