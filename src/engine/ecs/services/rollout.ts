import type { Service } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import type { RolloutIo, Transition, Verdict } from '../../rollout.ts'
import type { Account } from '../account.ts'
import type { Definitions } from '../definition/register.ts'
import { Autoscaling } from './autoscaling.ts'
import { describeServices, Looks } from './describe.ts'
import { patiently } from '../patiently.ts'
import { ProcessRollout, serviceNameOf } from './process-rollout.ts'
import type { RolloutTools } from './rollout-tools.ts'
import { Watcher } from './watch.ts'

export type RolloutsOptions = Pick<RolloutTools, 'remember' | 'warn'>

/** Seconds for which AWS may be too busy to say what runs, before anything is written. */
const LONGEST_REFUSAL = 600

/** Makes transitions of processes true. */
export class Rollouts {
  readonly #account: Account
  readonly #definitions: Definitions
  readonly #options: RolloutsOptions

  constructor(account: Account, definitions: Definitions, options: RolloutsOptions) {
    this.#account = account
    this.#definitions = definitions
    this.#options = options
  }

  /** See Engine.rollout: all at once, and each judged alone. */
  async rollout(app: AppId, transitions: readonly Transition[], io: RolloutIo): Promise<Verdict[]> {
    const tools: RolloutTools = {
      ...this.#options,
      account: this.#account,
      app,
      definitions: this.#definitions,
      autoscaling: new Autoscaling(this.#account),
      watcher: new Watcher(this.#account),
      looks: new Looks(this.#account),
      lost: io.lost ?? new AbortController().signal,
    }
    const { clock } = this.#account
    const limits = { clock, until: clock.now() + LONGEST_REFUSAL * 1_000, signal: io.signal }
    const names = transitions.flatMap((each) => namesOf(app, each))
    let services: Promise<Map<string, Service>> | null = null
    const describe = () => (services ??= patiently(limits, () => describeServices(this.#account, names)))
    return Promise.all(transitions.map((each) => new ProcessRollout(tools, each, io).run(describe)))
  }
}

/** Of its service before and after: most often one. */
function namesOf(app: AppId, { before, after }: Transition): string[] {
  return [before, after].flatMap((state) => (state === null ? [] : [serviceNameOf({ app }, state)]))
}
