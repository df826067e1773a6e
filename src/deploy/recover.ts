import { isDeepStrictEqual } from 'node:util'

import type { AppId } from '../app/app.ts'
import { isoNow, type Clock } from '../app/clock.ts'
import { messageOf } from '../app/errors.ts'
import type { Engine, Transition } from '../engine/engine.ts'
import type { Deployment, DeploymentRecord } from '../engine/ledger.ts'
import type { DeployEvent, NewDeployEvent } from './events.ts'
import { undo } from './roll-out.ts'

/**
 * Ends the deployments whose deployer died: what they had changed goes back to their record, and they are marked as
 * interrupted. The next deployment then starts from what its plan expects. When the signal fires, what is left stays
 * unfinished for the next start.
 */
export async function recover(
  engine: Engine,
  app: AppId,
  clock: Clock,
  emit: (deployment: Deployment, event: DeployEvent) => void,
  signal: AbortSignal,
): Promise<Deployment[]> {
  const interrupted: Deployment[] = []
  // The latest first: an earlier one's record is what things were before the later one began.
  for (const deployment of (await engine.ledger.unfinished(app)).toReversed()) {
    const say = (event: NewDeployEvent): void => emit(deployment, { at: isoNow(clock), ...event })
    let reason =
      deployment.status === 'queued' ? 'the deployer stopped while it waited' : 'the deployer stopped'
    if (deployment.record !== null)
      reason += `; ${await takeBack(engine, app, deployment.number, deployment.record, say, signal)}`
    if (signal.aborted) break
    interrupted.push(deployment)
    await engine.ledger.finish(app, deployment.number, { outcome: 'interrupted', reason, release: null })
    say({
      type: 'deployment.finished',
      outcome: 'interrupted',
      reason,
      hint: 'deploy again: nothing was lost',
      diagnostics: [],
      release: null,
      seconds: deployment.started_at === null ? 0 : (clock.now() - Date.parse(deployment.started_at)) / 1_000,
    })
  }
  return interrupted
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
  const changed = record.processes.flatMap(({ name, before }): Transition[] => {
    const now = running.processes.find((process) => process.spec.name === name)
    const after = now === undefined ? null : { spec: now.spec, owned: now.owned, origin: now.origin }
    return isDeepStrictEqual(before, after) ? [] : [{ name, before, after }]
  })
  try {
    if (!isDeepStrictEqual(record.schedules, running.schedules))
      await engine.setSchedules(app, record.schedules)
    await undo({ app, number, engine, emit, signal }, changed, 'the deployer stopped', { signal })
  } catch (error) {
    return messageOf(error)
  }
  return changed.length === 0 ? 'no process had been touched' : 'what it had changed was taken back'
}
