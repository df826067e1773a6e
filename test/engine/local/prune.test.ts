import { stat } from 'node:fs/promises'

import { expect, it } from 'vitest'

import type { NewRelease } from '../../../src/engine/ledger.ts'
import { aContainer } from '../../app/fixtures.ts'
import { Shop } from './shop.ts'

const REST = { environment: 'default', engine: 'local', env: {}, secrets: {}, ecs: {} }

/** A release whose app has these components, as far as pruning looks at them. */
async function release(shop: Shop, app: object, rest: Partial<NewRelease> = {}): Promise<void> {
  const entry = { kind: 'deploy', commit: null, by: 'test', title: 'test' } as const
  const { number } = await shop.engine.ledger.open(shop.app, entry)
  const config = { name: 'shop', ...REST, processes: [], tasks: [], ...app } as unknown as NewRelease['app']
  await shop.engine.ledger.finish(shop.app, number, {
    outcome: 'succeeded',
    reason: null,
    release: { commit: null, app: config, images: {}, owned_images: {}, ...rest },
  })
}

const isThere = (shop: Shop, digest: string): Promise<boolean> =>
  stat(shop.engine.paths.image('shop', digest)).then(
    () => true,
    () => false,
  )

it('pruning deletes the image that nobody names', async () => {
  await using shop = await Shop.open()
  await shop.engine.prune(shop.app)
  expect(await isThere(shop, shop.image.digest!)).toBe(false)
  expect((await shop.engine.findImages(shop.app, [shop.image.key])).size).toBe(0)
})

it('pruning keeps the image of a task that runs, and deletes it once that has ended', async () => {
  await using shop = await Shop.open()
  const task = await shop.task('sleep 600')
  await shop.engine.prune(shop.app)
  expect(await isThere(shop, shop.image.digest!)).toBe(true)
  await task.stop('enough')
  await shop.engine.prune(shop.app)
  expect(await isThere(shop, shop.image.digest!)).toBe(false)
})

it('pruning keeps what the components of a kept release are pinned to', async () => {
  await using shop = await Shop.open()
  const [web, job, free] = [await shop.make('b'.repeat(64)), await shop.make('c'.repeat(64)), shop.image]
  const proxy = await shop.make('d'.repeat(64))
  const pinOf = ({ key }: { key: string }) => ({ image: `key:${key.slice(0, 8)}` })
  await release(shop, {
    processes: [{ name: 'web', ...pinOf(web), containers: { proxy: aContainer(pinOf(proxy)) } }],
    tasks: [{ name: 'migrate', image: `key:${job.key.slice(0, 8)}`, run: 'pre_deploy' }],
  })
  await shop.engine.prune(shop.app)
  const found = [web, proxy, job, free].map((each) => isThere(shop, each.digest!))
  expect(await Promise.all(found)).toEqual([true, true, true, false])
})

it('pruning keeps the images of the containers beside a process [SW-12]', async () => {
  await using shop = await Shop.open()
  const { build: _build, ...proxy } = aContainer({ command: 'exec sleep 600' })
  const image = await shop.make('d'.repeat(64))
  await shop.roll(null, shop.state('web', 'exec sleep 600', { containers: { proxy: { ...proxy, image } } }))
  await shop.engine.prune(shop.app)
  expect(await isThere(shop, image.digest!)).toBe(true)
})

it('pruning keeps what an operator had pinned when a kept release was made', async () => {
  await using shop = await Shop.open()
  await release(shop, {}, { owned_images: { web: `key:${shop.image.key.slice(0, 8)}` } })
  await shop.engine.prune(shop.app)
  expect(await isThere(shop, shop.image.digest!)).toBe(true)
})
