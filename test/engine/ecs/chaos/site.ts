import { createHash } from 'node:crypto'

import { deployHere } from '../../../../src/deploy/deploy-here.ts'
import type { DeployIfNeededResult } from '../../../../src/deploy/deploy-if-needed.ts'
import type { DeployEvent } from '../../../../src/deploy/events.ts'
import { preview } from '../../../../src/deploy/preview.ts'
import type { Builder } from '../../../../src/engine/ecs/images/builder.ts'
import { openEcs, type OpenEcs } from '../../../../src/engine/ecs/open.ts'
import type { Plan } from '../../../../src/plan/types.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import type { Call } from '../../../fakes/aws/faults.ts'
import { VirtualClock } from '../../../fakes/virtual-clock.ts'
import { awsOf } from '../aws.ts'
import { APP } from './scenario.ts'
import { wantedBy, type Commit } from './wanted.ts'

export interface Deployed extends DeployIfNeededResult {
  events: DeployEvent[]
  bugs: unknown[]
}

/** Real milliseconds: all that takes longer than that holds the clock. */
const QUIET = 1

const NOBODY = new AbortController().signal
/** Removals are wanted here. */
const OPTIONS = { allow_remove: true }

/** An app's account, and deployers with clients of their own that work on it as the command line and the Action do. */
export class Site implements AsyncDisposable {
  readonly fake: FakeAws

  private constructor(fake: FakeAws) {
    this.fake = fake
  }

  /** With a variable that was set by hand, and with what was deployed there one after the other. */
  static async open(...deployed: Commit[]): Promise<Site> {
    const site = new Site(await FakeAws.start({ clock: new VirtualClock(QUIET) }))
    Object.assign(site.fake.ecs.durations, { provisioning: 1, pending: 1, healthy: 2, deprovisioning: 1 })
    const { engine } = await site.#open('setter')
    await engine.setVariable(APP, { name: 'LEVEL', value: 'debug', process: null, secret: false })
    for (const commit of deployed) await site.deploy(`before-${commit}`, commit)
    return site
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.fake[Symbol.asyncDispose]()
  }

  /** `on` is told each event as it comes. */
  async deploy(
    caller: string,
    commit: Commit,
    { signal = NOBODY, on = () => {} }: { signal?: AbortSignal; on?: (event: DeployEvent) => void } = {},
  ): Promise<Deployed> {
    const { engine, log } = await this.#open(caller)
    const { clock } = this.fake
    const events: DeployEvent[] = []
    const bugs: unknown[] = []
    const request = { want: () => wantedBy(engine, commit), plan: OPTIONS, supersedes: true }
    const entry = { kind: 'deploy', commit, title: commit } as const
    const emit = (event: DeployEvent) => {
      events.push(event)
      on(event)
    }
    const onBug = (error: unknown) => bugs.push(error)
    const asked = { app: APP, by: caller, entry, request }
    const result = await deployHere(engine, log, asked, { signal, clock, emit, onBug })
    return { ...result, events, bugs }
  }

  /** What is left to do, with everything read anew. */
  async plan(commit: Commit): Promise<Plan> {
    const { engine } = await this.#open('planner')
    return (await preview(engine, APP, await wantedBy(engine, commit), OPTIONS, { refresh: true })).plan
  }

  /** Deletes what nothing needs any more, as the next release does. */
  async prune(): Promise<void> {
    const { engine } = await this.#open('pruner')
    await engine.prune(APP)
  }

  calls(caller: string): Call[] {
    return this.fake.calls.filter((call) => call.caller === caller)
  }

  #open(caller: string): Promise<OpenEcs> {
    const options = { clock: this.fake.clock, aws: awsOf(this.fake, caller), builder: builderOf(this.fake) }
    return openEcs({ region: null, cluster: null }, options)
  }
}

/** Pushes what has the same digest for the same content. */
function builderOf(fake: FakeAws): Builder {
  return {
    async build({ reference }) {
      const [, repository = '', tag = ''] = /^[^/]+\/(.*):([^:]*)$/.exec(reference) ?? []
      fake.ecr.putImage(repository, [tag], `sha256:${createHash('sha256').update(tag).digest('hex')}`)
    },
  }
}
