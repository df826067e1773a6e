import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { SHOP, shop } from './apps.ts'
import { World, type Checkout } from './world.ts'

let world: World
beforeAll(async () => void (world = await World.create()))
afterAll(() => world[Symbol.asyncDispose]())

const slow = (seconds: number): string =>
  `${SHOP}tasks: {wait: {command: 'sleep ${seconds}', run: pre_deploy}}\n`

const status = async (app: string, number: number): Promise<string | undefined> =>
  (await world.deployments(app)).find((each) => each.number === number)?.status

/** Somebody else's clone of the same app. */
async function clone(checkout: Checkout): Promise<Checkout> {
  const folder = `${checkout.folder}-other`
  await checkout.git('clone', '--quiet', checkout.folder, folder)
  return checkout.at(folder)
}

it('a push waits for the one before it, and what was built upon that one is deployed after it', async () => {
  const checkout = await world.createApp('line')
  await checkout.commit(shop('1', slow(1)))
  const first = checkout.start()
  await expect.poll(() => status('line', 1), { timeout: 10_000 }).toBe('running')
  await checkout.commit({ 'gantry.yml': slow(0) })
  const second = await checkout.push()
  expect(second.output).toContain('Waiting for deployment 1')
  expect(second.ok, second.output).toBe(true)
  expect((await first).exitCode).toBe(0)
  expect(await world.api('GET', '/apps/line/releases')).toHaveLength(2)
})

it('of several that wait the newest is deployed and the others are told', async () => {
  const checkout = await world.createApp('newest')
  await checkout.commit(shop('1', slow(1.5)))
  const first = checkout.start()
  await expect.poll(() => status('newest', 1), { timeout: 10_000 }).toBe('running')
  await checkout.commit({ 'gantry.yml': slow(0.1) })
  const second = checkout.start()
  await expect.poll(() => status('newest', 2), { timeout: 10_000 }).toBe('queued')
  await checkout.commit({ 'gantry.yml': slow(0.2) })
  const third = checkout.start()
  const results = await Promise.all([first, second, third])
  expect(results.map((each) => each.exitCode === 0)).toEqual([true, false, true])
  expect(results[1].all).toContain('superseded by deployment #3')
  expect(await status('newest', 2)).toBe('superseded')
})

it('a push that waited and no longer builds upon the branch is refused before anything runs', async () => {
  const checkout = await world.createApp('moved')
  await checkout.deploy(shop('1'))
  const other = await clone(checkout)
  await checkout.commit({ 'gantry.yml': slow(1) })
  const first = checkout.start()
  await expect.poll(() => status('moved', 2), { timeout: 10_000 }).toBe('running')
  await other.commit({ 'gantry.yml': SHOP.replace('min_up: 0.2', 'min_up: 0.3') })
  const second = await other.push()
  expect((await first).exitCode).toBe(0)
  expect(second.ok).toBe(false)
  expect(second.output).toContain('moved while you waited')
  expect(await status('moved', 3)).toBe('refused')
})

it('a tag that somebody made while an atomic push waited: the branch moves, and the pusher is told', async () => {
  const checkout = await world.createApp('tags')
  const gate = join(world.folder, 'gate')
  const wait = `tasks: {wait: {command: 'until test -e ${gate}; do sleep 0.05; done', run: pre_deploy}}\n`
  await checkout.commit(shop('1', `${SHOP}${wait}`))
  const first = checkout.start()
  await expect.poll(() => status('tags', 1), { timeout: 10_000 }).toBe('running')
  const head = await checkout.commit({ 'gantry.yml': SHOP.replace('min_up: 0.2', 'min_up: 0.3') })
  await checkout.git('tag', 'v1')
  const second = checkout.start('--atomic', 'main', 'v1')
  await expect.poll(() => status('tags', 2), { timeout: 10_000 }).toBe('queued')
  await checkout.git('tag', '--force', 'v1', 'HEAD~1')
  expect((await checkout.push('v1')).ok).toBe(true)
  await writeFile(gate, '')
  await first
  const { all } = await second
  expect(all).toContain('the tags of this push were not stored')
  expect(await status('tags', 2)).toBe('succeeded')
  const refs = await checkout.git('ls-remote', checkout.remote)
  expect(refs).toContain(`${head}\trefs/heads/main`)
  expect(refs).toContain(`${await checkout.git('rev-parse', 'HEAD~1')}\trefs/tags/v1`)
})

it('apps do not wait for each other', async () => {
  const [one, two] = [await world.createApp('left'), await world.createApp('right')]
  await one.commit(shop('1', slow(3)))
  const first = one.start()
  await expect.poll(() => status('left', 1), { timeout: 10_000 }).toBe('running')
  expect((await two.deploy(shop('1'))).ok).toBe(true)
  expect(await status('left', 1)).toBe('running')
  expect((await first).exitCode).toBe(0)
})
