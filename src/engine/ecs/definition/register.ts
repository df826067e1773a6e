import type { RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs'

import type { AppId } from '../../../app/app.ts'
import { CancelledError, messageOf, NotFoundError, UserError } from '../../../app/errors.ts'
import type { Image } from '../../../app/image.ts'
import type { ProcessSpec, TaskSpec } from '../../../app/spec.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { problemOf } from '../aws-problem.ts'
import { nameOfArn } from '../names.ts'
import { patiently } from '../patiently.ts'
import type { Fingerprint } from '../tags.ts'
import { carryOver, type RegisteredDefinition } from './carry-over.ts'
import { LABEL } from './label.ts'
import { Pace } from './pace.ts'
import { References } from './references.ts'
import { render } from './render.ts'
import { isRegistered } from './same.ts'

/**
 * Registering and deregistering, together and per account and region:
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
const LIMIT = { burst: 20, perSecond: 1 }
const READ_LIMIT = { burst: 50, perSecond: 20 }
/** Seconds for which AWS may be too busy to show one. */
const LONGEST_REFUSAL = 600
const PER_PAGE = 100
/** How many revisions of a family stay, the newest: for whoever wants to go back by hand. */
const KEPT = 10

export interface Prune {
  unused: readonly string[]
  grown: readonly string[]
  named: ReadonlySet<string>
}

export interface EnsureOptions {
  signal?: AbortSignal | undefined
  /** Name of the container that is the process, where somebody else has made the definition. */
  adopted?: string | null
}

/** The task definitions of an app. One instance for all who register: they share the pace that AWS allows. */
export class Definitions {
  readonly #account: Account
  readonly #references: References
  readonly #pace: Pace
  readonly #reads: Pace
  /** Families that got a revision since they were last pruned. */
  readonly #grown = new Set<string>()

  constructor(account: Account) {
    this.#account = account
    this.#references = new References(account)
    this.#pace = new Pace(account.clock, LIMIT)
    this.#reads = new Pace(account.clock, READ_LIMIT)
  }

  /** What an image is called where it is kept. */
  imageReference(app: AppId, image: Image): Promise<string> {
    return this.#references.image(app, image)
  }

  /**
   * A revision that is what the spec asks for: the current one (`family:n`, if there is one) or the newest of the family
   * where that is so, else a new one. Of a process that was `adopted` the current one says all that the spec does not.
   *
   * @throws UserError for what cannot be found or what ECS refuses, CancelledError when the signal fires
   */
  async ensure(
    app: AppId,
    spec: ProcessSpec | TaskSpec,
    current: string | null,
    { signal, adopted = null }: EnsureOptions = {},
  ): Promise<Fingerprint> {
    const rendered = render(app, spec, await this.#references.context(app, spec))
    const hash = rendered.containerDefinitions![0]!.dockerLabels![LABEL.hash]!
    const isCarriedOver = current !== null && adopted !== null
    const input = isCarriedOver ? carryOver(rendered, await this.#withTags(current), adopted) : rendered
    for (const candidate of current === null ? [input.family!] : [current, input.family!]) {
      const found = await this.#describe(candidate)
      if (found?.status === 'ACTIVE' && isRegistered(input, found)) {
        return { revision: revisionOf(found), hash }
      }
    }
    return { revision: await this.#register(input, spec.name, signal), hash }
  }

  /** @throws NotFoundError */
  async read(revision: string): Promise<TaskDefinition> {
    const found = await this.#describe(revision)
    if (found === null) throw new NotFoundError(`there is no task definition ${revision}`)
    return found
  }

  /**
   * Deregisters what is too old in the families that grew here, and everything in those that are unused. Only as much as
   * AWS takes without waiting: the rest is left to the next time.
   *
   * @param grown families that others may have registered in
   * @param named `family:n`: what a service runs, or may go back to. It is kept however old it is, for nothing new starts
   * from a revision that is not active (ecs.md §1.13, §4.3).
   */
  async prune({ unused, grown, named }: Prune): Promise<void> {
    for (const family of new Set([...this.#grown, ...grown, ...unused])) {
      const active = await this.#active(family)
      for (const revision of unused.includes(family) ? active : active.slice(0, -KEPT)) {
        if (named.has(revision)) continue
        if (!this.#pace.tryTurn()) return
        await this.#deregister(revision)
      }
      this.#grown.delete(family)
    }
  }

  /** Deregisters everything in these families. */
  async removeAll(families: readonly string[], signal?: AbortSignal): Promise<void> {
    for (const family of families) {
      for (const revision of await this.#active(family)) {
        await this.#pace.turn(signal)
        if (signal?.aborted) return
        await this.#deregister(revision)
      }
    }
  }

  async #deregister(taskDefinition: string): Promise<void> {
    const ecs = await this.#account.aws.ecs()
    try {
      await ecs.deregisterTaskDefinition({ taskDefinition })
    } catch (error) {
      throw problemOf(error, `deregister the task definition ${taskDefinition}`)
    }
  }

  /** Newest last. */
  async #active(family: string): Promise<string[]> {
    const ecs = await this.#account.aws.ecs()
    const found: string[] = []
    let nextToken: string | undefined
    do {
      const page = await ecs.listTaskDefinitions({
        familyPrefix: family,
        status: 'ACTIVE',
        maxResults: PER_PAGE,
        ...(nextToken !== undefined && { nextToken }),
      })
      found.push(...(page.taskDefinitionArns ?? []).map(nameOfArn))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    return found
  }

  async #register(
    input: RegisterTaskDefinitionCommandInput,
    name: string,
    signal?: AbortSignal,
  ): Promise<string> {
    await this.#pace.turn(signal)
    if (signal?.aborted) throw new CancelledError(`cancelled before ${name} was registered`)
    const ecs = await this.#account.aws.ecs()
    try {
      const { taskDefinition } = await ecs.registerTaskDefinition(input)
      this.#grown.add(input.family!)
      return revisionOf(taskDefinition!)
    } catch (error) {
      throw refused(error, name)
    }
  }

  async #withTags(taskDefinition: string): Promise<RegisteredDefinition> {
    const ecs = await this.#account.aws.ecs()
    try {
      const found = await ecs.describeTaskDefinition({ taskDefinition, include: ['TAGS'] })
      return { definition: found.taskDefinition!, tags: found.tags ?? [] }
    } catch (error) {
      throw problemOf(error, `read the task definition ${taskDefinition}`)
    }
  }

  /** Null where there is none. */
  async #describe(taskDefinition: string): Promise<TaskDefinition | null> {
    const { aws, clock } = this.#account
    const ecs = await aws.ecs()
    const limits = { clock, until: clock.now() + LONGEST_REFUSAL * 1_000 }
    try {
      await this.#reads.turn()
      const { taskDefinition: found } = await patiently(limits, () =>
        ecs.describeTaskDefinition({ taskDefinition }),
      )
      return found ?? null
    } catch (error) {
      if (isNamed(error, 'ClientException')) return null
      throw problemOf(error, `read the task definition ${taskDefinition}`)
    }
  }
}

/** `family:n` */
export function revisionOf({ family, revision }: TaskDefinition): string {
  return `${family}:${revision}`
}

function refused(error: unknown, name: string): unknown {
  if (!isNamed(error, 'ClientException', 'InvalidParameterException')) {
    return problemOf(error, `register the task definition of ${name}`)
  }
  return new UserError(`ECS refuses the task definition of ${name}: ${messageOf(error)}`, {
    hint: 'correct what it names in the config, or in what was set by hand',
    cause: error,
  })
}
