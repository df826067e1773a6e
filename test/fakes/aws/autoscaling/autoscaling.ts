import { createHash } from 'node:crypto'

import type { z } from 'zod'

import type { Clock } from '../../../../src/app/clock.ts'
import { ACCOUNT, arn } from '../arn.ts'
import { AwsError } from '../aws-error.ts'
import { operation, perform } from '../operation.ts'
import { page } from '../page.ts'
import type { FakeService, Input } from '../service.ts'
import * as inputs from './inputs.ts'

interface Target {
  resourceId: string
  min: number
  max: number
  suspended: z.output<typeof inputs.SuspendedState>
  /** Milliseconds since the epoch. */
  created: number
}

interface Policy {
  name: string
  resourceId: string
  configuration: z.output<typeof inputs.TargetTracking>
  created: number
}

/** Application Auto Scaling of ECS services: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html */
export class AutoscalingFake implements FakeService {
  /** Where the services are that targets stand for. Null: any may be registered. */
  ecs: FakeService | null = null
  readonly #clock: Clock
  readonly #targets = new Map<string, Target>()
  readonly #policies = new Map<string, Policy>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  handle(name: string, input: Input): unknown {
    return perform(this.#operations, { name, input, invalid: 'ValidationException' })
  }

  readonly #operations = {
    RegisterScalableTarget: operation(inputs.RegisterTarget, (input) => {
      const { ResourceId: resourceId, MinCapacity, MaxCapacity, SuspendedState } = input
      const before = this.#targets.get(resourceId)
      const min = MinCapacity ?? before?.min
      const max = MaxCapacity ?? before?.max
      if (min === undefined || max === undefined) {
        throw invalid('MinCapacity and MaxCapacity are needed to register a new scalable target')
      }
      if (max < min) throw invalid('Maximum capacity cannot be less than minimum capacity')
      this.#keepWithin(resourceId, min, max)
      this.#targets.set(resourceId, {
        resourceId,
        min,
        max,
        suspended: { ...before?.suspended, ...SuspendedState },
        created: before?.created ?? this.#clock.now(),
      })
      return { ScalableTargetARN: targetArn(resourceId) }
    }),

    DeregisterScalableTarget: operation(inputs.Target, ({ ResourceId }) => {
      this.#target(ResourceId)
      this.#targets.delete(ResourceId)
      for (const [key, { resourceId }] of this.#policies) {
        if (resourceId === ResourceId) this.#policies.delete(key)
      }
    }),

    DescribeScalableTargets: operation(inputs.DescribeTargets, ({ ResourceIds, MaxResults, NextToken }) => {
      const found = [...this.#targets.values()].filter(
        ({ resourceId }) => ResourceIds?.includes(resourceId) ?? true,
      )
      const key = ({ resourceId }: Target) => resourceId
      const { items, token } = page(found, {
        key,
        limit: MaxResults,
        token: NextToken,
        invalid: INVALID_TOKEN,
      })
      return { ScalableTargets: items.map(describeTarget), NextToken: token }
    }),

    PutScalingPolicy: operation(inputs.PutPolicy, (input) => {
      const { PolicyName: name, ResourceId: resourceId } = input
      this.#target(resourceId)
      const configuration = input.TargetTrackingScalingPolicyConfiguration
      const rival = [...this.#policies.values()].find(
        (each) =>
          each.resourceId === resourceId &&
          each.name !== name &&
          metricOf(each) === metricOf({ configuration }),
      )
      if (rival !== undefined) {
        throw invalid('Only one TargetTrackingScaling policy for a given metric specification is allowed.')
      }
      const key = policyKey(resourceId, name)
      const created = this.#policies.get(key)?.created ?? this.#clock.now()
      const policy = { name, resourceId, configuration, created }
      this.#policies.set(key, policy)
      return { PolicyARN: policyArn(policy), Alarms: [] }
    }),

    DeleteScalingPolicy: operation(inputs.OnePolicy, ({ PolicyName, ResourceId }) => {
      if (this.#policies.delete(policyKey(ResourceId, PolicyName))) return
      throw missing(`No scaling policy found for ${ResourceId} with the name ${PolicyName}`)
    }),

    DescribeScalingPolicies: operation(inputs.DescribePolicies, (input) => {
      const { PolicyNames, ResourceId, MaxResults, NextToken } = input
      const found = [...this.#policies.values()].filter(
        ({ name, resourceId }) =>
          (PolicyNames?.includes(name) ?? true) && (ResourceId === undefined || resourceId === ResourceId),
      )
      const key = ({ resourceId, name }: Policy) => policyKey(resourceId, name)
      const { items, token } = page(found, {
        key,
        limit: MaxResults,
        token: NextToken,
        invalid: INVALID_TOKEN,
      })
      return { ScalingPolicies: items.map(describePolicy), NextToken: token }
    }),
  }

  /** Asks ECS as anybody does, so that its rules hold here too. */
  #keepWithin(resourceId: string, min: number, max: number): void {
    if (this.ecs === null) return
    const [, cluster, service] = resourceId.split('/')
    const described = this.ecs.handle('DescribeServices', { cluster, services: [service] })
    const [found] = (described as { services: { status: string; desiredCount: number }[] }).services
    if (found?.status !== 'ACTIVE') throw invalid(`ECS service doesn't exist: ${resourceId}`)
    const desiredCount = Math.min(max, Math.max(min, found.desiredCount))
    if (desiredCount === found.desiredCount) return
    this.ecs.handle('UpdateService', { cluster, service, desiredCount })
  }

  #target(resourceId: string): Target {
    const found = this.#targets.get(resourceId)
    if (found !== undefined) return found
    throw missing(
      `No scalable target registered for service namespace: ecs, resource ID: ${resourceId}, scalable dimension: ecs:service:DesiredCount`,
    )
  }
}

const INVALID_TOKEN = 'InvalidNextTokenException'

const IDENTITY = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' }

function describeTarget({ resourceId, min, max, suspended, created }: Target): object {
  return {
    ...IDENTITY,
    ResourceId: resourceId,
    MinCapacity: min,
    MaxCapacity: max,
    RoleARN: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    CreationTime: created / 1_000,
    SuspendedState: {
      DynamicScalingInSuspended: false,
      DynamicScalingOutSuspended: false,
      ScheduledScalingSuspended: false,
      ...suspended,
    },
    ScalableTargetARN: targetArn(resourceId),
  }
}

function describePolicy(policy: Policy): object {
  return {
    ...IDENTITY,
    PolicyARN: policyArn(policy),
    PolicyName: policy.name,
    ResourceId: policy.resourceId,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: policy.configuration,
    Alarms: [],
    CreationTime: policy.created / 1_000,
  }
}

function metricOf({ configuration }: Pick<Policy, 'configuration'>): string {
  return JSON.stringify(configuration.PredefinedMetricSpecification)
}

function policyKey(resourceId: string, name: string): string {
  return `${resourceId} ${name}`
}

function targetArn(resourceId: string): string {
  return arn('application-autoscaling', `scalable-target/${idOf(resourceId)}`)
}

function policyArn({ resourceId, name }: Policy): string {
  return arn('autoscaling', `scalingPolicy:${idOf(resourceId)}:resource/ecs/${resourceId}:policyName/${name}`)
}

function idOf(resourceId: string): string {
  return createHash('sha256').update(resourceId).digest('hex').slice(0, 34)
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message)
}

function missing(message: string): AwsError {
  return new AwsError('ObjectNotFoundException', message)
}
