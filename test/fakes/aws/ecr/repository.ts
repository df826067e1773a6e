import { createHash } from 'node:crypto'

import { ACCOUNT } from '../arn.ts'
import { AwsError } from '../aws-error.ts'

export interface ImageId {
  imageDigest?: string | undefined
  imageTag?: string | undefined
}

export interface Image {
  digest: string
  tags: Set<string>
  manifest: string
  mediaType: string
  /** Milliseconds since the epoch. */
  pushed: number
}

export interface RepositorySettings {
  mutability: 'MUTABLE' | 'IMMUTABLE' | 'MUTABLE_WITH_EXCLUSION' | 'IMMUTABLE_WITH_EXCLUSION'
  /** Patterns of the tags to which the opposite applies; `*` stands for any text. */
  exclusions: readonly string[]
  scanOnPush: boolean
}

type Failure = { code: string; reason: string }

export class Repository {
  readonly name: string
  readonly settings: RepositorySettings
  /** Milliseconds since the epoch. */
  readonly created: number
  policy: string | null = null
  readonly #images = new Map<string, Image>()

  constructor(name: string, settings: RepositorySettings, created: number) {
    this.name = name
    this.settings = settings
    this.created = created
  }

  get images(): Image[] {
    return [...this.#images.values()]
  }

  /** https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html */
  put(image: Omit<Image, 'tags'>, tag: string | undefined): void {
    const known = this.#images.get(image.digest)
    const tagged = tag === undefined ? undefined : this.images.find(({ tags }) => tags.has(tag))
    if (tag !== undefined && tagged !== undefined && this.#isImmutable(tag)) {
      throw new AwsError(
        'ImageTagAlreadyExistsException',
        `The image tag '${tag}' already exists in the '${this.name}' repository and cannot be overwritten because the tag is immutable.`,
      )
    }
    if (known !== undefined && (tag === undefined || tagged === known)) {
      throw new AwsError(
        'ImageAlreadyExistsException',
        `Image with digest '${image.digest}' and tag '${tag}' already exists in the repository with name '${this.name}' in registry with id '${ACCOUNT}'`,
      )
    }
    const { tags } = known ?? { tags: new Set<string>() }
    this.#images.set(image.digest, { ...image, tags })
    if (tag === undefined) return
    tagged?.tags.delete(tag)
    tags.add(tag)
  }

  /** The image, or why there is none: the failures of BatchGetImage and BatchDeleteImage. */
  find({ imageDigest, imageTag }: ImageId): Image | Failure {
    if (imageDigest === undefined && imageTag === undefined) {
      return failure('MissingDigestAndTag', 'Invalid request parameters: both tag and digest cannot be null')
    }
    if (imageDigest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(imageDigest)) {
      return failure('InvalidImageDigest', 'Invalid image digest format')
    }
    if (imageTag !== undefined && !isTag(imageTag)) return failure('InvalidImageTag', 'Invalid image tag')
    const found = this.images.find(({ digest, tags }) =>
      imageDigest === undefined ? tags.has(imageTag!) : digest === imageDigest,
    )
    if (found === undefined) return failure('ImageNotFound', 'Requested image not found')
    if (imageTag !== undefined && !found.tags.has(imageTag)) {
      return failure('ImageTagDoesNotMatchDigest', 'Image tag does not match digest')
    }
    return found
  }

  /** By its tag an image loses that tag, and goes with the last one; by its digest it goes with all of them. */
  delete(id: ImageId): ImageId[] | Failure {
    const found = this.find(id)
    if ('code' in found) return found
    const { digest, tags } = found
    const gone = id.imageTag === undefined ? [...tags] : [id.imageTag]
    const goes = tags.size === gone.length
    if (goes && this.images.some(({ manifest }) => manifestsIn(manifest).includes(digest))) {
      return failure('ImageReferencedByManifestList', 'Requested image referenced by manifest list')
    }
    for (const tag of gone) tags.delete(tag)
    if (goes) this.#images.delete(digest)
    return gone.length === 0
      ? [{ imageDigest: digest }]
      : gone.map((imageTag) => ({ imageDigest: digest, imageTag }))
  }

  #isImmutable(tag: string): boolean {
    const excluded = this.settings.exclusions.some((pattern) => matches(tag, pattern))
    return this.settings.mutability.startsWith('IMMUTABLE') !== excluded
  }
}

export function digestOf(manifest: string): string {
  return `sha256:${createHash('sha256').update(manifest).digest('hex')}`
}

export function isTag(text: string): boolean {
  return /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/.test(text)
}

/** The digests that an index of several platforms lists. */
export function manifestsIn(manifest: string): string[] {
  const { manifests = [] } = JSON.parse(manifest) as { manifests?: { digest: string }[] }
  return manifests.map(({ digest }) => digest)
}

function matches(tag: string, pattern: string): boolean {
  return new RegExp(`^${pattern.replaceAll('.', '[.]').replaceAll('*', '.*')}$`).test(tag)
}

function failure(code: string, reason: string): Failure {
  return { code, reason }
}
