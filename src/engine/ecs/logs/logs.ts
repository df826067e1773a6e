import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs'

import type { AppId } from '../../../app/app.ts'
import type { LogLine, LogQuery } from '../../logs.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'
import { logGroup } from '../names.ts'
import { ownerOf, streamsOf } from './events.ts'
import { LogReader } from './reader.ts'

/** Long enough to look into last week's trouble, and not paid for for ever, as CloudWatch would keep it. */
const KEPT_DAYS = 30

/** Streams are asked for by 50. Whoever wrote nothing in so many streams has written nothing for long. */
const MOST_PAGES = 20

/** The output of an app's instances in CloudWatch: one log group, with one stream for each of them. */
export class Logs {
  readonly #account: Account
  readonly #ensured = new Map<string, Promise<void>>()

  constructor(account: Account) {
    this.#account = account
  }

  /**
   * Makes the log group of an app when it is missing, at most once. Where nobody has said how long it keeps its events,
   * it is 30 days from then on.
   */
  ensureGroup(app: AppId): Promise<void> {
    const group = logGroup(app)
    let ensured = this.#ensured.get(group)
    if (ensured === undefined) {
      ensured = this.#ensure(group).catch((error: unknown) => {
        this.#ensured.delete(group)
        throw problemOf(error, `make the log group ${group}`)
      })
      this.#ensured.set(group, ensured)
    }
    return ensured
  }

  /** For how many days events are kept, whoever said otherwise before. True where that is new. */
  async setRetention(app: AppId, retentionInDays: number): Promise<boolean> {
    const logGroupName = logGroup(app)
    const logs = await this.#account.aws.logs()
    try {
      const found = await this.#find(logGroupName)
      if (found?.retentionInDays === retentionInDays) return false
      if (found === null) await this.ensureGroup(app)
      await logs.putRetentionPolicy({ logGroupName, retentionInDays })
      return true
    } catch (error) {
      throw problemOf(error, `set how long the log group ${logGroupName} keeps its events`)
    }
  }

  /** Makes a log stream of an app when it is missing, and its group. */
  async ensureStream(app: AppId, logStreamName: string): Promise<void> {
    await this.ensureGroup(app)
    const logs = await this.#account.aws.logs()
    try {
      await logs.createLogStream({ logGroupName: logGroup(app), logStreamName })
    } catch (error) {
      if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error
    }
  }

  /** Oldest first; with `follow` it goes on until the signal fires. All lines are of the stream `out`. */
  async *read(app: AppId, query: LogQuery): AsyncGenerator<LogLine> {
    try {
      yield* new LogReader(this.#account, app, query).lines()
    } catch (error) {
      throw problemOf(error, `read the log group ${logGroup(app)}`)
    }
  }

  /** The last messages of one instance: `web` or `web/proxy`, and the id of its ECS task. */
  async tail(app: AppId, component: string, taskId: string, count: number): Promise<string[]> {
    const logs = await this.#account.aws.logs()
    const logStreamName = `${streamsOf(component)}${taskId}`
    try {
      const { events = [] } = await logs.getLogEvents({
        logGroupName: logGroup(app),
        logStreamName,
        limit: count,
        startFromHead: false,
      })
      return events.map((event) => event.message ?? '')
    } catch (error) {
      if (isNamed(error, 'ResourceNotFoundException')) return []
      throw problemOf(error, `read the log stream ${logStreamName}`)
    }
  }

  /** Which processes, containers and tasks have written something lately: `web`, `web/proxy`, `task.migrate`. */
  async names(app: AppId): Promise<string[]> {
    const logs = await this.#account.aws.logs()
    const names = new Set<string>()
    let token: string | undefined
    try {
      for (let page = 0; page < MOST_PAGES; page++) {
        const { logStreams = [], nextToken } = await logs.describeLogStreams({
          logGroupName: logGroup(app),
          orderBy: 'LastEventTime',
          descending: true,
          ...(token !== undefined && { nextToken: token }),
        })
        for (const { logStreamName = '' } of logStreams) {
          const owner = ownerOf(logStreamName)
          if (owner !== null) names.add(owner.component)
        }
        token = nextToken
        if (token === undefined) break
      }
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException')) throw problemOf(error, 'list the log streams')
    }
    return [...names].sort()
  }

  /** Deletes all output of an app. */
  async removeGroup(app: AppId): Promise<void> {
    const logs = await this.#account.aws.logs()
    const group = logGroup(app)
    this.#ensured.delete(group)
    try {
      await logs.deleteLogGroup({ logGroupName: group })
    } catch (error) {
      if (!isNamed(error, 'ResourceNotFoundException'))
        throw problemOf(error, `delete the log group ${group}`)
    }
  }

  async #ensure(group: string): Promise<void> {
    const logs = await this.#account.aws.logs()
    try {
      await logs.createLogGroup({ logGroupName: group })
    } catch (error) {
      // Somebody else makes it at this moment, or has made it, and may have been killed before its next call.
      if (!isNamed(error, 'ResourceAlreadyExistsException', 'OperationAbortedException')) throw error
      if ((await this.#find(group))?.retentionInDays !== undefined) return
    }
    await logs.putRetentionPolicy({ logGroupName: group, retentionInDays: KEPT_DAYS })
  }

  async #find(group: string): Promise<LogGroup | null> {
    const logs = await this.#account.aws.logs()
    const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: group, limit: 1 })
    // Names are given in their order: what only begins alike comes after.
    return logGroups[0]?.logGroupName === group ? logGroups[0] : null
  }
}
