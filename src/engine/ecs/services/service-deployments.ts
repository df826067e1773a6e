import type { ServiceDeployment, ServiceDeploymentBrief } from '@aws-sdk/client-ecs'
import pLimit from 'p-limit'

import { messageOf } from '../../../app/errors.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { chunks } from '../chunks.ts'
import { isBusy } from '../aws-error.ts'
import type { Answer } from './verdict.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeServiceDeployments.html */
const PAGE = 20
const MOST_LISTED = 100
const PARALLEL = 4

/** Seconds by which the times of a deployment and of its service deployment may differ. */
const APART = 60

export interface Question {
  service: string
  /** Of its service deployment, when the service has named it. */
  arn: string | null
  createdAt: Date
}

interface Found {
  deployment: ServiceDeploymentBrief
  later: ServiceDeploymentBrief[]
}

/** Why deployments ended: what the service-deployments API knows of them. */
export class ServiceDeployments {
  readonly #account: Account
  /** Why it cannot be asked at all. */
  #missing: string | null = null

  constructor(account: Account) {
    this.#account = account
  }

  /** One answer for each question; null where ECS was too busy to give one. */
  async ask(questions: readonly Question[]): Promise<(Answer | null)[]> {
    const limit = pLimit(PARALLEL)
    const found = await Promise.all(
      questions.map((question) => limit(() => this.#attempt(() => this.#find(question)))),
    )
    const arns = found.flatMap((each) =>
      'deployment' in each ? [each.deployment.serviceDeploymentArn!] : [],
    )
    const described = await Promise.all(
      chunks(arns, PAGE).map((page) => limit(() => this.#attempt(() => this.#describe(page)))),
    )
    return found.map((each) => {
      if ('problem' in each) return each.problem
      const { serviceDeploymentArn } = each.deployment
      const page = described[Math.floor(arns.indexOf(serviceDeploymentArn!) / PAGE)]!
      if ('problem' in page) return page.problem
      const deployment = page.get(serviceDeploymentArn!)
      return deployment === undefined ? UNKNOWN : { known: true, deployment, later: each.later }
    })
  }

  async #find({ service, arn, createdAt }: Question): Promise<Found | Problem> {
    const ecs = await this.#account.aws.ecs()
    const { serviceDeployments: all = [] } = await ecs.listServiceDeployments({
      cluster: this.#account.cluster,
      service,
      maxResults: MOST_LISTED,
    })
    const apart = (each: ServiceDeploymentBrief): number => Math.abs(timeOf(each) - createdAt.getTime())
    const deployment =
      all.find((each) => each.serviceDeploymentArn === arn) ??
      all
        .filter((each) => apart(each) <= APART * 1_000)
        .toSorted((one, other) => apart(one) - apart(other))[0]
    if (deployment === undefined) return { problem: UNKNOWN }
    return { deployment, later: all.filter((each) => timeOf(each) > timeOf(deployment)) }
  }

  /** Deployments of services from before October 2024 are listed and cannot be described. */
  async #describe(serviceDeploymentArns: string[]): Promise<Map<string, ServiceDeployment>> {
    const ecs = await this.#account.aws.ecs()
    const { serviceDeployments = [] } = await ecs.describeServiceDeployments({ serviceDeploymentArns })
    return new Map(serviceDeployments.map((each) => [each.serviceDeploymentArn!, each]))
  }

  async #attempt<T extends object>(call: () => Promise<T | Problem>): Promise<T | Problem> {
    if (this.#missing !== null) return { problem: { known: false, why: this.#missing } }
    try {
      return await call()
    } catch (error) {
      if (isBusy(error)) return { problem: null }
      if (isNamed(error, 'AccessDeniedException')) {
        this.#missing = 'ecs:ListServiceDeployments or ecs:DescribeServiceDeployments is not allowed'
      } else if (isNamed(error, 'UnknownOperationException', 'UnsupportedFeatureException')) {
        this.#missing = 'the service-deployments API is not offered here'
      }
      return { problem: { known: false, why: this.#missing ?? messageOf(error) } }
    }
  }
}

interface Problem {
  /** Null: too busy. */
  problem: Answer | null
}

const UNKNOWN: Answer = { known: false, why: 'the service-deployments API does not know it' }

function timeOf({ createdAt, startedAt }: ServiceDeploymentBrief): number {
  return (createdAt ?? startedAt)?.getTime() ?? 0
}
