import { z } from 'zod'

/** The inputs of ECR: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
const registryId = z
  .string()
  .regex(/^[0-9]{12}$/)
  .optional()
const repositoryName = z
  .string()
  .min(2)
  .max(256)
  .regex(/^(?:[a-z0-9]+(?:[._-][a-z0-9]+)*\/)*[a-z0-9]+(?:[._-][a-z0-9]+)*$/)
const maxResults = z.int().min(1).max(1_000).optional()
const nextToken = z.string().optional()
const imageTag = z.string().min(1).max(300)
const imageIds = z
  .array(z.strictObject({ imageDigest: z.string().optional(), imageTag: imageTag.optional() }))
  .min(1)
  .max(100)
const filter = z.strictObject({ tagStatus: z.enum(['TAGGED', 'UNTAGGED', 'ANY']).optional() }).optional()

const MUTABILITY = ['MUTABLE', 'IMMUTABLE', 'MUTABLE_WITH_EXCLUSION', 'IMMUTABLE_WITH_EXCLUSION'] as const

const ExclusionFilters = z
  .array(
    z.strictObject({
      filterType: z.literal('WILDCARD'),
      filter: z.string().regex(/^[0-9a-zA-Z._*-]{1,128}$/),
    }),
  )
  .min(1)
  .max(5)
  .optional()

export const CreateRepository = z
  .strictObject({
    registryId,
    repositoryName,
    tags: z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) })).optional(),
    imageTagMutability: z.enum(MUTABILITY).default('MUTABLE'),
    imageTagMutabilityExclusionFilters: ExclusionFilters,
    imageScanningConfiguration: z
      .strictObject({ scanOnPush: z.boolean().default(false) })
      .default({ scanOnPush: false }),
    encryptionConfiguration: z.strictObject({ encryptionType: z.literal('AES256') }).optional(),
  })
  .refine(
    ({ imageTagMutability, imageTagMutabilityExclusionFilters }) =>
      imageTagMutability.endsWith('_WITH_EXCLUSION') === (imageTagMutabilityExclusionFilters !== undefined),
    'imageTagMutabilityExclusionFilters go with a mutability WITH_EXCLUSION, and only with it',
  )
export const OneRepository = z.strictObject({ registryId, repositoryName })
export const DeleteRepository = z.strictObject({
  registryId,
  repositoryName,
  force: z.boolean().default(false),
})
export const DescribeRepositories = z
  .strictObject({
    registryId,
    repositoryNames: z.array(repositoryName).min(1).max(100).optional(),
    maxResults,
    nextToken,
  })
  .refine((input) => isUnpaged(input) || input.repositoryNames === undefined, 'names are not paged')
export const PutImage = z.strictObject({
  registryId,
  repositoryName,
  imageManifest: z.string().min(1).max(4_194_304),
  imageManifestMediaType: z.string().optional(),
  imageTag: imageTag.optional(),
  imageDigest: z.string().optional(),
})
export const BatchGetImage = z.strictObject({
  registryId,
  repositoryName,
  imageIds,
  acceptedMediaTypes: z.array(z.string()).min(1).max(100).optional(),
})
export const BatchDeleteImage = z.strictObject({ registryId, repositoryName, imageIds })
export const ListImages = z.strictObject({ registryId, repositoryName, maxResults, nextToken, filter })
export const DescribeImages = z
  .strictObject({
    registryId,
    repositoryName,
    imageIds: imageIds.optional(),
    maxResults,
    nextToken,
    filter,
  })
  .refine((input) => isUnpaged(input) || input.imageIds === undefined, 'imageIds are not paged')
export const PutLifecyclePolicy = z.strictObject({
  registryId,
  repositoryName,
  lifecyclePolicyText: z.string().min(100).max(30_720),
})
export const GetAuthorizationToken = z.strictObject({
  registryIds: z
    .array(z.string().regex(/^[0-9]{12}$/))
    .min(1)
    .max(10)
    .optional(),
})

function isUnpaged(input: { maxResults?: number | undefined; nextToken?: string | undefined }): boolean {
  return input.maxResults === undefined && input.nextToken === undefined
}
