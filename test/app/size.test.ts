import { describe, expect, test } from 'vitest'

import { parseCpu, parseMemory, showCpu, showMemory } from '../../src/app/size.ts'

describe('parseMemory', () => {
  test.each([
    [0.5, 512],
    [1, 1024],
    ['2', 2048],
    ['512 MB', 512],
    ['512mb', 512],
    ['1 GB', 1024],
    ['1GiB', 1024],
    ['1.5 GiB', 1536],
    ['32 MiB', 32],
    [256, 262_144],
    [0.3, 308],
  ])('reads %j as %i MiB', (input, mib) => expect(parseMemory(input)).toBe(mib))

  test.each([
    0,
    -1,
    0.01,
    257,
    512,
    Number.NaN,
    Infinity,
    '',
    'much',
    '1 TB',
    '1 MB',
    '-1',
    '1e3',
    '0x10',
    '1 GB x',
  ])('refuses %j', (input) => expect(parseMemory(input)).toBeNull())
})

describe('parseCpu', () => {
  test.each([
    [0.25, 256],
    [1, 1024],
    ['0.5', 512],
    [0.1, 103],
    [192, 196_608],
  ])('reads %j as %i units', (input, units) => expect(parseCpu(input)).toBe(units))

  test.each([0, -1, 193, 256, '', 'half', '500m', Number.NaN])('refuses %j', (input) =>
    expect(parseCpu(input)).toBeNull(),
  )
})

test('sizes print in the unit in which people think', () => {
  expect([512, 1024, 1536, 1300, 2560, 16_384].map(showMemory)).toEqual([
    '512 MB',
    '1 GB',
    '1.5 GB',
    '1300 MB',
    '2.5 GB',
    '16 GB',
  ])
  expect([256, 1024, 64, 1].map(showCpu)).toEqual(['0.25 vCPU', '1 vCPU', '0.0625 vCPU', '0.001 vCPU'])
  // 0.1, 0.4 and 1.2 vCPU are rounded up to whole units when they are read.
  expect([103, 410, 1229].map(showCpu)).toEqual(['0.1 vCPU', '0.4 vCPU', '1.2 vCPU'])
})
