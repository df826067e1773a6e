import type { CreateServiceCommandInput, UpdateServiceCommandInput } from '@aws-sdk/client-ecs'

import type { RolloutEvent } from '../../../../src/engine/rollout.ts'
import type { Account } from '../../../../src/engine/ecs/account.ts'
import { logGroup } from '../../../../src/engine/ecs/names.ts'
import { primaryOf, revisionOf } from '../../../../src/engine/ecs/services/shape.ts'
import type { Ended, Watched } from '../../../../src/engine/ecs/services/verdict.ts'
import { Watcher } from '../../../../src/engine/ecs/services/watch.ts'
import { FakeAws, type FakeAwsOptions } from '../../../fakes/aws/fake-aws.ts'
import { awsOf } from '../aws.ts'

export const APP = { name: 'shop', environment: 'default' }

/** The program of a definition, as the fake knows them, and what else is in its container. */
export interface Program {
  command?: string[]
  image?: string
  secrets?: { name: string; valueFrom: string }[]
  healthCheck?: { command: string[]; interval?: number; retries?: number }
}

/** A fake AWS with services that tests change as the engine does, and a watcher that looks at them. */
export class Stage implements AsyncDisposable {
  readonly fake: FakeAws
  readonly account: Account
  readonly watcher: Watcher
  readonly events: RolloutEvent[] = []

  private constructor(fake: FakeAws) {
    this.fake = fake
    this.account = { aws: awsOf(fake), clock: fake.clock, cluster: 'default' }
    this.watcher = new Watcher(this.account)
  }

  static async open(options: FakeAwsOptions = {}): Promise<Stage> {
    const stage = new Stage(await FakeAws.start(options))
    // Every virtual second costs a few real milliseconds.
    Object.assign(stage.fake.ecs.durations, { healthy: 6, target: 6, provisioning: 2, pending: 2 })
    await (await stage.account.aws.logs()).createLogGroup({ logGroupName: logGroup(APP) })
    return stage
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.fake[Symbol.asyncDispose]()
  }

  /** Seconds since the epoch, by the fake. */
  get now(): number {
    return this.fake.clock.now() / 1_000
  }

  async register(family: string, { command = ['/fake/stays-up'], image = 'app:1', ...more }: Program = {}) {
    const ecs = await this.account.aws.ecs()
    const { taskDefinition } = await ecs.registerTaskDefinition({
      family,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      containerDefinitions: [
        {
          name: 'main',
          image,
          command,
          portMappings: [{ containerPort: 3000 }],
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': logGroup(APP),
              'awslogs-stream-prefix': family,
              'awslogs-region': 'eu-west-1',
            },
          },
          ...more,
        },
      ],
    })
    return `${family}:${taskDefinition!.revision}`
  }

  async create(
    process: string,
    program: Program = {},
    more: Partial<CreateServiceCommandInput> = {},
  ): Promise<Watched> {
    const ecs = await this.account.aws.ecs()
    const { service } = await ecs.createService({
      cluster: 'default',
      serviceName: process,
      taskDefinition: await this.register(process, program),
      desiredCount: 1,
      capacityProviderStrategy: [{ capacityProvider: 'FARGATE', base: 0, weight: 1 }],
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
      ...more,
    })
    return watchedOf(process, service!)
  }

  async update(
    process: string,
    input: Partial<UpdateServiceCommandInput> & { program?: Program },
  ): Promise<Watched> {
    const { program, ...more } = input
    const ecs = await this.account.aws.ecs()
    const { service } = await ecs.updateService({
      cluster: 'default',
      service: process,
      ...(program !== undefined && { taskDefinition: await this.register(process, program) }),
      ...more,
    })
    return watchedOf(process, service!)
  }

  watch(watched: Watched, signal = new AbortController().signal): Promise<Ended> {
    return this.watcher.watch(watched, { signal, report: (event) => this.events.push(event) })
  }

  /** A service that runs, steady. */
  async running(process: string, more: Partial<CreateServiceCommandInput> = {}): Promise<void> {
    const ended = await this.watch(await this.create(process, {}, more))
    if (ended.outcome !== 'steady') throw new Error(`${process} is ${ended.outcome}: ${ended.reason}`)
    this.events.length = 0
  }

  /** How often an operation was called since the stage opened. */
  count(operation: string): number {
    return this.fake.calls.filter((call) => call.operation === operation).length
  }
}

type Described = Parameters<typeof primaryOf>[0]

function watchedOf(process: string, service: Described): Watched {
  return {
    process,
    service: process,
    deployment: primaryOf(service)!.id!,
    revision: revisionOf(service),
    desired: service.desiredCount!,
    port: 3000,
    timeout: 900,
  }
}
