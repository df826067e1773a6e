import { z } from 'zod'

import { AwsError } from '../aws-error.ts'

const Texts = z.array(z.string().min(1)).min(1)

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
const Rule = z.strictObject({
  rulePriority: z.int().min(1),
  description: z.string().optional(),
  selection: z
    .strictObject({
      tagStatus: z.enum(['tagged', 'untagged', 'any']),
      tagPrefixList: Texts.optional(),
      tagPatternList: z
        .array(z.string().refine((pattern) => pattern.split('*').length <= 5, 'at most four wildcards'))
        .min(1)
        .optional(),
      countType: z.enum(['imageCountMoreThan', 'sinceImagePushed', 'sinceImagePulled']),
      countUnit: z.literal('days').optional(),
      countNumber: z.int().min(1),
    })
    .refine(
      ({ tagStatus, tagPrefixList, tagPatternList }) =>
        (tagStatus === 'tagged') === (tagPrefixList !== undefined || tagPatternList !== undefined),
      'tags are listed for tagged images, and only for them',
    )
    .refine(
      ({ countType, countUnit }) => (countType === 'imageCountMoreThan') === (countUnit === undefined),
      'a unit is given for an age, and only for an age',
    ),
  action: z.strictObject({ type: z.literal('expire') }),
})

const Policy = z
  .strictObject({ rules: z.array(Rule).min(1).max(50) })
  .refine(
    ({ rules }) => new Set(rules.map(({ rulePriority }) => rulePriority)).size === rules.length,
    'every rule has a priority of its own',
  )
  .refine(({ rules }) => {
    const last = rules.toSorted((one, other) => one.rulePriority - other.rulePriority).slice(0, -1)
    return last.every(({ selection }) => selection.tagStatus !== 'any')
  }, 'a rule for any image comes last')

/** Throws an InvalidParameterException unless the text is a lifecycle policy. */
export function checkLifecyclePolicy(text: string): void {
  const parsed = Policy.safeParse(json(text))
  if (!parsed.success) {
    const found = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new AwsError(
      'InvalidParameterException',
      `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: ${found.join('; ')}`,
    )
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
