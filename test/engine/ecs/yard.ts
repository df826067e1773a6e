import type { App, EcsSettings } from '../../../src/app/app.ts'
import type { Aws } from '../../../src/engine/ecs/aws.ts'
import type { EcsEngine } from '../../../src/engine/ecs/ecs-engine.ts'
import { openEcs } from '../../../src/engine/ecs/open.ts'
import { ACCOUNT, FakeAws, REGION } from '../../fakes/aws/fake-aws.ts'
import { anApp } from '../../plan/fixtures.ts'
import { Deployer } from '../deployer.ts'
import { awsOf } from './aws.ts'
import { namePusher } from './name-pusher.ts'

const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`

export const SETTINGS: EcsSettings = {
  region: REGION,
  cluster: 'default',
  subnets: ['subnet-1'],
  security_groups: ['sg-1'],
  assign_public_ip: true,
  namespace: 'internal',
  execution_role: role('execution'),
  task_role: null,
  scheduler_role: role('scheduler'),
}

/** The ecs engine on the fake AWS, and somebody who deploys to it. */
export class Yard extends Deployer implements AsyncDisposable {
  declare readonly engine: EcsEngine
  readonly fake: FakeAws
  /** For what other hands do. */
  readonly aws: Aws

  private constructor(fake: FakeAws, engine: EcsEngine) {
    super(engine, fake.clock)
    this.fake = fake
    this.aws = awsOf(fake, 'somebody')
  }

  static async open(): Promise<Yard> {
    const fake = await FakeAws.start()
    Object.assign(fake.ecs.durations, { provisioning: 1, pending: 1, healthy: 2, deprovisioning: 1 })
    const { engine } = await openEcs(
      { region: REGION, cluster: null },
      {
        clock: fake.clock,
        aws: awsOf(fake),
        builder: namePusher(fake),
      },
    )
    return new Yard(fake, engine)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.fake[Symbol.asyncDispose]()
  }
}

export function anEcsApp(components: Parameters<typeof anApp>[0], ecs: Partial<EcsSettings> = {}): App {
  return { ...anApp(components), engine: 'ecs', ecs: { ...SETTINGS, ...ecs } }
}
