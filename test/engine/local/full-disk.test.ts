import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { FakeClock } from '../../fakes/fake-clock.ts'
import { fullDisk } from './full-disk.ts'
import { Shop } from './shop.ts'

/** Processes whose command line holds a text. */
function withCommand(text: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text)
    } catch {
      return false
    }
  })
}

for (const on of ['INSERT', 'DELETE'] as const) {
  it(`an instance that ends comes back once its ${on === 'INSERT' ? 'start' : 'end'} can be written down`, async () => {
    const clock = new FakeClock()
    await using shop = await Shop.open(clock)
    const rolled = shop.roll(null, shop.state('worker', 'sleep 600'))
    await expect.poll(() => clock.next).toBe(0.1)
    clock.advance(0.1)
    expect((await rolled).outcome).toBe('steady')
    const [first] = await shop.instances('worker')
    {
      using _full = fullDisk(shop.engine.db, 'children', { on })
      process.kill(first!.pid!, 'SIGKILL')
      await expect.poll(() => clock.next).toBe(0.5)
      clock.advance(0.5)
      // With no row for it, the next one cannot even begin; an old row too many keeps nobody back.
      await expect.poll(() => clock.next).toBe(on === 'INSERT' ? 1 : 0.1)
    }
    clock.advance(1)
    if (on === 'INSERT') {
      await expect.poll(() => clock.next).toBe(0.1)
      clock.advance(0.1)
    }
    await expect.poll(async () => (await shop.instances('worker'))[0]!.state).toBe('up')
    expect((await shop.instances('worker'))[0]!.id).not.toBe(first!.id)
  })
}

it('a task that cannot be written down is refused, and nothing of it waits to begin', async () => {
  await using shop = await Shop.open()
  {
    using _full = fullDisk(shop.engine.db, 'children')
    for (let time = 0; time < 3; time += 1)
      await expect(shop.task('sleep 61.25')).rejects.toThrow('disk is full')
  }
  await expect.poll(() => withCommand('sleep 61.25')).toEqual([])
  expect((await (await shop.task('true')).result).exit_code).toBe(0)
})

it('a new generation that cannot be written down goes, and the old one stays', async () => {
  await using shop = await Shop.open()
  const before = shop.state('worker', 'sleep 600')
  await shop.roll(null, before)
  const [old] = await shop.instances('worker')
  {
    using _full = fullDisk(shop.engine.db, 'processes')
    const verdict = await shop.roll(before, shop.state('worker', 'sleep 601'))
    expect(verdict).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('disk is full') })
  }
  expect(await shop.instances('worker')).toEqual([old])
  expect(shop.children()).toEqual([old!.id])
})

it('an image that was made and could not be written down is made again', async () => {
  await using shop = await Shop.open()
  const key = 'b'.repeat(64)
  const write = (folder: string): Promise<void> => writeFile(join(folder, 'file'), 'content')
  {
    using _full = fullDisk(shop.engine.db, 'images')
    await expect(shop.make(key, write)).rejects.toThrow('disk is full')
  }
  const made = await shop.make(key, write)
  expect((await shop.engine.findImages(shop.app, [key])).get(key)).toMatchObject({ digest: made.digest })
  shop.image = made
  expect((await (await shop.task('test -f file')).result).exit_code).toBe(0)
})
