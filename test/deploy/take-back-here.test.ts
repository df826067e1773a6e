import { expect, it } from 'vitest'

import { systemClock } from '../../src/app/clock.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import { takeBackHere } from '../../src/deploy/take-back-here.ts'
import type { Deployment } from '../../src/engine/ledger.ts'
import { dead } from './dead.ts'
import { Workshop } from './workshop.ts'

const signal = new AbortController().signal
const process = (v: string): object => ({ command: 'sleep 600', env: { V: v }, rollout: { min_up: 0.05 } })

async function takeBack(
  { engine, log, app }: Workshop,
  number: number,
): Promise<{ deployment: Deployment | null; events: DeployEvent[] }> {
  const events: DeployEvent[] = []
  const io = { clock: systemClock, signal, emit: (event: DeployEvent) => void events.push(event) }
  return { deployment: await takeBackHere(engine, log, app, number, io), events }
}

async function versions({ engine, app }: Workshop): Promise<(string | undefined)[]> {
  return (await engine.observe(app)).processes.map(({ spec }) => spec.env['V'])
}

/** Two processes of version 1, and a deployer that died when it had rolled out one of version 2. */
async function killed(shop: Workshop): Promise<number> {
  const first = await shop.commit({ processes: { api: process('1'), worker: process('1') } })
  await shop.deployHere(await shop.request(first))
  return dead(shop, await shop.commit({ processes: { api: process('2'), worker: process('2') } }), ['api'])
}

it('what a dead deployer had changed goes back, and its deployment is ended in the ledger and in its log', async () => {
  await using shop = await Workshop.open()
  const number = await killed(shop)
  expect(await versions(shop)).toEqual(['2', '1'])
  const { deployment, events } = await takeBack(shop, number)
  expect(await versions(shop)).toEqual(['1', '1'])
  expect(deployment).toMatchObject({
    status: 'interrupted',
    reason: 'the deployer stopped; what it had changed was taken back',
  })
  expect(events.map(({ type }) => type)).toContain('rollback.started')
  expect(shop.log.events(shop.app, number).at(-1)).toMatchObject({
    type: 'deployment.finished',
    outcome: 'interrupted',
  })
})

it('one that has ended is left as it is', async () => {
  await using shop = await Workshop.open()
  await shop.deployHere(await shop.request(await shop.commit({ processes: { api: process('1') } })))
  const { deployment, events } = await takeBack(shop, 1)
  expect(deployment).toMatchObject({ status: 'succeeded' })
  expect(events).toEqual([])
})

it('one that another deployment goes on from is left to that one', async () => {
  await using shop = await Workshop.open()
  const number = await killed(shop)
  const lock = await shop.engine.lock(shop.app, {
    deployment: number + 1,
    supersedes: true,
    onWait: () => {},
    signal,
  })
  const { deployment, events } = await takeBack(shop, number)
  expect(deployment).toMatchObject({ status: 'running', finished_at: null })
  expect(events).toEqual([])
  expect(await versions(shop)).toEqual(['2', '1'])
  await lock.release()
})
