import { expect, it } from 'vitest'

import { SHOP, shop } from './apps.ts'
import { World } from './world.ts'

/** Takes so many milliseconds to stop. */
const stubborn = (ms: number): string =>
  `process.on('SIGTERM', () => setTimeout(() => process.exit(0), ${ms})); setInterval(() => {}, 1000)`

it('an app that is deleted while somebody pushes to it is gone, and leaves its name only then', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('leaving')
  await checkout.deploy({ ...shop('1'), 'worker.mjs': stubborn(1_500) })
  await checkout.commit(shop('2'))
  const deleting = world.api('DELETE', '/apps/leaving')
  await expect.poll(() => world.api('GET', '/apps/leaving').catch(String)).toContain('404')
  const { ok } = await checkout.push()
  expect(ok).toBe(false)
  await expect(world.api('POST', '/apps', { name: 'leaving' })).rejects.toThrow('is being deleted')
  await deleting
  expect(world.inhabitants()).toEqual([])
  const again = await world.createApp('leaving')
  expect((await again.deploy(shop('3', SHOP))).output).toContain('Released v1')
})
