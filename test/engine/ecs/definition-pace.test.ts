import { expect, test } from 'vitest'

import { Pace } from '../../../src/engine/ecs/definition/pace.ts'
import { FakeClock } from '../../fakes/fake-clock.ts'

/** Lets every promise that can go on do so. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

test('ecs.md §2.4: so many at once, then one for each second that passes', async () => {
  const clock = new FakeClock()
  const pace = new Pace(clock, { burst: 3, perSecond: 1 })
  let made = 0
  const all = Promise.all(Array.from({ length: 6 }, () => pace.turn().then(() => made++)))
  const counts: number[] = []
  for (let second = 0; second <= 3; second++) {
    await settled()
    counts.push(made)
    clock.advance(1)
  }
  await all
  expect(counts).toEqual([3, 4, 5, 6])
})

test('what was not used is saved up, to the burst and no further', async () => {
  const clock = new FakeClock()
  const pace = new Pace(clock, { burst: 2, perSecond: 1 })
  await pace.turn()
  await pace.turn()
  clock.advance(60)
  let made = 0
  const all = Promise.all(Array.from({ length: 3 }, () => pace.turn().then(() => made++)))
  await settled()
  expect(made).toBe(2)
  clock.advance(1)
  await all
})

test('who is cancelled does not wait for a turn', async () => {
  const pace = new Pace(new FakeClock(), { burst: 1, perSecond: 1 })
  await pace.turn()
  const cancel = new AbortController()
  const turn = pace.turn(cancel.signal)
  cancel.abort()
  await turn
})
