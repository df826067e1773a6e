import { expect, test } from 'vitest'

import { columnWidths, table, wrapped } from '../../src/report/table.ts'
import { showBytes, showElapsed } from '../../src/report/units.ts'

test.each([
  [0, '0 s'],
  [0.84, '0.8 s'],
  [3.02, '3 s'],
  [30, '30 s'],
  [59.7, '1 min'],
  [90, '1 min 30 s'],
  [3_600, '1 h'],
  [604_800, '7 d'],
])('%s seconds took %s', (seconds, text) => {
  expect(showElapsed(seconds)).toBe(text)
})

test('bytes are rounded', () => {
  expect([0, 640, 1_024, 1_300_000, 5e12].map(showBytes)).toEqual([
    '0 B',
    '640 B',
    '1 KB',
    '1.2 MB',
    '4.5 TB',
  ])
})

test('a table pads every column but the last by what is visible', () => {
  const bold = '\u{1b}[1mab\u{1b}[22m'
  expect(
    table([
      [bold, 'x', 'long last'],
      ['abcd', 'yy', ''],
    ]),
  ).toEqual([`${bold}    x   long last`, 'abcd  yy'])
  expect(columnWidths([[bold, 'x', 'long last']])).toEqual([2, 1])
})

test('items go on the next line where they no longer fit', () => {
  expect(wrapped(['aaa', 'bbb', 'ccc', 'a very long item'], 9)).toEqual([
    'aaa, bbb,',
    'ccc,',
    'a very long item',
  ])
  expect(wrapped([], 8)).toEqual([])
})
