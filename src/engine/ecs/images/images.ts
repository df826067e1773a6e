import { randomBytes } from 'node:crypto'

import type { Image as EcrImage, ImageDetail, ImageIdentifier } from '@aws-sdk/client-ecr'

import type { AppId } from '../../../app/app.ts'
import type { Image } from '../../../app/image.ts'
import { CancelledError, NotFoundError } from '../../../app/errors.ts'
import { cacheName } from '../../../build/key.ts'
import type { ImageIo, ImageRequest, MadeImage, Pin } from '../../engine.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { chunks } from '../chunks.ts'
import { repositoryName as nameOf } from '../names.ts'
import type { Builder, RegistryLogin } from './builder.ts'
import { withPrivateFolder } from './private-folder.ts'
import { ensureRepository } from './repository.ts'

const KEY = /^[0-9a-f]{64}$/
const TAG = /^\w[\w.-]{0,127}$/
/** What an image was called before another one was made for its key. */
const FORMER = 'former-'
/** What an image is called that is to take the place of another one, until it is whole. */
const NEXT = 'next-'
/** What one call about images takes: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
const PER_CALL = 100
const THEIRS = 'somebody else has made this image meanwhile: theirs is used'
const ABSENT = ['ImageNotFoundException', 'RepositoryNotFoundException']

/** `[registry/]repository[:tag][@digest]`, as https://pkg.go.dev/github.com/distribution/reference has it. */
const REFERENCE =
  /^(?:[a-zA-Z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+|\/)[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/

/** The images of an app: in its ECR repository, tagged with their content keys. */
export class Images {
  readonly #account: Account
  readonly #builder: Builder

  constructor(account: Account, builder: Builder) {
    this.#account = account
    this.#builder = builder
  }

  /** One call where all of them exist. */
  async find(app: AppId, keys: readonly string[]): Promise<Map<string, MadeImage>> {
    const found = new Map<string, MadeImage>()
    for (const page of chunks(keys, PER_CALL)) {
      const details =
        (await this.#describe(app, page)) ?? (await this.#describe(app, await this.#existing(app, page)))
      for (const { imageTags = [], imageDigest, imagePushedAt } of details ?? []) {
        for (const key of imageTags.filter((tag) => page.includes(tag))) {
          const created_at = (imagePushedAt ?? new Date(this.#account.clock.now())).toISOString()
          found.set(key, { kind: 'built', key, digest: imageDigest!, created_at })
        }
      }
    }
    return found
  }

  /** The image that has a tag, whoever gave it. */
  async tagged(app: AppId, tag: string): Promise<MadeImage> {
    const found = TAG.test(tag) ? await this.#findOne(app, tag) : null
    if (found !== null) return found
    throw new NotFoundError(
      `the repository ${nameOf(app)} has no image with the tag ${JSON.stringify(tag.slice(0, 128))}`,
      {
        hint: 'the images that Gantry made have their content keys as tags; `image=release:v3` takes that of a release',
      },
    )
  }

  async make(app: AppId, request: ImageRequest, io: ImageIo): Promise<MadeImage> {
    const uri = await ensureRepository(this.#account, app)
    const there = await this.#findOne(app, request.key)
    if (there === null) return this.#makeFirst(app, uri, request, io)
    if (request.anew !== true) {
      io.log(THEIRS)
      return there
    }
    const tag = `${NEXT}${randomBytes(8).toString('hex')}`
    await this.#build(uri, tag, request, io)
    await this.#replace(app, request.key, tag)
    return this.#pushed(app, request.key)
  }

  async #makeFirst(app: AppId, uri: string, request: ImageRequest, io: ImageIo): Promise<MadeImage> {
    try {
      await this.#build(uri, request.key, request, io)
    } catch (error) {
      // Somebody else may have pushed the same content first: tags do not change, so theirs is the one.
      const theirs = io.signal.aborted ? null : await this.#findOne(app, request.key)
      if (theirs === null) throw error
      io.log(THEIRS)
      return theirs
    }
    return this.#pushed(app, request.key)
  }

  async #build(uri: string, tag: string, request: ImageRequest, io: ImageIo): Promise<void> {
    const { build, source, secrets = {}, anew = false } = request
    await withPrivateFolder('gantry-build-', async (context) => {
      await source.write(context, io.signal)
      if (io.signal.aborted) throw new CancelledError('cancelled before the image was built')
      const login = await this.#login(uri)
      const [reference, cache] = [`${uri}:${tag}`, `${uri}:cache-${cacheName(build)}`]
      await this.#builder.build({ context, build, reference, cache, secrets, anew, login }, io)
    })
  }

  async #pushed(app: AppId, key: string): Promise<MadeImage> {
    const made = await this.#findOne(app, key)
    if (made === null) throw new Error(`the registry does not show image ${key} that was pushed`)
    return made
  }

  async #findOne(app: AppId, key: string): Promise<MadeImage | null> {
    return (await this.find(app, [key])).get(key) ?? null
  }

  /** A sentence for each pin that no registry could have. Whether it is there is seen when it is pulled. */
  check(pins: readonly Pin[]): string[] {
    return pins.flatMap(({ component, reference }) => {
      const what = component.replace(':', ' ')
      if (/^(?:key:[0-9a-f]+|release:v\d+)$/.test(reference))
        return [`${what}: ${reference} is an image of the local engine; name one of a registry`]
      return REFERENCE.test(reference) ? [] : [`${what}: ${JSON.stringify(reference)} is no image reference`]
    })
  }

  /** Deletes what was made for a content key and what nothing names; caches and what people pushed stay. */
  async prune(app: AppId, named: readonly Image[]): Promise<void> {
    const ecr = await this.#account.aws.ecr()
    const repositoryName = nameOf(app)
    const keep = new Set(named.flatMap((image) => namesIn(repositoryName, image)))
    const gone = (await this.#tagged(app)).filter(
      ({ imageTag = '', imageDigest = '' }) =>
        isOurs(imageTag) && !keep.has(imageTag) && !keep.has(imageDigest),
    )
    for (const imageIds of chunks(gone, PER_CALL)) {
      await ecr.batchDeleteImage({ repositoryName, imageIds: imageIds.map(({ imageTag }) => ({ imageTag })) })
    }
  }

  /** Deletes the repository with all that is in it. */
  async removeAll(app: AppId): Promise<void> {
    const ecr = await this.#account.aws.ecr()
    try {
      await ecr.deleteRepository({ repositoryName: nameOf(app), force: true })
    } catch (error) {
      if (!isNamed(error, ...ABSENT)) throw error
    }
  }

  /** None where everything is pinned: then there is no repository. */
  async #tagged(app: AppId): Promise<ImageIdentifier[]> {
    const ecr = await this.#account.aws.ecr()
    const found: ImageIdentifier[] = []
    let nextToken: string | undefined
    do {
      const filter = { tagStatus: 'TAGGED' } as const
      const page = await ecr
        .listImages({ repositoryName: nameOf(app), filter, nextToken })
        .catch((error: unknown) => {
          if (isNamed(error, ...ABSENT)) return { imageIds: [], nextToken: undefined }
          throw error
        })
      found.push(...(page.imageIds ?? []))
      nextToken = page.nextToken
    } while (nextToken !== undefined)
    return found
  }

  /** Null when one of them does not exist: ECR then tells nothing of the others. */
  async #describe(app: AppId, tags: readonly string[]): Promise<ImageDetail[] | null> {
    if (tags.length === 0) return []
    try {
      const imageIds = tags.map((imageTag) => ({ imageTag }))
      const ecr = await this.#account.aws.ecr()
      return (await ecr.describeImages({ repositoryName: nameOf(app), imageIds })).imageDetails ?? []
    } catch (error) {
      if (isNamed(error, ...ABSENT)) return null
      throw error
    }
  }

  async #existing(app: AppId, tags: readonly string[]): Promise<string[]> {
    // The one that is missing is the only one asked for.
    if (tags.length === 1) return []
    try {
      const ecr = await this.#account.aws.ecr()
      const imageIds = tags.map((imageTag) => ({ imageTag }))
      const { images = [] } = await ecr.batchGetImage({ repositoryName: nameOf(app), imageIds })
      return [...new Set(images.flatMap(({ imageId }) => imageId?.imageTag ?? []))]
    } catch (error) {
      if (isNamed(error, ...ABSENT)) return []
      throw error
    }
  }

  /**
   * Gives the tag of a key to another image. Tags do not change, so it is taken from the one before, which gets a name of
   * its own: what runs names it by digest, and roll-backs want it.
   */
  async #replace(app: AppId, key: string, next: string): Promise<void> {
    const ecr = await this.#account.aws.ecr()
    const repositoryName = nameOf(app)
    const imageIds = [{ imageTag: key }, { imageTag: next }]
    const { images = [] } = await ecr.batchGetImage({ repositoryName, imageIds })
    const former = images.find(({ imageId }) => imageId?.imageTag === key)
    if (former !== undefined) {
      await this.#tag(app, former, `${FORMER}${former.imageId!.imageDigest!.replace('sha256:', '')}`)
      await ecr.batchDeleteImage({ repositoryName, imageIds: [{ imageTag: key }] })
    }
    await this.#tag(
      app,
      images.find(({ imageId }) => imageId?.imageTag === next)!,
      key,
    )
    await ecr.batchDeleteImage({ repositoryName, imageIds: [{ imageTag: next }] })
  }

  /** Somebody else may do the same at the same time, or have been killed on the way. */
  async #tag(
    app: AppId,
    { imageManifest, imageManifestMediaType }: EcrImage,
    imageTag: string,
  ): Promise<void> {
    const ecr = await this.#account.aws.ecr()
    try {
      await ecr.putImage({ repositoryName: nameOf(app), imageManifest, imageManifestMediaType, imageTag })
    } catch (error) {
      if (!isNamed(error, 'ImageAlreadyExistsException', 'ImageTagAlreadyExistsException')) throw error
    }
  }

  async #login(uri: string): Promise<RegistryLogin> {
    const ecr = await this.#account.aws.ecr()
    const { authorizationData = [] } = await ecr.getAuthorizationToken({})
    return { registry: uri.split('/')[0]!, auth: authorizationData[0]!.authorizationToken! }
  }
}

/** The tag or the digest by which an image is named in a repository; none where it is in another one. */
function namesIn(repository: string, image: Image): string[] {
  if (image.kind === 'built') return image.digest === null ? [] : [image.digest]
  const [, name, digest] = /^[^/]+\/([^@]+)(?:@(.+))?$/.exec(image.reference) ?? []
  const [path, tag] = name?.split(':') ?? []
  return path === repository ? [tag, digest].filter((each) => each !== undefined) : []
}

function isOurs(tag: string): boolean {
  return KEY.test(tag) || tag.startsWith(FORMER) || tag.startsWith(NEXT)
}
