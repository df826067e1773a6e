import { expect, test } from 'vitest'

import { age } from '../../src/cli/age.ts'

const NOW = Date.parse('2026-03-10T12:00:00Z')

test.each([
  ['2026-03-10T11:59:59.900Z', '0s'],
  ['2026-03-10T11:59:01Z', '59s'],
  ['2026-03-10T11:58:01Z', '1m'],
  ['2026-03-10T09:30:00Z', '2h'],
  ['2026-03-03T11:00:00Z', '7d'],
])('the age of %s is %s: its largest unit, cut and not rounded', (since, shown) => {
  expect(age(since, NOW)).toBe(shown)
})

test('a clock that is ahead makes no negative age', () => {
  expect(age('2026-03-10T12:00:05Z', NOW)).toBe('0s')
})
