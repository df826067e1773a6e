import type { CreateServiceCommandInput, Service, Tag, UpdateServiceCommandInput } from '@aws-sdk/client-ecs'

import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { TAG } from '../names.ts'
import { patiently, type Limits } from '../patiently.ts'

/** Tags under this prefix are ours; all others of a service belong to whoever set them. */
export const OWN_TAGS = 'gantry:'

/** The calls that change one service. Each may be repeated, and waits while AWS is too busy. */
export class ServiceCalls {
  readonly #account: Account
  readonly #name: string
  readonly #limits: () => Limits

  constructor(account: Account, name: string, limits: () => Limits) {
    this.#account = account
    this.#name = name
    this.#limits = limits
  }

  async create(input: Omit<CreateServiceCommandInput, 'cluster' | 'serviceName'>): Promise<Service> {
    const { aws, cluster } = this.#account
    const ecs = await aws.ecs()
    const { service } = await patiently(this.#limits(), () =>
      ecs.createService({ cluster, serviceName: this.#name, ...input }),
    )
    return service!
  }

  async update(input: Omit<UpdateServiceCommandInput, 'cluster' | 'service'>): Promise<Service> {
    const { aws, cluster } = this.#account
    const ecs = await aws.ecs()
    const { service } = await patiently(this.#limits(), () =>
      ecs.updateService({ cluster, service: this.#name, ...input }),
    )
    return service!
  }

  /** Makes these the tags of ours that a service has. */
  async tag({ serviceArn, tags = [] }: Service, wanted: readonly Tag[]): Promise<void> {
    const ecs = await this.#account.aws.ecs()
    const now = new Map(tags.map(({ key, value }) => [key, value]))
    const changed = wanted.filter(({ key, value }) => now.get(key) !== value)
    const keys = new Set(wanted.map(({ key }) => key))
    // That it was adopted does not end with what it runs.
    keys.add(TAG.adopted)
    const gone = [...now.keys()].filter((key) => key?.startsWith(OWN_TAGS) && !keys.has(key)) as string[]
    if (changed.length > 0) {
      await patiently(this.#limits(), () => ecs.tagResource({ resourceArn: serviceArn, tags: changed }))
    }
    // TagResource merges: what is to go must be named.
    if (gone.length > 0) {
      await patiently(this.#limits(), () => ecs.untagResource({ resourceArn: serviceArn, tagKeys: gone }))
    }
  }

  /** Stops the deployment that is going on and has ECS roll it back. False: there is none, or ECS does not offer it. */
  async rollBack(): Promise<boolean> {
    const { aws, cluster } = this.#account
    const ecs = await aws.ecs()
    try {
      const { serviceDeployments = [] } = await patiently(this.#limits(), () =>
        ecs.listServiceDeployments({ cluster, service: this.#name, status: ['PENDING', 'IN_PROGRESS'] }),
      )
      const [current] = serviceDeployments
      if (current === undefined) return false
      const { serviceDeploymentArn } = current
      await patiently(this.#limits(), () =>
        ecs.stopServiceDeployment({ serviceDeploymentArn, stopType: 'ROLLBACK' }),
      )
      return true
    } catch {
      // Whatever speaks against it, an update to what was there before does the same, only with new tasks.
      return false
    }
  }

  /** Deletes it whatever still runs in it; its tasks are stopped in order. */
  async delete(): Promise<void> {
    const { aws, cluster } = this.#account
    const ecs = await aws.ecs()
    try {
      await patiently(this.#limits(), () => ecs.deleteService({ cluster, service: this.#name, force: true }))
    } catch (error) {
      if (!isNamed(error, 'ServiceNotFoundException', 'ServiceNotActiveException')) throw error
    }
  }
}
