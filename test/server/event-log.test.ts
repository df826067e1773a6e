import { expect, it } from 'vitest'

import type { DeployEvent } from '../../src/deploy/events.ts'
import { EventLog } from '../../src/server/event-log.ts'
import { Database } from '../../src/store/database.ts'

const app = { name: 'shop', environment: 'default' }
const at = '2026-01-01T00:00:00.000Z'
const LIMIT = 20 * 1024 * 1024
const FINISHED: DeployEvent = {
  at,
  type: 'deployment.finished',
  outcome: 'succeeded',
  reason: null,
  hint: null,
  diagnostics: [],
  release: 1,
  seconds: 1,
}

async function store(lines: Iterable<string>): Promise<DeployEvent[]> {
  const log = new EventLog(new Database(':memory:'))
  for (const line of lines) log.append(app, 1, { at, type: 'task.log', task: 'migrate', line })
  log.append(app, 1, FINISHED)
  return Array.fromAsync(log.read(app, 1, true, new AbortController().signal))
}

it('keeps all events in their order up to the last one', async () => {
  const events = await store(['one', '', 'two'])
  expect(events.map((event) => ('line' in event ? event.line : event.type))).toEqual([
    'one',
    '',
    'two',
    'deployment.finished',
  ])
})

it('counts an empty line towards the limit too: its time and its place are stored as well', async () => {
  const events = await store(['x'.repeat(LIMIT - 2_000), ...Array.from({ length: 1_000 }, () => '')])
  const empty = events.filter((event) => 'line' in event && event.line === '')
  expect(empty.length).toBeGreaterThan(0)
  expect(empty.length).toBeLessThan(30)
  const [notice, last] = events.slice(-2)
  expect(notice).toMatchObject({ type: 'notice', text: expect.stringContaining('too long') })
  expect(last).toEqual(FINISHED)
  expect(events.filter((event) => event.type === 'notice')).toHaveLength(1)
})
