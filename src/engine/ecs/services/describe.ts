import type { Service } from '@aws-sdk/client-ecs'
import pLimit from 'p-limit'

import { UserError } from '../../../app/errors.ts'
import type { Account } from '../account.ts'
import { chunks } from '../chunks.ts'
import { patiently } from '../patiently.ts'

/** DescribeServices takes so many names: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServices.html */
const PAGE = 10
const PARALLEL = 4

/** Seconds between two looks at services that somebody waits for. */
const TICK = 2
/** Seconds for which AWS may be too busy to answer one. */
const LONGEST_REFUSAL = 600

/** Services by name, with their tags. One that is not there is not in the answer; one that is deleted may be. */
export async function describeServices(
  { aws, cluster }: Account,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Map<string, Service>> {
  const ecs = await aws.ecs()
  const limit = pLimit(PARALLEL)
  const pages = await Promise.all(
    chunks([...new Set(names)], PAGE).map((services) =>
      limit(() =>
        ecs.describeServices({ cluster, services, include: ['TAGS'] }, signal && { abortSignal: signal }),
      ),
    ),
  )
  const refused = pages.flatMap((page) => page.failures ?? []).find((each) => each.reason !== 'MISSING')
  if (refused !== undefined) {
    throw new UserError(`ECS does not show service ${refused.arn ?? ''}: ${refused.reason ?? ''}`)
  }
  return new Map(pages.flatMap((page) => page.services ?? []).map((each) => [each.serviceName!, each]))
}

/** Looks at services again and again for all who wait for one, with one round of calls a tick for all of them. */
export class Looks {
  readonly #account: Account
  readonly #names = new Set<string>()
  #next: Promise<Map<string, Service>> | null = null

  constructor(account: Account) {
    this.#account = account
  }

  /** What the service is at the next tick; null when there is none. */
  async next(service: string): Promise<Service | null> {
    this.#names.add(service)
    this.#next ??= this.#look()
    return (await this.#next).get(service) ?? null
  }

  async #look(): Promise<Map<string, Service>> {
    const { clock } = this.#account
    await clock.sleep(TICK)
    const names = [...this.#names]
    this.#names.clear()
    this.#next = null
    const until = clock.now() + LONGEST_REFUSAL * 1_000
    return patiently({ clock, until }, () => describeServices(this.#account, names))
  }
}
