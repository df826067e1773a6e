import type { AppId, LogSettings } from '../app/app.ts'
import { showDuration } from '../app/duration.ts'
import type { Engine } from '../engine/engine.ts'
import type { DeploymentKind } from '../engine/ledger.ts'
import type { NewDeployEvent } from './events.ts'

export interface LogKeeping {
  engine: Engine
  app: AppId
  emit: (event: NewDeployEvent) => void
}

/**
 * Lets output be kept as long as the config says, also when nothing else is to do. Only a commit's config counts: a
 * roll-back to one with a shorter time would delete what nobody brings back.
 */
export async function keepLogs(
  { engine, app, emit }: LogKeeping,
  kind: DeploymentKind,
  { retention }: LogSettings,
): Promise<void> {
  if (kind !== 'deploy' || !(await engine.setLogRetention(app, retention))) return
  const text =
    retention === null
      ? 'logs are kept as long as there is room'
      : `logs are kept for ${showDuration(retention)}`
  emit({ type: 'notice', text })
}
