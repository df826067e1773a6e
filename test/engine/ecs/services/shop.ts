import type { Service } from '@aws-sdk/client-ecs'

import type { Placement, RolloutSettings } from '../../../../src/app/app.ts'
import type { ProcessSpec, ProcessState } from '../../../../src/app/spec.ts'
import type { Account } from '../../../../src/engine/ecs/account.ts'
import { Definitions } from '../../../../src/engine/ecs/definition/register.ts'
import { logGroup, serviceName } from '../../../../src/engine/ecs/names.ts'
import type { StoredProcess } from '../../../../src/engine/ecs/parameters/state.ts'
import type { Wanted } from '../../../../src/engine/ecs/services/in-the-way.ts'
import {
  observeServices,
  type ObservedServices,
  type ObserveServicesOptions,
} from '../../../../src/engine/ecs/services/observe.ts'
import { Rollouts } from '../../../../src/engine/ecs/services/rollout.ts'
import type { RolloutEvent, Verdict } from '../../../../src/engine/rollout.ts'
import type { Call } from '../../../fakes/aws/faults.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { processSpec, stateOf } from '../../specs.ts'
import { awsOf } from '../aws.ts'

export const APP = { name: 'shop', environment: 'production' }
export const IMAGE = { kind: 'pinned', reference: 'example.com/shop:1' } as const
export const TARGET_GROUP =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef'

export const PLACEMENT: Placement = {
  architecture: 'x86_64',
  subnets: ['subnet-2', 'subnet-1'],
  security_groups: ['sg-1'],
  assign_public_ip: true,
  namespace: null,
  execution_role: 'arn:aws:iam::123456789012:role/execution',
  task_role: null,
  scheduler_role: null,
}

const NOBODY = new AbortController().signal

/** An app in a fake AWS, and what the ledger knows of its processes. */
export class Shop implements AsyncDisposable {
  readonly fake: FakeAws
  readonly account: Account
  readonly definitions: Definitions
  readonly rollouts: Rollouts
  /** What was remembered, as the ledger would. */
  readonly stored: Record<string, StoredProcess> = {}
  readonly warnings: string[] = []
  readonly events: RolloutEvent[] = []

  private constructor(fake: FakeAws) {
    this.fake = fake
    this.account = { aws: awsOf(fake), clock: fake.clock, cluster: 'default' }
    this.definitions = new Definitions(this.account)
    this.rollouts = this.deployer()
  }

  /** As another process would roll out, with clients of its own. */
  deployer(caller?: string): Rollouts {
    const account = { ...this.account, aws: awsOf(this.fake, caller) }
    return new Rollouts(account, new Definitions(account), {
      remember: (process, stored) => {
        if (stored === null) delete this.stored[process]
        else this.stored[process] = stored
      },
      warn: (text) => this.warnings.push(text),
    })
  }

  static async open(): Promise<Shop> {
    const shop = new Shop(await FakeAws.start())
    await (await shop.account.aws.logs()).createLogGroup({ logGroupName: logGroup(APP) })
    // Most tests ask what comes out, not how long it takes.
    Object.assign(shop.fake.ecs.durations, { provisioning: 1, pending: 1, healthy: 2 })
    shop.forget()
    return shop
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.fake[Symbol.asyncDispose]()
  }

  spec(more: Partial<ProcessSpec> = {}, rollout: Partial<RolloutSettings> = {}): ProcessSpec {
    return processSpec('web', ['/fake/stays-up'], IMAGE, {
      placement: PLACEMENT,
      rollout: { overlap: true, on_failure: 'rollback', timeout: 900, min_up: 1, ...rollout },
      ...more,
    })
  }

  state(more: Partial<ProcessSpec> = {}, rollout: Partial<RolloutSettings> = {}): ProcessState {
    return stateOf(this.spec(more, rollout))
  }

  async roll(
    before: ProcessState | null,
    after: ProcessState | null,
    signal = NOBODY,
    report: (event: RolloutEvent) => void = () => {},
  ): Promise<Verdict> {
    const { name } = (after ?? before)!.spec
    const verdicts = await this.rollouts.rollout(APP, [{ name, before, after }], {
      signal,
      report: (event) => {
        this.events.push(event)
        report(event)
      },
    })
    return verdicts[0]!
  }

  /** A process that runs, steady. The calls that made it are forgotten. */
  async running(state: ProcessState): Promise<ProcessState> {
    const verdict = await this.roll(null, state)
    if (verdict.outcome !== 'steady') throw new Error(`${verdict.outcome}: ${verdict.reason}`)
    this.forget()
    return state
  }

  forget(): void {
    this.fake.calls.length = 0
    this.events.length = 0
  }

  observe(
    { wanted, ...options }: Partial<ObserveServicesOptions> & { wanted?: Wanted[] } = {},
    processes = ['web'],
  ): Promise<ObservedServices> {
    const names = processes.map((process) => ({ process, service: serviceName(APP, process, null) }))
    return observeServices(this.account, this.definitions, APP, wanted ?? names, {
      stored: this.stored,
      ...options,
    })
  }

  /** What observing says that the process is; null for nothing. */
  async observed(process = 'web'): Promise<ProcessState | null> {
    return (await this.observe({}, [process])).processes[0]?.state ?? null
  }

  async described(name = serviceName(APP, 'web', null)): Promise<Service | null> {
    const ecs = await this.account.aws.ecs()
    const { services = [] } = await ecs.describeServices({
      cluster: 'default',
      services: [name],
      include: ['TAGS'],
    })
    return services[0] ?? null
  }

  async tags(): Promise<Record<string, string>> {
    const service = await this.described()
    return Object.fromEntries((service?.tags ?? []).map(({ key, value }) => [key!, value!]))
  }

  calls(operation: string): Call[] {
    return this.fake.calls.filter((call) => call.operation === operation)
  }

  writes(): string[] {
    return this.fake.calls.filter((call) => call.writes).map((call) => call.operation)
  }
}
