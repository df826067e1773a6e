import { createHash } from 'node:crypto'

import type { ECR } from '@aws-sdk/client-ecr'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { awsOf } from '../../engine/ecs/aws.ts'
import { FakeClock } from '../fake-clock.ts'
import { FakeAws } from './fake-aws.ts'

const repositoryName = 'shop/default'
const URI = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${repositoryName}`
const ABSENT = `sha256:${'0'.repeat(64)}`

let clock: FakeClock
let fake: FakeAws
let ecr: ECR

beforeEach(async () => {
  clock = new FakeClock()
  fake = await FakeAws.start({ clock })
  ecr = (await awsOf(fake).ecr()) as ECR
})
afterEach(() => fake[Symbol.asyncDispose]())

const manifest = (text: string) =>
  JSON.stringify({ mediaType: 'application/vnd.oci.image.manifest.v1+json', text })
const digestOf = (text: string) => `sha256:${createHash('sha256').update(manifest(text)).digest('hex')}`
const put = (text: string, imageTag?: string) =>
  ecr.putImage({ repositoryName, imageManifest: manifest(text), imageTag })
const tagsOf = async (imageDigest: string) =>
  (await ecr.describeImages({ repositoryName, imageIds: [{ imageDigest }] })).imageDetails?.[0]?.imageTags

describe('repositories', () => {
  it('are made once, with their settings', async () => {
    const { repository } = await ecr.createRepository({
      repositoryName,
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'cache-*' }],
      imageScanningConfiguration: { scanOnPush: true },
    })
    expect(repository).toMatchObject({
      repositoryUri: URI,
      imageScanningConfiguration: { scanOnPush: true },
      createdAt: new Date(clock.now()),
    })
    await expect(ecr.createRepository({ repositoryName })).rejects.toMatchObject({
      name: 'RepositoryAlreadyExistsException',
    })
    expect((await ecr.describeRepositories({ repositoryNames: [repositoryName] })).repositories).toEqual([
      repository,
    ])
  })

  it.each(['shop--web', 'Shop', 'shop/', '-shop', 'a', 'shop//web', 'shop_.web'])(
    'refuse the name %s',
    async (name) => {
      await expect(ecr.createRepository({ repositoryName: name })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      })
    },
  )

  it('take exclusions only where the mutability has them', async () => {
    const imageTagMutabilityExclusionFilters = [{ filterType: 'WILDCARD' as const, filter: 'cache-*' }]
    await expect(
      ecr.createRepository({
        repositoryName,
        imageTagMutability: 'IMMUTABLE',
        imageTagMutabilityExclusionFilters,
      }),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })

  it('are listed in pages', async () => {
    for (const name of ['b1', 'a1', 'c1']) fake.ecr.createRepository(name)
    const first = await ecr.describeRepositories({ maxResults: 2 })
    const second = await ecr.describeRepositories({ maxResults: 2, nextToken: first.nextToken })
    const names = [...first.repositories!, ...second.repositories!].map((each) => each.repositoryName)
    expect(names).toEqual(['a1', 'b1', 'c1'])
    expect(second.nextToken).toBeUndefined()
  })

  it('go with their images only by force', async () => {
    fake.ecr.createRepository(repositoryName)
    fake.ecr.putImage(repositoryName, ['v1'])
    await expect(ecr.deleteRepository({ repositoryName })).rejects.toMatchObject({
      name: 'RepositoryNotEmptyException',
    })
    await ecr.deleteRepository({ repositoryName, force: true })
    for (const call of [ecr.listImages({ repositoryName }), ecr.deleteRepository({ repositoryName })]) {
      await expect(call).rejects.toMatchObject({ name: 'RepositoryNotFoundException' })
    }
  })
})

describe('PutImage', () => {
  it('moves a tag that may move, and leaves the image that had it', async () => {
    fake.ecr.createRepository(repositoryName)
    await put('one', 'latest')
    await put('two', 'latest')
    expect(await tagsOf(digestOf('one'))).toBeUndefined()
    expect(await tagsOf(digestOf('two'))).toEqual(['latest'])
  })

  it('gives an image a further tag, and refuses to change nothing', async () => {
    fake.ecr.createRepository(repositoryName)
    await put('one', 'a')
    await put('one', 'b')
    expect(await tagsOf(digestOf('one'))).toEqual(['a', 'b'])
    await expect(put('one', 'b')).rejects.toMatchObject({ name: 'ImageAlreadyExistsException' })
  })

  it('refuses a tag that exists and is immutable, even for the same image', async () => {
    fake.ecr.createRepository(repositoryName, {
      mutability: 'IMMUTABLE_WITH_EXCLUSION',
      exclusions: ['cache-*'],
    })
    await put('one', 'v1')
    for (const text of ['one', 'two']) {
      await expect(put(text, 'v1')).rejects.toMatchObject({ name: 'ImageTagAlreadyExistsException' })
    }
    await put('one', 'cache-web')
    await put('two', 'cache-web')
    expect(await tagsOf(digestOf('two'))).toEqual(['cache-web'])
  })

  it('refuses a wrong digest, and a list of images that are not there', async () => {
    fake.ecr.createRepository(repositoryName)
    const wrong = { repositoryName, imageManifest: manifest('one'), imageDigest: ABSENT }
    await expect(ecr.putImage(wrong)).rejects.toMatchObject({ name: 'ImageDigestDoesNotMatchException' })
    const imageManifest = JSON.stringify({ mediaType: 'index', manifests: [{ digest: ABSENT }] })
    await expect(ecr.putImage({ repositoryName, imageManifest })).rejects.toMatchObject({
      name: 'ReferencedImagesNotFoundException',
    })
  })
})

describe('reading images', () => {
  beforeEach(() => fake.ecr.createRepository(repositoryName))

  it('answers with what is there and says why not for the rest', async () => {
    const imageDigest = fake.ecr.putImage(repositoryName, ['v1'])
    const { images, failures } = await ecr.batchGetImage({
      repositoryName,
      imageIds: [
        { imageTag: 'v1' },
        { imageTag: 'v2' },
        { imageTag: 'v2', imageDigest },
        { imageDigest: 'x' },
      ],
    })
    expect(images?.map(({ imageId }) => imageId)).toEqual([{ imageTag: 'v1', imageDigest }])
    expect(failures?.map(({ failureCode }) => failureCode)).toEqual([
      'ImageNotFound',
      'ImageTagDoesNotMatchDigest',
      'InvalidImageDigest',
    ])
    const imageIds = Array.from({ length: 101 }, (_, n) => ({ imageTag: `v${n}` }))
    await expect(ecr.batchGetImage({ repositoryName, imageIds })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  it('describes all that are asked for, or none', async () => {
    fake.ecr.putImage(repositoryName, ['v1', 'v2'])
    const imageIds = [{ imageTag: 'v1' }, { imageTag: 'v2' }]
    const { imageDetails } = await ecr.describeImages({ repositoryName, imageIds })
    expect(imageDetails).toMatchObject([{ imageTags: ['v1', 'v2'], imagePushedAt: new Date(clock.now()) }])
    await expect(
      ecr.describeImages({ repositoryName, imageIds: [...imageIds, { imageTag: 'v3' }] }),
    ).rejects.toMatchObject({ name: 'ImageNotFoundException' })
    await expect(ecr.describeImages({ repositoryName, imageIds, maxResults: 1 })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    })
  })

  it('lists every tag of every image, in pages, by whether there are tags', async () => {
    fake.ecr.putImage(repositoryName, ['a', 'b'])
    fake.ecr.putImage(repositoryName, [])
    const first = await ecr.listImages({ repositoryName, maxResults: 2 })
    const second = await ecr.listImages({ repositoryName, nextToken: first.nextToken })
    const tags = [...first.imageIds!, ...second.imageIds!].map(({ imageTag }) => imageTag)
    expect(new Set(tags)).toEqual(new Set(['a', 'b', undefined]))
    expect(tags).toHaveLength(3)
    const by = async (tagStatus: 'TAGGED' | 'UNTAGGED') =>
      (await ecr.describeImages({ repositoryName, filter: { tagStatus } })).imageDetails?.length
    expect([await by('TAGGED'), await by('UNTAGGED')]).toEqual([1, 1])
  })

  it('knows what could be pulled', () => {
    const digest = fake.ecr.putImage(repositoryName, ['v1', 'latest'])
    const known = [URI, `${URI}:v1`, `${URI}@${digest}`, `${URI}:v1@${digest}`]
    const unknown = [`${URI}:v2`, `${URI}@${ABSENT}`, `${URI}x:v1`, 'nginx:1']
    expect(known.filter((reference) => !fake.ecr.has(reference))).toEqual([])
    expect(unknown.filter((reference) => fake.ecr.has(reference))).toEqual([])
  })
})

describe('BatchDeleteImage', () => {
  beforeEach(() => fake.ecr.createRepository(repositoryName))
  const remove = (...imageIds: object[]) => ecr.batchDeleteImage({ repositoryName, imageIds })

  it('only takes a tag away while there are others', async () => {
    const imageDigest = fake.ecr.putImage(repositoryName, ['a', 'b'])
    expect((await remove({ imageTag: 'a' })).imageIds).toEqual([{ imageTag: 'a', imageDigest }])
    expect(await tagsOf(imageDigest)).toEqual(['b'])
    await remove({ imageTag: 'b' })
    expect(fake.ecr.has(`${URI}@${imageDigest}`)).toBe(false)
  })

  it('takes the image with all its tags by its digest, and names what was not there', async () => {
    const imageDigest = fake.ecr.putImage(repositoryName, ['a', 'b'])
    const { imageIds, failures } = await remove({ imageDigest }, { imageTag: 'a' })
    expect(imageIds).toHaveLength(2)
    expect(failures).toMatchObject([{ imageId: { imageTag: 'a' }, failureCode: 'ImageNotFound' }])
  })

  it('keeps the images of a list while the list is there', async () => {
    const child = fake.ecr.putImage(repositoryName, [])
    const imageManifest = JSON.stringify({ mediaType: 'index', manifests: [{ digest: child }] })
    await ecr.putImage({ repositoryName, imageManifest, imageTag: 'v1' })
    const { failures } = await remove({ imageDigest: child })
    expect(failures).toMatchObject([{ failureCode: 'ImageReferencedByManifestList' }])
    await remove({ imageTag: 'v1' })
    expect((await remove({ imageDigest: child })).failures).toEqual([])
  })
})

describe('lifecycle policies', () => {
  beforeEach(() => fake.ecr.createRepository(repositoryName))

  const rule = (rulePriority: number, selection: object) => ({
    rulePriority,
    description: 'a description that makes the policy as long as it has to be at least',
    selection,
    action: { type: 'expire' },
  })
  const days = { countType: 'sinceImagePushed', countUnit: 'days', countNumber: 7 }
  const policy = (...rules: object[]) =>
    ecr.putLifecyclePolicy({ repositoryName, lifecyclePolicyText: JSON.stringify({ rules }) })

  it('are kept', async () => {
    await expect(ecr.getLifecyclePolicy({ repositoryName })).rejects.toMatchObject({
      name: 'LifecyclePolicyNotFoundException',
    })
    await policy(
      rule(1, { tagStatus: 'untagged', ...days }),
      rule(2, { tagStatus: 'tagged', tagPrefixList: ['cache-'], ...days }),
    )
    expect((await ecr.getLifecyclePolicy({ repositoryName })).lifecyclePolicyText).toContain('cache-')
  })

  it.each([
    ['tags listed for untagged images', [rule(1, { tagStatus: 'untagged', tagPrefixList: ['a'], ...days })]],
    ['no tags for tagged images', [rule(1, { tagStatus: 'tagged', ...days })]],
    ['an age without a unit', [rule(1, { tagStatus: 'any', countType: 'sinceImagePushed', countNumber: 1 })]],
    [
      'one priority twice',
      [rule(1, { tagStatus: 'untagged', ...days }), rule(1, { tagStatus: 'any', ...days })],
    ],
    [
      'any image not last',
      [rule(1, { tagStatus: 'any', ...days }), rule(2, { tagStatus: 'untagged', ...days })],
    ],
  ])('are refused for %s', async (_, rules) => {
    await expect(policy(...rules)).rejects.toMatchObject({ name: 'InvalidParameterException' })
  })
})

it('answers with a login for docker that lasts twelve hours', async () => {
  const { authorizationData } = await ecr.getAuthorizationToken({})
  const [{ authorizationToken, expiresAt, proxyEndpoint } = {}] = authorizationData!
  expect(Buffer.from(authorizationToken!, 'base64').toString()).toMatch(/^AWS:.+/)
  expect(expiresAt).toEqual(new Date(clock.now() + 12 * 3_600_000))
  expect(proxyEndpoint).toBe('https://123456789012.dkr.ecr.eu-west-1.amazonaws.com')
})
