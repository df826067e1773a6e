import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { HealthCheck } from '../../../src/app/app.ts'
import type { ProcessSpec } from '../../../src/app/spec.ts'
import { Shop } from './shop.ts'

const CHECK: HealthCheck = {
  path: null,
  command: null,
  tcp: false,
  interval: 0.1,
  timeout: 5,
  retries: 2,
  start_period: 0,
}
/** Ready as long as there is this file. */
const READY: HealthCheck = { ...CHECK, command: 'test -e "$HOME/ready" || { echo warming up; false; }' }
const SERVES = `require('http').createServer((q, r) => r.end('x')).listen(process.env.PORT)`
const TIMEOUT = { timeout: 10_000 }

let shop: Shop
beforeEach(async () => {
  shop = await Shop.open()
})
afterEach(() => shop[Symbol.asyncDispose]())

const web = (more: Partial<ProcessSpec> = {}) =>
  shop.roll(
    null,
    shop.state('web', '', { command: ['node', '-e', SERVES], expose: 'public', readiness: READY, ...more }),
  )
const inHome = async (command: string): Promise<void> => {
  await (
    await shop.task(`cd "$HOME"; ${command}`)
  ).result
}
/** Whether the proxy has somebody to send a request to. */
const isOpen = (): boolean => {
  const passage = shop.engine.router.enter('shop', 'web')
  passage?.end()
  return passage !== null
}
const state = async (): Promise<string> => (await shop.instances('web'))[0]!.state

describe('readiness', () => {
  it('decides when an instance gets its first request, and a rollout waits for it', async () => {
    const rolled = web()
    await expect.poll(() => shop.lines('web'), TIMEOUT).toContainEqual(expect.stringContaining('not ready'))
    expect((await shop.lines('web')).join()).toContain(
      'not ready: health check failed: exit 1: warming up after 0.2 s; it gets no requests until it is',
    )
    expect(isOpen()).toBe(false)
    await inHome('touch ready')
    expect(await rolled).toMatchObject({ outcome: 'steady' })
    expect(isOpen()).toBe(true)
  })

  it('takes an instance out of the traffic and in again, and never replaces it', async () => {
    await inHome('touch ready')
    await web({ health_check: { ...CHECK, tcp: true } })
    const [first] = await shop.instances('web')
    expect(isOpen()).toBe(true)
    await inHome('rm ready')
    await expect.poll(isOpen, TIMEOUT).toBe(false)
    expect(await state()).toBe('unhealthy')
    await inHome('touch ready')
    await expect.poll(isOpen, TIMEOUT).toBe(true)
    expect(await shop.instances('web')).toMatchObject([{ id: first!.id, state: 'up', restarts: 0 }])
  })

  it('says nothing of whether an instance is replaced: the health check does', async () => {
    await inHome('touch ready well')
    await web({ health_check: { ...CHECK, command: 'test -e "$HOME/well"' } })
    const [first] = await shop.instances('web')
    await inHome('rm well')
    await expect.poll(() => shop.lines('web'), TIMEOUT).toContain('unhealthy: exit 1; replacing it')
    await inHome('touch well')
    await expect.poll(state, TIMEOUT).toBe('up')
    expect((await shop.instances('web'))[0]!.id).not.toBe(first!.id)
  })

  it('that never comes lets a rollout time out, and nothing stays of it', async () => {
    const rollout = { overlap: true, on_failure: 'rollback', timeout: 1.5, min_up: 0.1 } as const
    expect(await web({ rollout })).toMatchObject({ outcome: 'timed_out', runs: 'before' })
    expect(await shop.instances('web')).toEqual([])
    expect(shop.children()).toEqual([])
  })
})
