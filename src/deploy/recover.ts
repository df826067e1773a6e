import { isDeepStrictEqual } from 'node:util'

import type { AppId } from '../app/app.ts'
import { isoNow, type Clock } from '../app/clock.ts'
import { messageOf } from '../app/errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deployment, DeploymentRecord } from '../engine/ledger.ts'
import type { NewDeployEvent } from './events.ts'
import { endInterrupted, type TellInterrupted } from './interrupted.ts'
import { undo, type Return } from './roll-out.ts'

/**
 * Ends the deployments whose deployer died: what they had changed goes back to their record, and they are marked as
 * interrupted. The next deployment then starts from what its plan expects. When the signal fires, what is left stays
 * unfinished for the next start.
 */
export async function recover(
  engine: Engine,
  app: AppId,
  clock: Clock,
  tell: TellInterrupted,
  signal: AbortSignal,
): Promise<Deployment[]> {
  const interrupted: Deployment[] = []
  // The latest first: an earlier one's record is what things were before the later one began.
  for (const deployment of (await engine.ledger.unfinished(app)).toReversed()) {
    if ((await recoverOne(engine, app, deployment, clock, tell, signal)) === null) break
    interrupted.push(deployment)
  }
  return interrupted
}

/** The same for one of them. How it is ended; null when the signal fired before. */
export async function recoverOne(
  engine: Engine,
  app: AppId,
  deployment: Deployment,
  clock: Clock,
  tell: TellInterrupted,
  signal: AbortSignal,
): Promise<string | null> {
  const say = (event: NewDeployEvent): void => tell(deployment, { at: isoNow(clock), ...event })
  let reason =
    deployment.status === 'queued' ? 'the deployer stopped while it waited' : 'the deployer stopped'
  if (deployment.record !== null)
    reason += `; ${await takeBack(engine, app, deployment.number, deployment.record, say, signal)}`
  if (signal.aborted) return null
  const hint = 'deploy again: nothing was lost'
  await endInterrupted(engine, app, deployment, { reason, hint, clock, tell })
  return reason
}

async function takeBack(
  engine: Engine,
  app: AppId,
  number: number,
  record: DeploymentRecord,
  emit: (event: NewDeployEvent) => void,
  signal: AbortSignal,
): Promise<string> {
  const running = await engine.observe(app)
  const changed = record.processes.flatMap(({ name, before }): Return[] => {
    const now = running.processes.find((process) => process.spec.name === name)
    const after = now === undefined ? null : { spec: now.spec, owned: now.owned, origin: now.origin }
    return isDeepStrictEqual(before, after) ? [] : [{ name, after, back: before }]
  })
  try {
    if (!isDeepStrictEqual(record.schedules, running.schedules))
      await engine.setSchedules(app, record.schedules)
    await undo({ app, number, engine, emit, signal, lost: signal }, changed, 'the deployer stopped', {
      signal,
    })
  } catch (error) {
    return messageOf(error)
  }
  return changed.length === 0 ? 'no process had been touched' : 'what it had changed was taken back'
}
