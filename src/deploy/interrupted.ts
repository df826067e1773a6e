import type { AppId } from '../app/app.ts'
import { isoNow, type Clock } from '../app/clock.ts'
import type { Engine } from '../engine/engine.ts'
import type { Deployment } from '../engine/ledger.ts'
import type { DeployEvent } from './events.ts'

/** Told what happens to a deployment whose deployer died; for its log. */
export type TellInterrupted = (deployment: Deployment, event: DeployEvent) => void

/** Ends a deployment whose deployer died, for the ledger and for whoever watches it. */
export async function endInterrupted(
  engine: Engine,
  app: AppId,
  deployment: Deployment,
  { reason, hint, clock, tell }: { reason: string; hint: string | null; clock: Clock; tell: TellInterrupted },
): Promise<void> {
  await engine.ledger.finish(app, deployment.number, { outcome: 'interrupted', reason, release: null })
  tell(deployment, {
    at: isoNow(clock),
    type: 'deployment.finished',
    outcome: 'interrupted',
    reason,
    hint,
    diagnostics: [],
    release: null,
    seconds: deployment.started_at === null ? 0 : (clock.now() - Date.parse(deployment.started_at)) / 1_000,
  })
}
