import { expect, it } from 'vitest'

import { TasksShop } from './tasks-shop.ts'

it('gives each line once, also those that CloudWatch shows late', async () => {
  await using shop = await TasksShop.open()
  shop.fake.logs.delay = 2.5
  shop.fake.logs.sparse = true
  shop.fake.logs.pageSize = 3
  const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`)
  shop.behave({
    lines: lines.map((line, index) => ({ after: index / 2, line })),
    exit: { after: 10, code: 0 },
  })
  expect((await shop.finish(await shop.run('bin/migrate'))).lines).toEqual(lines)
})

it('shows lines while the task runs', async () => {
  await using shop = await TasksShop.open()
  shop.behave({ lines: ['first'], exit: { after: 300, code: 0 } })
  const handle = await shop.run('bin/migrate')
  for await (const line of handle.logs) {
    expect(line).toBe('first')
    expect(shop.fake.ecs.tasks()[0]!.lastStatus).toBe('RUNNING')
    break
  }
  await handle.stop('enough')
})

it('gives events of several lines as lines', async () => {
  await using shop = await TasksShop.open()
  shop.behave({ lines: ['one\ntwo\r\n', '10%\r20%'], exit: { after: 1, code: 0 } })
  expect((await shop.finish(await shop.run('bin/migrate'))).lines).toEqual(['one', 'two', '10%', '20%'])
})

it('waits only for a few seconds for more of what has ended', async () => {
  await using shop = await TasksShop.open()
  const handle = await shop.run(['/fake/prints', 'done', '0'])
  const ended = handle.result.then(() => shop.fake.clock.now())
  await Array.fromAsync(handle.logs)
  const seconds = (shop.fake.clock.now() - (await ended)) / 1_000
  expect(seconds).toBeGreaterThanOrEqual(3)
  expect(seconds).toBeLessThanOrEqual(5)
})

it('does not let a task fail because its output may not be read', async () => {
  await using shop = await TasksShop.open()
  shop.fake.missing.add('logs:GetLogEvents')
  expect(await shop.finish(await shop.run(['/fake/prints', 'done', '0']))).toMatchObject({
    exit_code: 0,
    lines: [expect.stringMatching(/^\(its output cannot be shown: .*\)$/)],
  })
})

it('asks for new lines seldom when none come', async () => {
  await using shop = await TasksShop.open()
  const result = await shop.finish(await shop.run(['/fake/lasts', '300', '0']))
  expect(result.lines).toEqual([])
  expect(shop.count('GetLogEvents')).toBeLessThan(90)
})
