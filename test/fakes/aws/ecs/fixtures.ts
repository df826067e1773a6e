import type {
  CreateServiceCommandInput,
  ECS,
  RegisterTaskDefinitionCommandInput,
  RunTaskCommandInput,
  UpdateServiceCommandInput,
} from '@aws-sdk/client-ecs'

import { awsOf } from '../../../engine/ecs/aws.ts'
import { FakeClock } from '../../fake-clock.ts'
import { FakeAws } from '../fake-aws.ts'
import { iamArn } from './arns.ts'

export const ROLE = iamArn('role/execution')
export const NETWORK = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
export const BREAKER = { deploymentCircuitBreaker: { enable: true, rollback: true } }
export const GROUP = '/gantry/shop/default'

type Container = NonNullable<RegisterTaskDefinitionCommandInput['containerDefinitions']>[number]

/** The fake with a clock that stands still, and what its tests say in few words. */
export class EcsFixture {
  readonly clock: FakeClock
  readonly fake: FakeAws
  readonly ecs: ECS

  private constructor(clock: FakeClock, fake: FakeAws, ecs: ECS) {
    this.clock = clock
    this.fake = fake
    this.ecs = ecs
  }

  static async start(): Promise<EcsFixture> {
    const clock = new FakeClock()
    const fake = await FakeAws.start({ clock })
    return new EcsFixture(clock, fake, (await awsOf(fake).ecs()) as ECS)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.fake[Symbol.asyncDispose]()
  }

  /** Registers a revision of `web`; answers its `family:revision`. */
  async define(
    container: Partial<Container> = {},
    more: Partial<RegisterTaskDefinitionCommandInput> = {},
  ): Promise<string> {
    const { taskDefinition } = await this.ecs.registerTaskDefinition(definition(container, more))
    return `${taskDefinition?.family}:${taskDefinition?.revision}`
  }

  /** Creates `web` on FARGATE, or however the input says. */
  create(input: Partial<CreateServiceCommandInput> = {}) {
    return this.ecs.createService({
      serviceName: 'web',
      taskDefinition: 'web',
      desiredCount: 1,
      networkConfiguration: NETWORK,
      ...(input.capacityProviderStrategy === undefined && { launchType: 'FARGATE' as const }),
      ...input,
    })
  }

  update(input: Partial<UpdateServiceCommandInput>) {
    return this.ecs.updateService({ service: 'web', ...input })
  }

  run(input: Partial<RunTaskCommandInput> = {}) {
    return this.ecs.runTask({
      taskDefinition: 'web',
      networkConfiguration: NETWORK,
      ...(input.capacityProviderStrategy === undefined && { launchType: 'FARGATE' as const }),
      ...input,
    })
  }

  /** As DescribeServices shows `web`. */
  async service() {
    const { services } = await this.ecs.describeServices({ services: ['web'], include: ['TAGS'] })
    return services![0]!
  }

  async primary() {
    return (await this.service()).deployments![0]!
  }

  async events(): Promise<string[]> {
    return (await this.service()).events!.map(({ message }) => message!)
  }

  /** The newest service deployment of `web`. */
  async serviceDeployment() {
    const { serviceDeployments: found } = await this.ecs.listServiceDeployments({ service: 'web' })
    const serviceDeploymentArns = [found![0]!.serviceDeploymentArn!]
    return (await this.ecs.describeServiceDeployments({ serviceDeploymentArns })).serviceDeployments![0]!
  }

  /** The one task that RunTask started, as DescribeTasks shows it. */
  async task(arn: string) {
    return (await this.ecs.describeTasks({ tasks: [arn], include: ['TAGS'] })).tasks![0]!
  }

  /** A service that is steady, and what it is to become. */
  async steady(input: Partial<CreateServiceCommandInput> = {}): Promise<void> {
    await this.define()
    await this.create(input)
    this.clock.advance(60)
  }

  /** Seconds until something is so, looked at every second. */
  async until(isSo: () => Promise<boolean>, most = 600): Promise<number> {
    for (let second = 0; second <= most; second++) {
      if (await isSo()) return second
      this.clock.advance(1)
    }
    throw new Error(`it is not so after ${most} s`)
  }
}

export function definition(
  container: Partial<Container> = {},
  more: Partial<RegisterTaskDefinitionCommandInput> = {},
): RegisterTaskDefinitionCommandInput {
  return {
    family: 'web',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
    containerDefinitions: [{ name: 'main', image: 'registry.test/web:1', ...container }],
    ...more,
  }
}
