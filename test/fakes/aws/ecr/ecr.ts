import { randomUUID } from 'node:crypto'

import type { z } from 'zod'

import type { Clock } from '../../../../src/app/clock.ts'
import { ACCOUNT } from '../arn.ts'
import { AwsError } from '../aws-error.ts'
import { operation, perform } from '../operation.ts'
import { page } from '../page.ts'
import type { FakeService, Input } from '../service.ts'
import * as inputs from './inputs.ts'
import { checkLifecyclePolicy } from './lifecycle-policy.ts'
import { describe, detailOf, failureOf, imageOf, REGISTRY } from './outputs.ts'
import { digestOf, isTag, manifestsIn, Repository, type RepositorySettings } from './repository.ts'

const DEFAULT_PAGE = 100
const TOKEN_SECONDS = 12 * 3_600
const MEDIA_TYPE = 'application/vnd.oci.image.manifest.v1+json'

/** ECR: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html */
export class EcrFake implements FakeService {
  /** Where images are pushed to: another one where a test has a registry. */
  host = REGISTRY
  readonly #clock: Clock
  readonly #repositories = new Map<string, Repository>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Makes a repository whose tags can move, unless told otherwise. */
  createRepository(name: string, settings: Partial<RepositorySettings> = {}): void {
    if (this.#repositories.has(name)) {
      throw new AwsError('RepositoryAlreadyExistsException', `The repository '${name}' already exists.`)
    }
    const all: RepositorySettings = { mutability: 'MUTABLE', exclusions: [], scanOnPush: false, ...settings }
    this.#repositories.set(name, new Repository(name, all, this.#clock.now()))
  }

  /** Pushes an image under these tags, by the rules of PutImage, and answers with its digest; default: one of a new image. */
  putImage(repository: string, tags: readonly string[], digest?: string): string {
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPE, fake: digest ?? randomUUID() })
    const image = {
      digest: digest ?? digestOf(manifest),
      manifest,
      mediaType: MEDIA_TYPE,
      pushed: this.#clock.now(),
    }
    for (const tag of tags.length > 0 ? tags : [undefined]) this.#repository(repository).put(image, tag)
    return image.digest
  }

  /** Whether `…amazonaws.com/shop/default:v1` or `…@sha256:…` could be pulled from this registry. */
  has(reference: string): boolean {
    const [, name = '', tag, digest] =
      /^([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(reference.slice(this.host.length + 1)) ?? []
    if (!reference.startsWith(`${this.host}/`)) return false
    const id = digest === undefined ? { imageTag: tag ?? 'latest' } : { imageDigest: digest }
    const found = this.#repositories.get(name)?.find(id)
    return found !== undefined && !('code' in found)
  }

  handle(name: string, input: Input): unknown {
    return perform(this.#operations, { name, input, invalid: 'InvalidParameterException' })
  }

  readonly #operations = {
    CreateRepository: operation(inputs.CreateRepository, (input) => {
      this.createRepository(input.repositoryName, {
        mutability: input.imageTagMutability,
        exclusions: input.imageTagMutabilityExclusionFilters?.map(({ filter }) => filter) ?? [],
        scanOnPush: input.imageScanningConfiguration.scanOnPush,
      })
      return { repository: describe(this.#repository(input.repositoryName), this.host) }
    }),

    DeleteRepository: operation(inputs.DeleteRepository, ({ repositoryName, force }) => {
      const repository = this.#repository(repositoryName)
      if (repository.images.length > 0 && !force) {
        throw new AwsError(
          'RepositoryNotEmptyException',
          `The repository with name '${repositoryName}' in registry with id '${ACCOUNT}' cannot be deleted because it still contains images`,
        )
      }
      this.#repositories.delete(repositoryName)
      return { repository: describe(repository, this.host) }
    }),

    DescribeRepositories: operation(inputs.DescribeRepositories, (input) => {
      const { repositoryNames, maxResults = DEFAULT_PAGE, nextToken } = input
      if (repositoryNames !== undefined) {
        return { repositories: repositoryNames.map((name) => describe(this.#repository(name), this.host)) }
      }
      const { items, token } = this.#page(
        [...this.#repositories.values()],
        ({ name }) => name,
        maxResults,
        nextToken,
      )
      return { repositories: items.map((each) => describe(each, this.host)), nextToken: token }
    }),

    PutImage: operation(inputs.PutImage, (input) => this.#putImage(input)),

    BatchGetImage: operation(inputs.BatchGetImage, ({ repositoryName, imageIds }) => {
      const repository = this.#repository(repositoryName)
      const results = imageIds.map((imageId) => ({ imageId, found: repository.find(imageId) }))
      return {
        images: results.flatMap(({ imageId, found }) =>
          'code' in found ? [] : [imageOf(repositoryName, found, imageId.imageTag)],
        ),
        failures: results.flatMap(({ imageId, found }) =>
          'code' in found ? [failureOf(imageId, found)] : [],
        ),
      }
    }),

    BatchDeleteImage: operation(inputs.BatchDeleteImage, ({ repositoryName, imageIds }) => {
      const repository = this.#repository(repositoryName)
      const results = imageIds.map((imageId) => ({ imageId, gone: repository.delete(imageId) }))
      return {
        imageIds: results.flatMap(({ gone }) => ('code' in gone ? [] : gone)),
        failures: results.flatMap(({ imageId, gone }) => ('code' in gone ? [failureOf(imageId, gone)] : [])),
      }
    }),

    DescribeImages: operation(inputs.DescribeImages, (input) => {
      const { repositoryName, imageIds, maxResults = DEFAULT_PAGE, nextToken, filter } = input
      const repository = this.#repository(repositoryName)
      if (imageIds !== undefined) {
        const found = imageIds.map((imageId) => ({ imageId, image: repository.find(imageId) }))
        const images = new Set(
          found.map(({ imageId, image }) => {
            if (!('code' in image)) return image
            throw new AwsError(
              'ImageNotFoundException',
              `The image with imageId ${JSON.stringify(imageId)} does not exist within the repository with name '${repositoryName}' in the registry with id '${ACCOUNT}'`,
            )
          }),
        )
        return { imageDetails: [...images].map((image) => detailOf(repositoryName, image)) }
      }
      const images = repository.images.filter(({ tags }) => hasStatus(tags.size > 0, filter?.tagStatus))
      const { items, token } = this.#page(images, ({ digest }) => digest, maxResults, nextToken)
      return { imageDetails: items.map((image) => detailOf(repositoryName, image)), nextToken: token }
    }),

    ListImages: operation(inputs.ListImages, (input) => {
      const { repositoryName, maxResults = DEFAULT_PAGE, nextToken, filter } = input
      const imageIds = this.#repository(repositoryName).images.flatMap(({ digest, tags }) =>
        (tags.size > 0 ? [...tags] : [undefined]).map((imageTag) => ({ imageDigest: digest, imageTag })),
      )
      const listed = imageIds.filter(({ imageTag }) => hasStatus(imageTag !== undefined, filter?.tagStatus))
      const key = ({ imageDigest, imageTag = '' }: (typeof imageIds)[number]) => `${imageDigest} ${imageTag}`
      const { items, token } = this.#page(listed, key, maxResults, nextToken)
      return { imageIds: items, nextToken: token }
    }),

    PutLifecyclePolicy: operation(inputs.PutLifecyclePolicy, ({ repositoryName, lifecyclePolicyText }) => {
      const repository = this.#repository(repositoryName)
      checkLifecyclePolicy(lifecyclePolicyText)
      repository.policy = lifecyclePolicyText
      return { registryId: ACCOUNT, repositoryName, lifecyclePolicyText }
    }),

    GetLifecyclePolicy: operation(inputs.OneRepository, ({ repositoryName }) => {
      const { policy } = this.#repository(repositoryName)
      if (policy === null)
        throw new AwsError('LifecyclePolicyNotFoundException', 'Lifecycle policy does not exist')
      return { registryId: ACCOUNT, repositoryName, lifecyclePolicyText: policy }
    }),

    GetAuthorizationToken: operation(inputs.GetAuthorizationToken, ({ registryIds = [ACCOUNT] }) => ({
      authorizationData: registryIds.map((id) => ({
        authorizationToken: Buffer.from(`AWS:password-of-${id}`).toString('base64'),
        expiresAt: this.#clock.now() / 1_000 + TOKEN_SECONDS,
        proxyEndpoint: `https://${REGISTRY.replace(ACCOUNT, id)}`,
      })),
    })),
  }

  #putImage(input: z.output<typeof inputs.PutImage>): object {
    const { repositoryName, imageManifest, imageManifestMediaType, imageTag, imageDigest } = input
    const repository = this.#repository(repositoryName)
    if (imageTag !== undefined && !isTag(imageTag)) {
      throw new AwsError('InvalidParameterException', `'${imageTag}' is no image tag`)
    }
    const parsed = parseManifest(imageManifest)
    const mediaType = parsed.mediaType ?? imageManifestMediaType
    if (mediaType === undefined) {
      throw new AwsError(
        'InvalidParameterException',
        'The manifest has no mediaType: imageManifestMediaType is needed',
      )
    }
    const digest = digestOf(imageManifest)
    if (imageDigest !== undefined && imageDigest !== digest) {
      throw new AwsError('ImageDigestDoesNotMatchException', `The manifest's digest is ${digest}`)
    }
    const lost = manifestsIn(imageManifest).find((each) => 'code' in repository.find({ imageDigest: each }))
    if (lost !== undefined) {
      throw new AwsError(
        'ReferencedImagesNotFoundException',
        `The manifest list refers to ${lost}, which is not there`,
      )
    }
    const image = { digest, manifest: imageManifest, mediaType, pushed: this.#clock.now() }
    repository.put(image, imageTag)
    return { image: imageOf(repositoryName, image, imageTag) }
  }

  #repository(name: string): Repository {
    const found = this.#repositories.get(name)
    if (found !== undefined) return found
    throw new AwsError(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist in the registry with id '${ACCOUNT}'`,
    )
  }

  #page<Item>(items: readonly Item[], key: (item: Item) => string, limit: number, token: string | undefined) {
    return page(items, { key, limit, token, invalid: 'InvalidParameterException' })
  }
}

function parseManifest(text: string): { mediaType?: string } {
  try {
    return JSON.parse(text) as { mediaType?: string }
  } catch {
    throw new AwsError('InvalidParameterException', "Invalid parameter at 'ImageManifest'")
  }
}

function hasStatus(tagged: boolean, status: 'TAGGED' | 'UNTAGGED' | 'ANY' = 'ANY'): boolean {
  return status === 'ANY' || tagged === (status === 'TAGGED')
}
