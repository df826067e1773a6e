import { describe, expect, it } from 'vitest'

import type { ProcessSpec } from '../../../src/app/spec.ts'
import { LISTENS, Shop } from './shop.ts'

const rollout = (more: Partial<ProcessSpec['rollout']>): Pick<ProcessSpec, 'rollout'> => ({
  rollout: { overlap: true, on_failure: 'rollback', timeout: 20, min_up: 0.1, ...more },
})

describe('a rollout that fails', () => {
  it('does not make public what was private', async () => {
    await using shop = await Shop.open()
    const before = shop.state('web', LISTENS, { expose: 'private' })
    await shop.roll(null, before)
    const verdict = await shop.roll(before, shop.state('web', 'exit 1', { expose: 'public' }))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect(shop.engine.router.isPublic('shop', 'web')).toBe(false)
  })

  it('does not hide what was public', async () => {
    await using shop = await Shop.open()
    const before = shop.state('web', LISTENS, { expose: 'public' })
    await shop.roll(null, before)
    const verdict = await shop.roll(before, shop.state('web', 'exit 1', { expose: 'private' }))
    expect(verdict).toMatchObject({ outcome: 'failed', runs: 'before' })
    expect(shop.engine.router.isPublic('shop', 'web')).toBe(true)
  })

  it('leaves the main process of the app what it was', async () => {
    await using shop = await Shop.open()
    expect(await shop.roll(null, shop.state('api', LISTENS, { expose: 'public' }))).toMatchObject({
      outcome: 'steady',
    })
    expect((await shop.roll(null, shop.state('web', 'exit 1', { expose: 'public' }))).outcome).toBe('failed')
    expect(shop.engine.router.main('shop')).toBe('api')
  })

  it('for its time is kept where on_failure says so, and shows the last lines', async () => {
    await using shop = await Shop.open()
    const slow = rollout({ on_failure: 'keep', timeout: 0.5, min_up: 60 })
    const verdict = await shop.roll(null, shop.state('web', 'echo waiting for the database; sleep 600', slow))
    expect(verdict).toMatchObject({ outcome: 'timed_out', runs: 'after' })
    expect(verdict.log).toContain('waiting for the database')
    expect(await shop.instances('web')).toHaveLength(1)
  })
})

it('a rollout that is cancelled before an instance has its port ends', async () => {
  await using shop = await Shop.open()
  const web = shop.state('web', LISTENS, { expose: 'public' })
  expect(await shop.roll(null, web, AbortSignal.abort())).toMatchObject({
    outcome: 'cancelled',
    runs: 'before',
  })
})

it('a health check may take a fraction of a millisecond', async () => {
  await using shop = await Shop.open()
  // 1.001 * 1000 is not a whole number, which Node's timers refuse.
  const check = { path: null, command: 'true', tcp: false, retries: 3, start_period: 1 }
  const health_check = { ...check, interval: 0.1, timeout: 1.001 }
  expect(await shop.roll(null, shop.state('web', 'sleep 600', { health_check }))).toMatchObject({
    outcome: 'steady',
  })
})

it('scaling down does not wait for an instance that can no longer start', async () => {
  await using shop = await Shop.open()
  // The second place finds itself locked out once it has run.
  const command = 'mkdir "$HOME/$DYNO" || exit 3; exec sleep 600'
  const before = shop.state('worker', command, { demand_count: 2 })
  expect((await shop.roll(null, before)).outcome).toBe('steady')
  process.kill((await shop.instances('worker'))[1]!.pid!, 'SIGKILL')
  await expect.poll(async () => (await shop.instances('worker'))[1]!.restarts).toBe(1)
  const [first] = await shop.instances('worker')
  expect(await shop.roll(before, shop.state('worker', command))).toMatchObject({ outcome: 'steady' })
  expect(await shop.instances('worker')).toEqual([first])
})

it('going back brings a process back with the value of the variable it had', async () => {
  await using shop = await Shop.open()
  await shop.setVariable('DATABASE', 'good')
  const command = 'test "$DATABASE" = good && exec sleep 600'
  const alone = rollout({ overlap: false })
  const before = shop.state('worker', command, { ...alone, variables: await shop.version('DATABASE') })
  expect((await shop.roll(null, before)).outcome).toBe('steady')
  await shop.setVariable('DATABASE', 'bad')
  const after = shop.state('worker', command, { ...alone, variables: await shop.version('DATABASE') })
  expect(await shop.roll(before, after)).toMatchObject({ outcome: 'failed', runs: 'neither' })
  // What is tidied up in between must not be what it goes back to.
  await shop.engine.prune(shop.app)
  expect(await shop.roll(after, before)).toMatchObject({ outcome: 'steady' })
})
