import { isoNow } from '../app/clock.ts'
import { messageOf } from '../app/errors.ts'
import type { Engine } from '../engine/engine.ts'
import { deployIfNeeded, type DeployIfNeededResult, type NewRequest } from './deploy-if-needed.ts'
import type { DeployIo } from './deploy.ts'
import { EventBatches } from './event-batches.ts'
import type { DeployEvent } from './events.ts'
import type { DeploymentLog } from './remote.ts'

/**
 * Deploys in this process, for a door that has no server behind it: if needed, with its events in the log that all doors
 * read, and from where deployers left off that died.
 */
export async function deployHere(
  engine: Engine,
  log: DeploymentLog,
  request: NewRequest,
  io: Omit<DeployIo, 'tellInterrupted'>,
): Promise<DeployIfNeededResult> {
  const batches = new EventBatches(log, request.app, io.clock, (error) => {
    const text = `the log of this deployment is not stored: ${messageOf(error)}`
    io.emit({ at: isoNow(io.clock), type: 'notice', text })
  })
  let number: number | null = null
  const emit = (event: DeployEvent): void => {
    if (event.type === 'deployment.started') number = event.number
    if (number !== null) batches.add(number, event)
    io.emit(event)
  }
  try {
    return await deployIfNeeded(engine, request, {
      ...io,
      emit,
      tellInterrupted: (interrupted, event) => batches.add(interrupted.number, event),
    })
  } finally {
    await batches.close()
  }
}
