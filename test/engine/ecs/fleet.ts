import { stringify } from 'yaml'

import { deployHere } from '../../../src/deploy/deploy-here.ts'
import type { DeployIfNeededResult } from '../../../src/deploy/deploy-if-needed.ts'
import { requestCommit } from '../../../src/deploy/requests.ts'
import { openEcs, type OpenEcs } from '../../../src/engine/ecs/open.ts'
import type { Call } from '../../fakes/aws/faults.ts'
import { FakeAws } from '../../fakes/aws/fake-aws.ts'
import { VirtualClock } from '../../fakes/virtual-clock.ts'
import { InMemoryRepository } from '../../git/in-memory-repository.ts'
import { awsOf } from './aws.ts'
import { namePusher } from './name-pusher.ts'

export interface FleetOptions {
  clock?: VirtualClock
  processes: number
  /** How many of them are autoscaled. */
  autoscaled?: number
}

export interface FleetConfig {
  /** Whose variable has another value than before. */
  changed?: string
  /** What the image holds. */
  code?: string
}

export interface Deployed extends DeployIfNeededResult {
  calls: Call[]
  /** As `stopwatch` has it. */
  seconds: number
}

const APP = { name: 'fleet', environment: 'production' }
const ROLE = 'arn:aws:iam::123456789012:role/execution'

/** An app of many processes, deployed as the doors do that have no server behind them. */
export class Fleet implements AsyncDisposable {
  readonly fake: FakeAws
  readonly #clock: VirtualClock
  readonly #repository = new InMemoryRepository()
  readonly #options: FleetOptions

  private constructor(fake: FakeAws, clock: VirtualClock, options: FleetOptions) {
    this.fake = fake
    this.#clock = clock
    this.#options = options
  }

  static async open(options: FleetOptions): Promise<Fleet> {
    const { clock = new VirtualClock() } = options
    return new Fleet(await FakeAws.start({ clock }), clock, options)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.fake[Symbol.asyncDispose]()
  }

  /** By a deployer that has just started and knows nothing. */
  async deploy(config: FleetConfig = {}): Promise<Deployed> {
    const { clock, calls } = this.fake
    calls.length = 0
    const seconds = this.stopwatch()
    const { engine, log } = await this.#engine()
    const commit = this.#repository.add({
      'gantry.yml': stringify(this.#config(config)),
      Dockerfile: 'FROM scratch\n',
      'main.py': config.code ?? 'first',
    })
    const requested = await requestCommit(engine, APP, {
      repository: this.#repository,
      commit,
      rebuild: false,
      allow_remove: true,
      clock,
    })
    const request = { app: APP, by: 'test', ...requested }
    const result = await deployHere(engine, log, request, {
      signal: new AbortController().signal,
      clock,
      emit: () => {},
      onBug: (error) => {
        throw error
      },
    })
    return { ...result, calls: [...calls], seconds: seconds() }
  }

  /** Says how many seconds somebody waited since: real ones for the calls, and those of the fake's clock for rollouts. */
  stopwatch(): () => number {
    const now = (): number => performance.now() - this.#clock.idle + this.#clock.now()
    const began = now()
    return () => (now() - began) / 1_000
  }

  #engine(): Promise<OpenEcs> {
    const { fake } = this
    return openEcs(
      { region: null, cluster: null },
      {
        clock: fake.clock,
        aws: awsOf(fake),
        builder: namePusher(fake),
      },
    )
  }

  #config({ changed }: FleetConfig): object {
    const { processes: count, autoscaled = 0 } = this.#options
    const names = Array.from({ length: count }, (_, index) => `process-${index + 1}`)
    const scaling = { scale_count: 2, scale_type: 'demand', autoscaling_cpu_threshold: 70 }
    const processes = names.map((name, index) => [
      name,
      {
        command: '/fake/stays-up',
        ...(name === changed && { env: { CHANGED: 'yes' } }),
        ...(index < autoscaled && scaling),
      },
    ])
    return {
      app: APP.name,
      engine: 'ecs',
      ecs: { subnets: ['subnet-1'], execution_role: ROLE },
      processes: Object.fromEntries(processes),
    }
  }
}
