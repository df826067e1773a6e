import type { AppId, EcsSettings } from '../../app/app.ts'
import { systemClock, type Clock } from '../../app/clock.ts'
import type { Account } from './account.ts'
import { Aws } from './aws.ts'
import type { DeploymentLog } from './deployment-log.ts'
import { EcsEngine } from './ecs-engine.ts'
import type { Builder } from './images/builder.ts'
import { dockerBuilder } from './images/docker-builder.ts'

/** The cluster that every account has or makes first. */
const DEFAULT_CLUSTER = 'default'

/** The engine with what doors without a server need beside it. */
export interface OpenEcs {
  engine: EcsEngine
  log: DeploymentLog
  cancel(app: AppId, deployment: number): Promise<void>
}

/** Makes no call: region and credentials are looked for with the first one. */
export function openAccount(
  { region, cluster }: Pick<EcsSettings, 'region' | 'cluster'>,
  { clock = systemClock, aws = new Aws({ region }) }: { clock?: Clock; aws?: Aws } = {},
): Account {
  return { aws, clock, cluster: cluster ?? DEFAULT_CLUSTER }
}

/** Makes no call either. */
export async function openEcs(
  settings: Pick<EcsSettings, 'region' | 'cluster'>,
  { builder = dockerBuilder, ...options }: { clock?: Clock; builder?: Builder; aws?: Aws } = {},
): Promise<OpenEcs> {
  const engine = new EcsEngine(openAccount(settings, options), builder)
  return { engine, log: engine.log, cancel: (app, deployment) => engine.cancel(app, deployment) }
}
