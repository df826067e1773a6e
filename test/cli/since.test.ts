import { expect, test } from 'vitest'

import { readSince } from '../../src/cli/since.ts'

const now = Date.parse('2026-03-10T12:00:00Z')

test.each([
  ['10m', '2026-03-10T11:50:00.000Z'],
  ['1.5h', '2026-03-10T10:30:00.000Z'],
  ['2d', '2026-03-08T12:00:00.000Z'],
  ['90', '2026-03-10T11:58:30.000Z'],
  ['999999999d', '1970-01-01T00:00:00.000Z'],
  ['2026-03-09', '2026-03-09T00:00:00.000Z'],
  ['2026-03-09T08:30Z', '2026-03-09T08:30:00.000Z'],
  ['2026-03-09T08:30:15.25+02:00', '2026-03-09T06:30:15.250Z'],
])('%s is since %s', (text, since) => {
  expect(readSince(text, now)).toBe(since)
})

test.each(['', 'yesterday', '10 minutes', '-5m', '2026-13-01', '2026-03-09 08:30', '9 Mar 2026'])(
  '"%s" is no time',
  (text) => {
    expect(() => readSince(text, now)).toThrow('how long ago, as in 10m, or an ISO time')
  },
)
