import { expect, onTestFinished, test } from 'vitest'

import type { DeployEvent } from '../../src/deploy/events.ts'
import { requestRollback } from '../../src/deploy/requests.ts'
import { Workshop } from './workshop.ts'

const DAY = 86_400

const config = (more: object) => ({
  processes: { worker: { command: 'sleep 600', rollout: { min_up: '50ms' } } },
  ...more,
})

async function open(): Promise<Workshop> {
  const shop = await Workshop.open()
  onTestFinished(() => shop[Symbol.asyncDispose]())
  return shop
}

const notices = (events: readonly DeployEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'notice' ? [event.text] : []))

test('a deploy sets how long logs are kept, also when nothing else is to do, and says so once', async () => {
  const shop = await open()
  expect(notices((await shop.deploy(await shop.commit(config({})))).events)).toEqual([])
  const kept = await shop.commit(config({ logs: { retention: '30d' } }))
  const set = await shop.deploy(kept)
  expect(set.outcome).toBe('unchanged')
  expect(notices(set.events)).toEqual(['logs are kept for 30d'])
  expect(notices((await shop.deploy(kept)).events)).toEqual([])
  const left = await shop.deploy(await shop.commit(config({})))
  expect(notices(left.events)).toEqual(['logs are kept as long as there is room'])
})

test('who deploys only what is needed sets it as well', async () => {
  const shop = await open()
  await shop.deploy(await shop.commit(config({})))
  const commit = await shop.commit(config({ logs: { retention: '1h' } }))
  const { number, outcome, events } = await shop.deployHere(await shop.request(commit))
  expect({ number, outcome }).toEqual({ number: null, outcome: 'unchanged' })
  expect(notices(events)).toEqual(['logs are kept for 1h'])
})

test('a roll-back leaves it as it is, as an older time would delete what nothing brings back', async () => {
  const shop = await open()
  const { app, engine } = shop
  await shop.deploy(await shop.commit(config({ logs: { retention: '1d' } })))
  await shop.deploy(await shop.commit(config({ logs: { retention: '90d' }, env: { A: '1' } })))
  const requested = await requestRollback(engine, app, 1)
  expect((await requested.request.want()).app.logs).toEqual({ retention: DAY })
  const { outcome, events } = await shop.deployHere(requested)
  expect(outcome).toBe('succeeded')
  expect(notices(events)).toEqual([])
  expect(await engine.setLogRetention(app, 90 * DAY)).toBe(false)
})
