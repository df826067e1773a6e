import { expect, it } from 'vitest'

import { systemClock } from '../../src/app/clock.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import type { Wanted } from '../../src/deploy/prepare.ts'
import { Deployments } from '../../src/server/deployments.ts'
import { Workshop } from '../deploy/workshop.ts'

const ENTRY = { kind: 'deploy', commit: null, by: 'test', title: 'test' } as const
const CONFIG = { processes: { worker: { command: 'sleep 600', rollout: { min_up: 0.1 } } } }
const PLAN = { plan: {}, supersedes: true }

function open(shop: Workshop): { deployments: Deployments; bugs: unknown[] } {
  const bugs: unknown[] = []
  const options = { onBug: (error: unknown) => bugs.push(error), mayBegin: () => {}, onEnd: () => {} }
  return {
    deployments: new Deployments(
      async () => ({ engine: shop.engine, remote: null }),
      shop.engine.db,
      systemClock,
      options,
    ),
    bugs,
  }
}

/** All events, until the deployment has finished. */
const follow = (shop: Workshop, deployments: Deployments, number: number): Promise<DeployEvent[]> =>
  Array.fromAsync(deployments.events(shop.app, number, true, new AbortController().signal))

it('one that is cancelled while its image is written is cancelled for everybody who asks', async () => {
  await using shop = await Workshop.open()
  const { deployments } = open(shop)
  const wanted = await shop.want(await shop.commit(CONFIG))
  // The deadline of a large tree: it is written until the signal fires, and then what git throws is thrown.
  const write = async (_folder: string, signal: AbortSignal): Promise<void> => {
    await deployments.cancel(shop.app, 1)
    signal.throwIfAborted()
  }
  const requests = [...wanted.requests].map(
    ([key, request]) => [key, { ...request, source: { ...request.source, write } }] as const,
  )
  const want = async (): Promise<Wanted> => ({ ...wanted, requests: new Map(requests) })
  const { result } = await deployments.start(shop.app, ENTRY, async () => ({ want, ...PLAN }))
  expect(await result).toMatchObject({ outcome: 'cancelled', release: null })
  expect((await deployments.get(shop.app, 1)).status).toBe('cancelled')
  expect((await follow(shop, deployments, 1)).at(-1)).toMatchObject({ outcome: 'cancelled' })
})

it('one that is cancelled before it waits for its turn is cancelled', async () => {
  await using shop = await Workshop.open()
  const { deployments } = open(shop)
  const want = async (): Promise<Wanted> => shop.want(await shop.commit(CONFIG))
  const { result } = await deployments.start(shop.app, ENTRY, async () => {
    await deployments.cancel(shop.app, 1)
    return { want, ...PLAN }
  })
  expect((await result).outcome).toBe('cancelled')
  expect((await shop.engine.observe(shop.app)).processes).toEqual([])
})

it('one whose branch cannot be moved has its outcome, and those who follow it are told', async () => {
  await using shop = await Workshop.open()
  const { deployments, bugs } = open(shop)
  const commit = await shop.commit(CONFIG)
  const settle = (): Promise<void> => Promise.reject(new Error('the ref is locked'))
  const { result } = await deployments.start(shop.app, ENTRY, async () => ({
    want: () => shop.want(commit),
    settle,
    ...PLAN,
  }))
  const events = await follow(shop, deployments, 1)
  expect((await result).outcome).toBe('succeeded')
  expect(events.at(-1)).toMatchObject({ type: 'deployment.finished', outcome: 'succeeded' })
  expect(events).toContainEqual(
    expect.objectContaining({ type: 'notice', text: expect.stringContaining('the ref is locked') }),
  )
  expect(bugs).toHaveLength(1)
})

it('one that cannot even begin is recorded as failed, and those who follow it are told', async () => {
  await using shop = await Workshop.open()
  const { deployments } = open(shop)
  const { result } = await deployments.start(shop.app, ENTRY, () =>
    Promise.reject(new Error('no space left')),
  )
  expect((await follow(shop, deployments, 1)).at(-1)).toMatchObject({ outcome: 'failed' })
  expect(await result).toMatchObject({ outcome: 'failed', reason: 'no space left' })
  expect((await deployments.get(shop.app, 1)).status).toBe('failed')
})

it('none is accepted any more while the server closes, nor recorded', async () => {
  await using shop = await Workshop.open()
  const { deployments } = open(shop)
  const commit = await shop.commit(CONFIG)
  const stubborn = Promise.withResolvers<Wanted>()
  const request = { want: () => stubborn.promise, ...PLAN }
  const { result } = await deployments.start(shop.app, ENTRY, async () => request)
  const closed = deployments.close()
  await expect(deployments.start(shop.app, ENTRY, async () => request)).rejects.toThrow('the server stops')
  stubborn.resolve(await shop.want(commit))
  await closed
  expect((await result).outcome).toBe('cancelled')
  await expect(deployments.start(shop.app, ENTRY, async () => request)).rejects.toThrow('the server stops')
  expect(await shop.engine.ledger.deployments(shop.app, 10)).toHaveLength(1)
})
