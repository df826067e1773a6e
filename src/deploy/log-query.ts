import type { AppId } from '../app/app.ts'
import { UserError } from '../app/errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { LogQuery } from '../engine/logs.ts'
import { findDeployment } from './find-deployment.ts'
import { checkLogName } from './log-names.ts'

/** What somebody wants to read of an app's output, as the doors take it. */
export interface LogWish extends Omit<LogQuery, 'before'> {
  /** Number: only what was written from this deployment's start to the next one's. */
  deployment?: number
}

/**
 * What the engine is asked for.
 *
 * @throws NotFoundError for a process that never wrote anything and for a deployment that is not known; UserError for
 *   one that never began
 */
export async function logQueryOf(
  engine: Engine,
  app: AppId,
  { deployment, ...wish }: Omit<LogWish, 'signal'>,
): Promise<Omit<LogQuery, 'signal'>> {
  if (wish.process !== null) await checkLogName(engine, app, wish.process)
  if (deployment === undefined) return wish
  const { from, before } = await spanOf(engine, app, deployment)
  const since = wish.since !== undefined && wish.since > from ? wish.since : from
  return { ...wish, since, ...(before !== null && { before }) }
}

/** ISO times: when a deployment began, and when the next one did, which is null while there is none. */
async function spanOf(
  { ledger }: Engine,
  app: AppId,
  number: number,
): Promise<{ from: string; before: string | null }> {
  const { started_at: from } = await findDeployment(ledger, app, number)
  if (from === null) {
    throw new UserError(`deployment #${number} has not started: nothing ran with it`, {
      hint: `\`gantry deployment show ${number}\` tells what became of it`,
    })
  }
  // Those that never had their turn are stepped over.
  for (let after = number + 1; ; after++) {
    const next = await ledger.deployment(app, after)
    if (next === null) return { from, before: null }
    if (next.started_at !== null) return { from, before: next.started_at }
  }
}
