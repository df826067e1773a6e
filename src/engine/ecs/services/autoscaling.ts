import type { ScalableTarget, ScalingPolicy } from '@aws-sdk/client-application-auto-scaling'

import type { ProcessSpec } from '../../../app/spec.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { bounds, isAutoscaled, type Counts } from '../capacity.ts'
import { chunks } from '../chunks.ts'

/** DescribeScalableTargets takes so many ids, and lists as many. */
const PAGE = 50

/**
 * A policy that tracks a target for each. AWS then scales out when one of them wants to, and in only when all agree:
 * https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
 */
const METRICS = {
  cpu: 'ECSServiceAverageCPUUtilization',
  memory: 'ECSServiceAverageMemoryUtilization',
} as const
type Metric = keyof typeof METRICS

/** What the autoscaler is told about one service. Thresholds in percent; null: that metric does not scale it. */
export interface Scaling {
  min: number
  max: number
  /** Neither out nor in, while a process is stopped or replaced without overlap. */
  suspended: boolean
  thresholds: Record<Metric, number | null>
}

/** What is registered for a service, without its thresholds. */
export interface Target {
  min: number
  max: number
  suspended: boolean
}

/** Null: the number of instances is not the autoscaler's. */
export function scalingOf(spec: ProcessSpec): Scaling | null {
  if (!isAutoscaled(spec)) return null
  const scaling: Scaling = {
    ...bounds(spec),
    suspended: false,
    thresholds: { cpu: spec.autoscaling_cpu_threshold, memory: spec.autoscaling_memory_threshold },
  }
  return spec.disabled ? suspended(scaling) : scaling
}

/** Without a least number either: that one the autoscaler makes true when it is told, suspended or not. */
export function suspended(scaling: Scaling): Scaling {
  return { ...scaling, min: 0, suspended: true }
}

/** Whether there may be a target of these counts: those that are kept while it is being told have no thresholds. */
export function mayScale({ scale_count, scale_type }: Counts): boolean {
  return scale_count > 0 && scale_type !== 'none'
}

/** Scalable targets of services and their policies. An endpoint may not have this API at all. */
export class Autoscaling {
  readonly #account: Account
  /** Known after the first call. */
  #available: boolean | null = null

  constructor(account: Account) {
    this.#account = account
  }

  /** Targets by the name of the service; null where there is no such API. */
  async targets(services: readonly string[]): Promise<Map<string, Target> | null> {
    return this.#ifAvailable(async () => {
      const api = await this.#account.aws.autoscaling()
      const pages = await Promise.all(
        chunks(services, PAGE).map((each) =>
          api.describeScalableTargets({
            ServiceNamespace: 'ecs',
            ScalableDimension: DIMENSION,
            ResourceIds: each.map((service) => this.#resource(service)),
          }),
        ),
      )
      const found = pages.flatMap((page) => page.ScalableTargets ?? [])
      return new Map(found.map((target) => [target.ResourceId!.split('/').at(-1)!, readTarget(target)]))
    })
  }

  /** Percent per metric, as the policies that Gantry made say; null where there is no such API. */
  async thresholds(service: string): Promise<Scaling['thresholds'] | null> {
    const policies = await this.#ifAvailable(() => this.#policies(service))
    return policies && { cpu: thresholdOf(policies, 'cpu'), memory: thresholdOf(policies, 'memory') }
  }

  /** Whether there is such an API: what would be its business is otherwise ours. */
  async available(): Promise<boolean> {
    if (this.#available === null) await this.targets(['-'])
    return this.#available ?? false
  }

  /**
   * Makes the autoscaler do this for a service, and nothing with null. Writes only what differs; may be repeated.
   * False: there is no such API here.
   */
  async apply(service: string, wanted: Scaling | null): Promise<boolean> {
    const targets = await this.targets([service])
    if (targets === null) return false
    const target = targets.get(service)
    if (wanted === null) {
      if (target !== undefined) await this.#deregister(service)
      return true
    }
    if (!isLike(target, wanted)) await this.#register(service, wanted)
    const policies = await this.#policies(service)
    for (const metric of Object.keys(METRICS) as Metric[]) {
      await this.#setPolicy(service, metric, thresholdOf(policies, metric), wanted.thresholds[metric])
    }
    return true
  }

  async #register(service: string, { min, max, suspended }: Scaling): Promise<void> {
    const api = await this.#account.aws.autoscaling()
    await api.registerScalableTarget({
      ...this.#key(service),
      MinCapacity: min,
      MaxCapacity: max,
      SuspendedState: {
        DynamicScalingInSuspended: suspended,
        DynamicScalingOutSuspended: suspended,
        ScheduledScalingSuspended: suspended,
      },
    })
  }

  /** Deletes its policies with it, and their alarms. */
  async #deregister(service: string): Promise<void> {
    const api = await this.#account.aws.autoscaling()
    try {
      await api.deregisterScalableTarget(this.#key(service))
    } catch (error) {
      // Already gone.
      if (!isNamed(error, 'ObjectNotFoundException')) throw error
    }
  }

  async #policies(service: string): Promise<ScalingPolicy[]> {
    const api = await this.#account.aws.autoscaling()
    const { ScalingPolicies = [] } = await api.describeScalingPolicies({
      ServiceNamespace: 'ecs',
      ScalableDimension: DIMENSION,
      ResourceId: this.#resource(service),
    })
    return ScalingPolicies
  }

  async #setPolicy(
    service: string,
    metric: Metric,
    now: number | null,
    wanted: number | null,
  ): Promise<void> {
    if (now === wanted) return
    const api = await this.#account.aws.autoscaling()
    const policy = { ...this.#key(service), PolicyName: policyName(metric) }
    if (wanted !== null) {
      await api.putScalingPolicy({
        ...policy,
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: wanted,
          PredefinedMetricSpecification: { PredefinedMetricType: METRICS[metric] },
        },
      })
      return
    }
    try {
      await api.deleteScalingPolicy(policy)
    } catch (error) {
      // Already gone.
      if (!isNamed(error, 'ObjectNotFoundException')) throw error
    }
  }

  async #ifAvailable<T>(call: () => Promise<T>): Promise<T | null> {
    if (this.#available === false) return null
    try {
      const answer = await call()
      this.#available = true
      return answer
    } catch (error) {
      if (!isNamed(error, 'UnknownOperationException', 'UnknownOperation')) throw error
      this.#available = false
      return null
    }
  }

  #key(service: string) {
    return {
      ServiceNamespace: 'ecs',
      ScalableDimension: DIMENSION,
      ResourceId: this.#resource(service),
    } as const
  }

  /** Takes the name of a cluster, where an account may give its ARN. */
  #resource(service: string): string {
    return `service/${this.#account.cluster.split('/').at(-1)}/${service}`
  }
}

const DIMENSION = 'ecs:service:DesiredCount'

function policyName(metric: Metric): string {
  return `gantry-${metric}`
}

function thresholdOf(policies: readonly ScalingPolicy[], metric: Metric): number | null {
  const policy = policies.find((each) => each.PolicyName === policyName(metric))
  return policy?.TargetTrackingScalingPolicyConfiguration?.TargetValue ?? null
}

function readTarget({ MinCapacity, MaxCapacity, SuspendedState }: ScalableTarget): Target {
  return {
    min: MinCapacity!,
    max: MaxCapacity!,
    suspended: SuspendedState?.DynamicScalingOutSuspended ?? false,
  }
}

function isLike(target: Target | undefined, { min, max, suspended }: Scaling): boolean {
  return target?.min === min && target.max === max && target.suspended === suspended
}
