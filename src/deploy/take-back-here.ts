import type { AppId } from '../app/app.ts'
import { isoNow, type Clock } from '../app/clock.ts'
import { messageOf } from '../app/errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deployment } from '../engine/ledger.ts'
import { EventBatches } from './event-batches.ts'
import type { DeployEvent } from './events.ts'
import { inheritLock } from './inherit-lock.ts'
import { recoverOne } from './recover.ts'
import type { DeploymentLog } from './remote.ts'

export interface TakeBackIo {
  clock: Clock
  signal: AbortSignal
  emit: (event: DeployEvent) => void
}

/**
 * Ends a deployment whose deployer is known to be dead, under the lock that it left: what it had changed goes back to
 * what it was. Gives the deployment as it is then; one that another deployment goes on from is left to that one.
 */
export async function takeBackHere(
  engine: Engine,
  log: DeploymentLog,
  app: AppId,
  number: number,
  { clock, signal, emit }: TakeBackIo,
): Promise<Deployment | null> {
  const lock = await inheritLock(engine, app, number, signal)
  if (lock !== null) {
    try {
      await endUnfinished(AbortSignal.any([signal, lock.signal]))
    } finally {
      await lock.release()
    }
  }
  return engine.ledger.deployment(app, number)

  async function endUnfinished(signal: AbortSignal): Promise<void> {
    const deployment = await engine.ledger.deployment(app, number)
    if (deployment === null || deployment.finished_at !== null) return
    const batches = new EventBatches(log, app, clock, (error) => {
      const text = `the log of this deployment is not stored: ${messageOf(error)}`
      emit({ at: isoNow(clock), type: 'notice', text })
    })
    const tell = (_: Deployment, event: DeployEvent): void => {
      batches.add(number, event)
      emit(event)
    }
    try {
      await recoverOne(engine, app, deployment, clock, tell, signal)
    } finally {
      await batches.close()
    }
  }
}
