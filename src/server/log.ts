import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

import type { AppId } from '../app/app.ts'
import type { Clock } from '../app/clock.ts'
import type { DeployEvent } from '../deploy/events.ts'
import { clean } from '../report/clean.ts'

/** What the server's own log tells. Of apps only names, numbers and reasons: never output, and no text of a commit. */
export function logDeployment(log: Logger, app: AppId, number: number): (event: DeployEvent) => void {
  const about = log.child({ app: app.name, environment: app.environment, deployment: number })
  return (event) => {
    if (event.type === 'deployment.started') {
      about.info({ kind: event.kind, commit: event.commit }, 'deployment started')
    } else if (event.type === 'instance.failed') {
      about.warn({ instance: clean(event.instance), reason: clean(event.reason) }, 'instance failed')
    } else if (event.type === 'deployment.finished') {
      const { outcome, release, seconds } = event
      const reason = event.reason === null ? null : clean(event.reason)
      about.info({ outcome, reason, release, seconds }, 'deployment ended')
    }
  }
}

/** Of an instance that had been up, outside of a deployment too. */
export function logLost(log: Logger, app: AppId, instance: string, reason: string): void {
  const { name, environment } = app
  log.warn({ app: name, environment, instance: clean(instance), reason: clean(reason) }, 'instance lost')
}

interface RefusedPush {
  app: string
  by: string
  refused: readonly { ref: string; reason: string }[]
}

/** One line for a push, whose refs may be many. */
export function logRefusedPush(log: Logger, { app, by, refused }: RefusedPush): void {
  const [first] = refused
  if (first === undefined) return
  const { ref, reason } = first
  const who = { app, by: clean(by) }
  log.info({ ...who, refs: refused.length, ref: clean(ref), reason: clean(reason) }, 'push refused')
}

/** After a line about tokens that were refused, none for so many milliseconds. */
const QUIET_MS = 60_000

/** Tells of tokens that nobody has: whoever tries many gets one line in a minute, with how many there were since the last. */
export function logWrongTokens(log: Logger, clock: Clock): RequestHandler {
  let count = 0
  let told = -Infinity
  return (request, response, next) => {
    // Whoever has gone has none any more.
    const address = clean(request.ip ?? 'unknown')
    response.once('close', () => {
      if (response.locals['wrongToken'] !== true) return
      count += 1
      if (clock.now() - told < QUIET_MS) return
      log.warn({ count, address }, 'wrong token refused')
      count = 0
      told = clock.now()
    })
    next()
  }
}
