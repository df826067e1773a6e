import { expect, it } from 'vitest'

import { EventBatches } from '../../src/deploy/event-batches.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import { FakeClock } from '../fakes/fake-clock.ts'
import { MemoryLog } from '../fakes/memory-log.ts'

const app = { name: 'shop', environment: 'default' }
const notice = (text: string): DeployEvent => ({ at: '2026-01-01T00:00:00.000Z', type: 'notice', text })

function open(onFailure: (error: unknown) => void = () => {}) {
  const [clock, log] = [new FakeClock(), new MemoryLog()]
  const batches = new EventBatches(log, app, clock, onFailure)
  const texts = (number: number) =>
    log.events(app, number).map((event) => (event.type === 'notice' ? event.text : ''))
  return { clock, log, batches, texts }
}

it('writes what came in two seconds together, in order', async () => {
  const { clock, log, batches, texts } = open()
  for (const text of ['a', 'b', 'c']) batches.add(1, notice(text))
  await expect.poll(() => clock.next).toBe(2)
  expect(texts(1)).toEqual([])
  clock.advance(2)
  await expect.poll(() => texts(1)).toEqual(['a', 'b', 'c'])
  batches.add(1, notice('d'))
  await expect.poll(() => clock.next).toBe(2)
  clock.advance(2)
  await expect.poll(() => texts(1)).toEqual(['a', 'b', 'c', 'd'])
  expect(log.writes).toBe(2)
})

it('writes the rest at the end without waiting, each deployment to its own log', async () => {
  const { batches, texts } = open()
  batches.add(1, notice('mine'))
  batches.add(2, notice('of another'))
  await batches.close()
  expect([texts(1), texts(2)]).toEqual([['mine'], ['of another']])
})

it('loses nothing that comes while a write is under way', async () => {
  const { clock, log, batches, texts } = open()
  const slow = Promise.withResolvers<void>()
  const append = log.append.bind(log)
  log.append = async (...write) => {
    await slow.promise
    await append(...write)
  }
  batches.add(1, notice('first'))
  await expect.poll(() => clock.next).toBe(2)
  clock.advance(2)
  batches.add(1, notice('second'))
  const closed = batches.close()
  slow.resolve()
  await closed
  expect(texts(1)).toEqual(['first', 'second'])
})

it('tells of the first failure only, and goes on with what comes later', async () => {
  const failures: unknown[] = []
  const { clock, log, batches, texts } = open((error) => failures.push(error))
  const append = log.append.bind(log)
  log.append = () => Promise.reject(new Error('throttled'))
  for (const text of ['lost', 'lost too']) {
    batches.add(1, notice(text))
    await expect.poll(() => clock.next).toBe(2)
    clock.advance(2)
    await expect.poll(() => clock.next).toBe(null)
  }
  log.append = append
  batches.add(1, notice('kept'))
  await batches.close()
  expect(failures).toEqual([new Error('throttled')])
  expect(texts(1)).toEqual(['kept'])
})
