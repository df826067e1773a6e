import { expect, it } from 'vitest'

import { pace } from '../../../../src/engine/ecs/services/pace.ts'

const usual = { age: 0, calls: 1, refused: 0 }

it.each([
  [0, 1],
  [20, 1],
  [60, 1.5],
  [120, 3],
  [300, 7.5],
  [400, 10],
  [3_600, 10],
])('after %d s the next look is in %d s', (age, seconds) => {
  expect(pace({ ...usual, age })).toBe(seconds)
})

it('makes at most half of the calls that ECS sustains, however many services there are', () => {
  expect(pace({ ...usual, calls: 100 })).toBe(10)
})

it.each([
  [1, 2],
  [3, 8],
  [6, 60],
  [2_000, 60],
])('after %d refused looks in a row waits %d s', (refused, seconds) => {
  expect(pace({ ...usual, refused })).toBe(seconds)
})
