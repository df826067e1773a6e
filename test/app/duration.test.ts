import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseDuration, showDuration } from '../../src/app/duration.ts'

test.each([
  ['30s', 30],
  ['15m', 900],
  ['1h', 3600],
  ['7d', 604_800],
  ['500ms', 0.5],
  ['1.5h', 5400],
  [' 30s ', 30],
  ['30', 30],
  [30, 30],
  [0.25, 0.25],
  [0, 0],
  [-0, 0],
])('reads %j as %d seconds', (input, seconds) => expect(parseDuration(input)).toBe(seconds))

test.each(['', 's', '-1s', '1 hour', '1h30m', '1w', '1e3', -1, Number.NaN, Infinity])('refuses %j', (input) =>
  expect(parseDuration(input)).toBeNull(),
)

test('prints the largest whole unit', () => {
  expect([0, 0.5, 1, 90, 900, 3600, 5400, 604_800].map(showDuration)).toEqual([
    '0s',
    '500ms',
    '1s',
    '90s',
    '15m',
    '1h',
    '90m',
    '7d',
  ])
})

test('what it prints reads back as the same duration', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (ms) => {
      expect(parseDuration(showDuration(ms / 1000))).toBeCloseTo(ms / 1000, 3)
    }),
  )
})
