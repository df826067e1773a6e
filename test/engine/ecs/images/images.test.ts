import { afterEach, beforeEach, expect, it } from 'vitest'

import type { Builder } from '../../../../src/engine/ecs/images/builder.ts'
import { Images } from '../../../../src/engine/ecs/images/images.ts'
import { BUILD } from '../../../app/fixtures.ts'
import { FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { awsOf } from '../aws.ts'

const APP = { name: 'shop', environment: 'production' }
const REPOSITORY = 'shop/production'
const [KEY, OTHER] = ['a'.repeat(64), 'b'.repeat(64)]
let fake: FakeAws
let images: Images
let built: string[]

/** Brings a name into the registry, as a build and a push do. */
const builder: Builder = {
  async build({ reference }) {
    built.push(reference)
    fake.ecr.putImage(REPOSITORY, [reference.split(':').at(-1)!])
  },
}

beforeEach(async () => {
  fake = await FakeAws.start()
  built = []
  images = new Images({ aws: awsOf(fake), clock: fake.clock, cluster: 'default' }, builder)
})
afterEach(() => fake[Symbol.asyncDispose]())

const make = (key: string) =>
  images.make(
    APP,
    { key, build: BUILD, source: { bytes: 0, files: 0, write: async () => {} } },
    { signal: new AbortController().signal, log: () => {} },
  )

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

it('makes the repository when it is missing, with immutable tags and a policy', async () => {
  await make(KEY)
  const calls = fake.calls.filter(({ writes }) => writes).map(({ operation }) => operation)
  expect(calls).toEqual(['CreateRepository', 'PutLifecyclePolicy'])
})

it('keeps an image that was made anew under its former name, for roll-backs', async () => {
  const first = await make(KEY)
  const second = await make(KEY)
  expect(second.digest).not.toBe(first.digest)
  expect(fake.ecr.has(`${built[0]!.split(':')[0]}@${first.digest}`)).toBe(true)
})

it('deletes what nothing names, and leaves caches and what people pushed', async () => {
  const [kept, gone] = [await make(KEY), await make(OTHER)]
  const cache = fake.ecr.putImage(REPOSITORY, ['cache-main'])
  const theirs = fake.ecr.putImage(REPOSITORY, ['v1'])
  await images.prune(APP, new Set([kept.digest]))
  const uri = built[0]!.split(':')[0]
  const there = [kept.digest, gone.digest, cache, theirs].map((digest) => fake.ecr.has(`${uri}@${digest}`))
  expect(there).toEqual([true, false, true, true])
})

it('has nothing to delete where everything is pinned', async () => {
  await images.prune(APP, new Set())
})

it('says what is wrong with a reference that no registry could have', () => {
  const pins = ['ghcr.io/acme/relay:1.4', 'redis', 'release:v3', 'no image', '-x'].map((reference) => ({
    component: 'process:relay',
    reference,
  }))
  expect(images.check(pins)).toHaveLength(3)
})
