import { z } from 'zod'

/** The inputs of Application Auto Scaling: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html */
const ServiceNamespace = z.literal('ecs')
const ResourceId = z
  .string()
  .max(1_600)
  .regex(/^service\/[^/]+\/[^/]+$/, 'Unsupported service namespace, resource type or scalable dimension')
const ScalableDimension = z.literal('ecs:service:DesiredCount')
const Capacity = z.int().min(0).optional()
const Cooldown = z.int().min(0).optional()
const PolicyName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^|:/\p{Cc}]+$/u)
const NextToken = z.string().optional()

const PredefinedMetric = z
  .strictObject({
    PredefinedMetricType: z.enum([
      'ECSServiceAverageCPUUtilization',
      'ECSServiceAverageMemoryUtilization',
      'ALBRequestCountPerTarget',
    ]),
    ResourceLabel: z.string().min(1).max(1_023).optional(),
  })
  .refine(
    ({ PredefinedMetricType, ResourceLabel }) =>
      (PredefinedMetricType === 'ALBRequestCountPerTarget') === (ResourceLabel !== undefined),
    'ResourceLabel goes with ALBRequestCountPerTarget, and only with it',
  )

export const SuspendedState = z.strictObject({
  DynamicScalingInSuspended: z.boolean().optional(),
  DynamicScalingOutSuspended: z.boolean().optional(),
  ScheduledScalingSuspended: z.boolean().optional(),
})
export const Target = z.strictObject({ ServiceNamespace, ResourceId, ScalableDimension })
export const RegisterTarget = z.strictObject({
  ...Target.shape,
  MinCapacity: Capacity,
  MaxCapacity: Capacity,
  RoleARN: z.string().min(1).max(1_600).optional(),
  SuspendedState: SuspendedState.optional(),
  Tags: z.record(z.string().min(1).max(128), z.string().max(256)).optional(),
})
export const DescribeTargets = z
  .strictObject({
    ServiceNamespace,
    ResourceIds: z.array(ResourceId).max(50).optional(),
    ScalableDimension: ScalableDimension.optional(),
    MaxResults: z.int().min(1).max(50).default(50),
    NextToken,
  })
  .refine(
    ({ ScalableDimension, ResourceIds }) => ScalableDimension === undefined || ResourceIds !== undefined,
    'ScalableDimension needs ResourceIds',
  )
export const TargetTracking = z.strictObject({
  TargetValue: z.number(),
  PredefinedMetricSpecification: PredefinedMetric,
  ScaleInCooldown: Cooldown,
  ScaleOutCooldown: Cooldown,
  DisableScaleIn: z.boolean().optional(),
})
export const PutPolicy = z.strictObject({
  ...Target.shape,
  PolicyName,
  PolicyType: z.literal('TargetTrackingScaling'),
  TargetTrackingScalingPolicyConfiguration: TargetTracking,
})
export const OnePolicy = z.strictObject({ ...Target.shape, PolicyName })
export const DescribePolicies = z
  .strictObject({
    ServiceNamespace,
    PolicyNames: z.array(PolicyName).max(50).optional(),
    ResourceId: ResourceId.optional(),
    ScalableDimension: ScalableDimension.optional(),
    MaxResults: z.int().min(1).max(10).default(10),
    NextToken,
  })
  .refine(
    ({ ScalableDimension, ResourceId }) => ScalableDimension === undefined || ResourceId !== undefined,
    'ScalableDimension needs a ResourceId',
  )
