import { rename } from 'node:fs/promises'

import { expect, it } from 'vitest'

import type { Verdict } from '../../../src/engine/rollout.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'
import { Shop } from './shop.ts'

it('a process whose image is not there when the server starts is tried again until it is', async () => {
  const clock = new FakeClock()
  await using shop = await Shop.open(clock)
  const rolled = shop.roll(null, shop.state('worker', 'sleep 600'))
  await expect.poll(() => clock.next).toBe(0.1)
  clock.advance(0.1)
  await rolled
  const folder = shop.engine.paths.image('shop', shop.image.digest!)
  const away = `${shop.home}/away`
  await shop.restart(() => rename(folder, away))
  await expect.poll(() => clock.next).toBe(1)
  clock.advance(1)
  // Each time it waits longer.
  await expect.poll(() => clock.next).toBe(2)
  expect(await shop.instances('worker')).toEqual([])
  expect((await shop.lines('worker')).join('\n')).toContain('cannot start: image')
  await rename(away, folder)
  clock.advance(2)
  await expect.poll(() => clock.next).toBe(0.1)
  clock.advance(0.1)
  await expect.poll(async () => (await shop.instances('worker'))[0]?.state).toBe('up')
})

it('a process that waits to be tried again is started by the next rollout, and by that alone', async () => {
  const clock = new FakeClock()
  await using shop = await Shop.open(clock)
  const state = shop.state('worker', 'sleep 600')
  const roll = async (): Promise<Verdict> => {
    const rolled = shop.roll(null, state)
    await expect.poll(() => clock.next).toBe(0.1)
    clock.advance(0.1)
    return rolled
  }
  await roll()
  const folder = shop.engine.paths.image('shop', shop.image.digest!)
  const away = `${shop.home}/away`
  await shop.restart(() => rename(folder, away))
  await expect.poll(() => clock.next).toBe(1)
  await rename(away, folder)
  expect((await roll()).outcome).toBe('steady')
  clock.advance(1)
  // What the clock has woken would be there when a task has come and gone.
  await (
    await shop.task('true')
  ).result
  expect(shop.children()).toEqual((await shop.instances('worker')).map((each) => each.id))
})

it('what runs comes back with the value that the variable had when it was rolled out', async () => {
  await using shop = await Shop.open()
  await shop.setVariable('LEVEL', 'quiet')
  const variables = await shop.version('LEVEL')
  await shop.roll(null, shop.state('worker', 'echo "it is $LEVEL"; exec sleep 600', { variables }))
  await shop.setVariable('LEVEL', 'loud')
  await shop.engine.prune(shop.app)
  await shop.restart()
  const said = async (): Promise<string[]> =>
    (await shop.lines('worker')).filter((line) => line.startsWith('it is'))
  await expect.poll(said).toEqual(['it is quiet', 'it is quiet'])
})
