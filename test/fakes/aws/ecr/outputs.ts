import { ACCOUNT, arn, REGION } from '../arn.ts'
import type { Image, Repository } from './repository.ts'

export const REGISTRY = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com`

export function describe({ name, settings, created }: Repository, host: string): object {
  const { mutability, exclusions, scanOnPush } = settings
  return {
    repositoryArn: arn('ecr', `repository/${name}`),
    registryId: ACCOUNT,
    repositoryName: name,
    repositoryUri: `${host}/${name}`,
    createdAt: created / 1_000,
    imageTagMutability: mutability,
    ...(exclusions.length > 0 && {
      imageTagMutabilityExclusionFilters: exclusions.map((filter) => ({ filterType: 'WILDCARD', filter })),
    }),
    imageScanningConfiguration: { scanOnPush },
    encryptionConfiguration: { encryptionType: 'AES256' },
  }
}

export function imageOf(
  repositoryName: string,
  image: Omit<Image, 'tags'>,
  imageTag: string | undefined,
): object {
  return {
    registryId: ACCOUNT,
    repositoryName,
    imageId: { imageDigest: image.digest, imageTag },
    imageManifest: image.manifest,
    imageManifestMediaType: image.mediaType,
  }
}

export function detailOf(
  repositoryName: string,
  { digest, tags, manifest, mediaType, pushed }: Image,
): object {
  return {
    registryId: ACCOUNT,
    repositoryName,
    imageDigest: digest,
    ...(tags.size > 0 && { imageTags: [...tags] }),
    imageSizeInBytes: manifest.length,
    imagePushedAt: pushed / 1_000,
    imageManifestMediaType: mediaType,
  }
}

export function failureOf(imageId: object, { code, reason }: { code: string; reason: string }): object {
  return { imageId, failureCode: code, failureReason: reason }
}
