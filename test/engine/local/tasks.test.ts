import { expect, it, vi } from 'vitest'

import { Shop } from './shop.ts'

it('stopping a task that has ended signals nobody: its pid may be a stranger by then', async () => {
  await using shop = await Shop.open()
  const task = await shop.task('true')
  const result = await task.result
  const kill = vi.spyOn(process, 'kill')
  await task.stop('late')
  expect(kill).not.toHaveBeenCalled()
  kill.mockRestore()
  expect(await task.result).toBe(result)
})

it('a task that is about to start when its app is removed does not start', async () => {
  await using shop = await Shop.open()
  const [task] = await Promise.allSettled([shop.task('sleep 600'), shop.engine.removeApp(shop.app)])
  expect(task).toMatchObject({
    status: 'rejected',
    reason: expect.objectContaining({ message: 'stopped before it began' }),
  })
  expect(shop.children()).toEqual([])
})

it('a task that is about to start when the server stops does not start', async () => {
  await using shop = await Shop.open()
  const task = shop.task('sleep 600')
  await Promise.allSettled([task, shop.restart()])
  await expect(task).rejects.toThrow('stopped before it began')
  expect(shop.children()).toEqual([])
})
