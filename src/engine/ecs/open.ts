import type { AppId, EcsSettings } from '../../app/app.ts'
import { systemClock, type Clock } from '../../app/clock.ts'
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
export async function openEcs(
  { region, cluster }: Pick<EcsSettings, 'region' | 'cluster'>,
  options: { clock?: Clock; builder?: Builder; aws?: Aws } = {},
): Promise<OpenEcs> {
  const { clock = systemClock, builder = dockerBuilder, aws = new Aws({ region }) } = options
  const engine = new EcsEngine({ aws, clock, cluster: cluster ?? DEFAULT_CLUSTER }, builder)
  return { engine, log: engine.log, cancel: (app, deployment) => engine.cancel(app, deployment) }
}
