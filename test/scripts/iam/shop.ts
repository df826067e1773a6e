import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Scope } from '../../../scripts/iam/scope.ts'
import type { Policy } from '../../../scripts/iam/policies.ts'
import type { AppId } from '../../../src/app/app.ts'
import { EngineControl } from '../../../src/cli/engine-control.ts'
import type { Watched, Watching } from '../../../src/cli/control.ts'
import type { EcsEngine } from '../../../src/engine/ecs/ecs-engine.ts'
import { openEcs } from '../../../src/engine/ecs/open.ts'
import { Checkout } from '../../cli/checkout.ts'
import { awsOf } from '../../engine/ecs/aws.ts'
import { ACCOUNT, FakeAws, REGION } from '../../fakes/aws/fake-aws.ts'
import { allows, type Request } from './evaluate.ts'
import { requestsOf } from './requests.ts'

export const WISH = { force: false, rebuild: false, allow_remove: true }

export function scopeOf({ name, environment }: AppId, wholeApp = false): Scope {
  return {
    account: ACCOUNT,
    region: REGION,
    cluster: 'default',
    app: name,
    environment: wholeApp ? null : environment,
    roles: { execution: 'shop-execution', task: 'shop-task', scheduler: 'shop-scheduler' },
  }
}

/** Somebody who deploys an app from a checkout to a fake AWS that asks a policy about everything. */
export class Shop implements AsyncDisposable {
  readonly fake: FakeAws
  readonly engine: EcsEngine
  readonly control: EngineControl
  readonly checkout: Checkout
  /** Everything that IAM was asked so far. */
  readonly asked: Request[] = []
  readonly #folder: string

  private constructor(
    fake: FakeAws,
    engine: EcsEngine,
    control: EngineControl,
    checkout: Checkout,
    folder: string,
  ) {
    this.fake = fake
    this.engine = engine
    this.control = control
    this.checkout = checkout
    this.#folder = folder
    // Looked at before the call is carried out, while what it is about is still there.
    fake.faults.add({
      kind: 'error',
      when: (call) => {
        this.asked.push(...requestsOf(call, fake))
        return false
      },
    })
  }

  static async open(app: AppId): Promise<Shop> {
    const fake = await FakeAws.start()
    const folder = await mkdtemp(join(tmpdir(), 'gantry-iam-'))
    const builder = {
      async build({ reference }: { reference: string }) {
        const [, repository = '', tag = ''] = /^[^/]+\/(.*):([^:]*)$/.exec(reference) ?? []
        fake.ecr.putImage(repository, [tag])
      },
    }
    const aws = awsOf(fake)
    // To load the clients takes longer than the clock waits for.
    await Promise.all([
      aws.ecs(),
      aws.ecr(),
      aws.ssm(),
      aws.secretsManager(),
      aws.logs(),
      aws.autoscaling(),
      aws.scheduler(),
    ])
    const { engine, ...remote } = await openEcs(
      { region: REGION, cluster: null },
      { clock: fake.clock, aws, builder },
    )
    const control = new EngineControl({ engine, remote, app, folder, clock: fake.clock })
    return new Shop(fake, engine, control, new Checkout(folder), folder)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.fake[Symbol.asyncDispose]()
    await rm(this.#folder, { recursive: true, force: true })
  }

  deploy(wish: { rebuild?: boolean } = {}): Promise<Watched> {
    return this.watched((watching) => this.control.deploy('HEAD', { ...WISH, ...wish }, watching))
  }

  watched(start: (watching: Watching) => Promise<Watched>): Promise<Watched> {
    return start({ show: () => {}, signal: new AbortController().signal })
  }

  /** What IAM is asked while that is done. */
  async during(act: () => Promise<unknown>): Promise<Request[]> {
    const before = this.asked.length
    await act()
    return this.asked.slice(before)
  }

  /** What the policy does not allow of all that was asked. */
  refused(policy: Policy): Request[] {
    return this.asked.filter((request) => !allows(policy, request))
  }

  get actions(): Set<string> {
    return new Set(this.asked.map(({ action }) => action))
  }
}

/** The actions that a policy allows. */
export function allowedBy({ Statement: statements }: Policy): Set<string> {
  return new Set(statements.flatMap(({ Effect, Action }) => (Effect === 'Allow' ? Action : [])))
}
