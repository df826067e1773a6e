import type { AppId } from '../app/app.ts'
import { isoNow } from '../app/clock.ts'
import { CancelledError } from '../app/errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { Running } from '../engine/running.ts'
import { isEmpty } from '../plan/plan.ts'
import type { Plan } from '../plan/types.ts'
import { deploy, lacksRelease, type DeployIo, type DeployResult } from './deploy.ts'
import { ended, refused, type End } from './end.ts'
import type { NewDeployEvent } from './events.ts'
import { keepLogs } from './keep-logs.ts'
import type { Wanted } from './prepare.ts'
import { preview } from './preview.ts'
import type { Requested } from './requests.ts'

export interface NewRequest extends Requested {
  app: AppId
  by: string
}

export interface DeployIfNeededResult extends DeployResult {
  /** Null: nothing was recorded, because there was nothing to do or the plan is blocked. */
  number: number | null
}

/**
 * Deploys, unless a look without the lock shows that there is nothing to do, or that it must not be done: then nothing
 * is written but for how long logs are kept, where the config says something new. Its events are those of a deployment that has not started.
 *
 * @throws ConfigError, and other UserErrors about the request, before anything was written
 */
export async function deployIfNeeded(
  engine: Engine,
  { app, by, entry, request }: NewRequest,
  io: DeployIo,
): Promise<DeployIfNeededResult> {
  const began = io.clock.now()
  const { wanted, plan, running } = await look(engine, app, request, io)
  const end = await endWithoutWrite(engine, app, plan, running)
  if (end === null) {
    const deployment = await engine.ledger.open(app, { ...entry, by })
    return { number: deployment.number, ...(await deploy(engine, { app, deployment, ...request }, io)) }
  }
  const { outcome, reason, hint, diagnostics } = end
  const emit = (event: NewDeployEvent): void => io.emit({ at: isoNow(io.clock), ...event })
  if (wanted.files.length > 0)
    emit({ type: 'config.read', files: wanted.files, diagnostics: wanted.warnings })
  emit({ type: 'plan.made', plan })
  if (outcome === 'unchanged') await keepLogs({ engine, app, emit }, entry.kind, wanted.app.logs)
  const seconds = (io.clock.now() - began) / 1_000
  emit({ type: 'deployment.finished', outcome, reason, hint, diagnostics, release: null, seconds })
  return { number: null, outcome, release: null, reason }
}

async function look(
  engine: Engine,
  app: AppId,
  { want, plan: options }: Requested['request'],
  { signal }: DeployIo,
): Promise<{ wanted: Wanted; plan: Plan; running: Running }> {
  try {
    const wanted = await want()
    const { plan, running } = await preview(engine, app, wanted, options, { signal })
    signal.throwIfAborted()
    return { wanted, plan, running }
  } catch (error) {
    if (signal.aborted) throw new CancelledError('cancelled before anything was changed', { cause: error })
    throw error
  }
}

/** Null when there is something to do. What a deployer left that died is something, if it had its turn. */
async function endWithoutWrite(
  engine: Engine,
  app: AppId,
  plan: Plan,
  running: Running,
): Promise<End | null> {
  if (plan.blocked.length > 0) return refused(plan.blocked)
  if (!isEmpty(plan) || lacksRelease(running)) return null
  const unfinished = running.underway ? await engine.ledger.unfinished(app) : []
  return unfinished.some(({ status }) => status !== 'queued') ? null : ended('unchanged', null)
}
