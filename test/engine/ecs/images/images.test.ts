import { existsSync } from 'node:fs'

import { afterEach, beforeEach, expect, it } from 'vitest'

import { DeployError } from '../../../../src/app/errors.ts'
import type { Builder, BuildRequest } from '../../../../src/engine/ecs/images/builder.ts'
import { Images } from '../../../../src/engine/ecs/images/images.ts'
import { BUILD } from '../../../app/fixtures.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import type { Call } from '../../../fakes/aws/faults.ts'
import { awsOf } from '../aws.ts'

const APP = { name: 'shop', environment: 'production' }
const REPOSITORY = 'shop/production'
const [KEY, OTHER] = ['a'.repeat(64), 'b'.repeat(64)]
const NOBODY = new AbortController().signal
let fake: FakeAws
let images: Images
let built: BuildRequest[]
/** What goes wrong while an image is built. */
let trouble: (request: BuildRequest) => void

/** Brings a name into the registry, as a build and a push do. */
const builder: Builder = {
  async build(request) {
    built.push(request)
    trouble(request)
    fake.ecr.putImage(REPOSITORY, [tagOf(request)])
  },
}

beforeEach(async () => {
  fake = await FakeAws.start()
  built = []
  trouble = () => {}
  images = new Images({ aws: awsOf(fake), clock: fake.clock, cluster: 'default' }, builder)
})
afterEach(() => fake[Symbol.asyncDispose]())

const tagOf = ({ reference }: BuildRequest) => reference.split(':').at(-1)!
const make = (key: string, { anew = false, lines = [] as string[], signal = NOBODY } = {}) =>
  images.make(
    APP,
    { key, build: BUILD, source: { bytes: 0, files: 0, write: async () => {} }, anew },
    { signal, log: (line) => lines.push(line) },
  )
/** The digest that each tag of the repository names. */
const tags = async (): Promise<Record<string, string>> => {
  const ecr = await awsOf(fake).ecr()
  const { imageIds = [] } = await ecr.listImages({ repositoryName: REPOSITORY })
  return Object.fromEntries(imageIds.map(({ imageTag, imageDigest }) => [imageTag, imageDigest!]))
}
const former = ({ digest }: { digest: string }) => `former-${digest.replace('sha256:', '')}`

it('finds several images in one call', async () => {
  const [one, two] = [await make(KEY), await make(OTHER)]
  fake.calls.length = 0
  expect(await images.find(APP, [KEY, OTHER])).toEqual(
    new Map([
      [KEY, one],
      [OTHER, two],
    ]),
  )
  expect(fake.calls.map(({ operation }) => operation)).toEqual(['DescribeImages'])
})

it('finds those that exist beside one that does not', async () => {
  const made = await make(KEY)
  expect(await images.find(APP, [KEY, OTHER])).toEqual(new Map([[KEY, made]]))
})

it('makes the repository when it is missing: scanned, with tags that do not move but for caches, and a policy', async () => {
  await make(KEY)
  const [created, policy] = fake.calls.filter(({ writes }) => writes)
  expect(created).toMatchObject({
    operation: 'CreateRepository',
    input: {
      repositoryName: REPOSITORY,
      imageScanningConfiguration: { scanOnPush: true },
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'cache-*' }],
    },
  })
  expect(policy?.operation).toBe('PutLifecyclePolicy')
  const { rules } = JSON.parse(policy!.input['lifecyclePolicyText'] as string)
  expect(rules.map(({ selection }: { selection: object }) => selection)).toMatchObject([
    { tagStatus: 'untagged' },
    { tagStatus: 'tagged', tagPatternList: ['cache-*'] },
  ])
  expect(() => fake.ecr.putImage(REPOSITORY, [KEY])).toThrow('immutable')
  fake.ecr.putImage(REPOSITORY, ['cache-1'])
  fake.ecr.putImage(REPOSITORY, ['cache-1'])
})

it('leaves a repository that is there as it is', async () => {
  fake.ecr.createRepository(REPOSITORY)
  await make(KEY)
  await make(OTHER)
  const calls = fake.calls.filter(({ writes }) => writes).map(({ operation }) => operation)
  expect(calls).toEqual(['PutLifecyclePolicy'])
})

it('builds nothing for a key that has an image meanwhile', async () => {
  const made = await make(KEY)
  const lines: string[] = []
  expect(await make(KEY, { lines })).toEqual(made)
  expect(built).toHaveLength(1)
  expect(lines).toEqual(['somebody else has made this image meanwhile: theirs is used'])
})

it('takes the image of whoever was quicker to push it', async () => {
  let theirs = ''
  trouble = (request) => {
    theirs = fake.ecr.putImage(REPOSITORY, [tagOf(request)])
  }
  expect(await make(KEY)).toMatchObject({ key: KEY, digest: theirs })
})

it('does not take the image of somebody else for one that was cancelled', async () => {
  const abort = new AbortController()
  trouble = (request) => {
    fake.ecr.putImage(REPOSITORY, [tagOf(request)])
    abort.abort()
    throw new DeployError('stopped')
  }
  await expect(make(KEY, { signal: abort.signal })).rejects.toThrow('stopped')
})

it('keeps an image that was made anew under another name, for roll-backs', async () => {
  const first = await make(KEY)
  const second = await make(KEY, { anew: true })
  expect(second.digest).not.toBe(first.digest)
  expect(await tags()).toEqual({ [KEY]: second.digest, [former(first)]: first.digest })
  expect(built.map(({ anew }) => anew)).toEqual([false, true])
  const third = await make(KEY, { anew: true })
  expect(await tags()).toEqual({
    [KEY]: third.digest,
    [former(second)]: second.digest,
    [former(first)]: first.digest,
  })
})

it('leaves the image as it was when making it anew fails', async () => {
  const first = await make(KEY)
  trouble = () => {
    throw new DeployError('no base image')
  }
  await expect(make(KEY, { anew: true })).rejects.toThrow('no base image')
  expect(await tags()).toEqual({ [KEY]: first.digest })
  expect((await images.find(APP, [KEY])).get(KEY)).toEqual(first)
})

it.each([1, 2, 3, 4])(
  'completes what somebody began who made an image anew and died at call %i',
  async (fatal) => {
    const first = await make(KEY)
    let writes = 0
    const when = ({ service, writes: isWrite }: Call) => service === 'ecr' && isWrite && ++writes >= fatal
    fake.faults.add({ when, kind: 'error' })
    await expect(make(KEY, { anew: true })).rejects.toThrow()
    fake.faults.clear()
    const last = await make(KEY, { anew: true })
    expect(await tags()).toMatchObject({ [KEY]: last.digest, [former(first)]: first.digest })
    await images.prune(APP, [first, last])
    expect(await tags()).toEqual({ [KEY]: last.digest, [former(first)]: first.digest })
  },
)

it('gives every kind of build a tag of its own to keep layers under, that may move', async () => {
  await make(KEY)
  const [request] = built
  expect(request!.cache).toMatch(/\/shop\/production:cache-[0-9a-f]{12}$/)
})

it('leaves no context behind', async () => {
  await make(KEY)
  trouble = () => {
    throw new DeployError('no')
  }
  await expect(make(OTHER)).rejects.toThrow('no')
  expect(built.map(({ context }) => existsSync(context))).toEqual([false, false])
})

it('deletes what nothing names, and leaves caches and what people pushed', async () => {
  const [kept, gone] = [await make(KEY), await make(OTHER)]
  const cache = fake.ecr.putImage(REPOSITORY, ['cache-main'])
  const theirs = fake.ecr.putImage(REPOSITORY, ['v1'])
  await images.prune(APP, [kept])
  const uri = `${fake.ecr.host}/${REPOSITORY}`
  const there = [kept.digest, gone.digest, cache, theirs].map((digest) => fake.ecr.has(`${uri}@${digest}`))
  expect(there).toEqual([true, false, true, true])
})

it('leaves what a pin names, by its tag or its digest, in this repository', async () => {
  const third = 'c'.repeat(64)
  const [byTag, byDigest, gone] = [await make(KEY), await make(OTHER), await make(third)]
  const uri = `${fake.ecr.host}/${REPOSITORY}`
  await images.prune(APP, [
    { kind: 'pinned', reference: `${uri}:${KEY}` },
    { kind: 'pinned', reference: `${uri}@${byDigest.digest}` },
    { kind: 'pinned', reference: `${fake.ecr.host}/another:${third}` },
  ])
  const there = [byTag, byDigest, gone].map(({ digest }) => fake.ecr.has(`${uri}@${digest}`))
  expect(there).toEqual([true, true, false])
})

it('has nothing to delete where everything is pinned', async () => {
  await images.prune(APP, [])
})

it('says what is wrong with a reference that no registry could have', () => {
  const pins = ['ghcr.io/acme/relay:1.4', 'redis', 'release:v3', 'no image', '-x'].map((reference) => ({
    component: 'process:relay',
    reference,
  }))
  expect(images.check(pins)).toHaveLength(3)
})
