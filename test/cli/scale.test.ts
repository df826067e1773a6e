import { describe, expect, test } from 'vitest'

import { parseScaling, scaledFields, showScaling } from '../../src/cli/scale.ts'

const PROCESSES = [
  { name: 'web', demand_count: 3, spot_count: 0 },
  { name: 'worker', demand_count: 2, spot_count: 1 },
]

describe('parseScaling', () => {
  test('reads on-demand counts, and spot counts after a plus', () => {
    expect(parseScaling(['web=3', 'worker=2+1', 'beat=0+0'])).toEqual([
      { process: 'web', demand: 3, spot: null },
      { process: 'worker', demand: 2, spot: 1 },
      { process: 'beat', demand: 0, spot: 0 },
    ])
  })
  test('reads more and fewer', () => {
    expect(parseScaling(['web+1', 'worker-2'])).toEqual([
      { process: 'web', by: 1 },
      { process: 'worker', by: -2 },
    ])
  })
  test('takes the last hyphen of a name with hyphens and digits for the minus', () => {
    expect(parseScaling(['my-web-2-1'])).toEqual([{ process: 'my-web-2', by: -1 }])
  })
  test.each(['web', 'web=', '=3', 'web=-1', 'web=1.5', 'Web=1', 'web=1+', 'web+', 'web=99999999', '--web=1'])(
    'refuses %s',
    (word) => {
      expect(() => parseScaling([word])).toThrow(`cannot scale by "${word}"`)
    },
  )
  test('refuses a process that comes twice', () => {
    expect(() => parseScaling(['web=3', 'worker=1', 'web+1'])).toThrow('web is given twice')
  })
})

describe('scaledFields', () => {
  const fieldsOf = (word: string) => scaledFields(parseScaling([word])[0]!, PROCESSES)

  test('leaves the spot count alone where none is given', () => {
    expect(fieldsOf('worker=5')).toEqual({ demand_count: '5' })
  })
  test('sets both counts where both are given', () => {
    expect(fieldsOf('worker=5+0')).toEqual({ demand_count: '5', spot_count: '0' })
  })
  test('counts from what there is now', () => {
    expect(fieldsOf('web+2')).toEqual({ demand_count: '5' })
    expect(fieldsOf('web-3')).toEqual({ demand_count: '0' })
  })
  test('refuses fewer than none', () => {
    expect(() => fieldsOf('web-4')).toThrow('web has 3 on-demand instances, no more can go')
  })
  test('names the processes there are when it cannot count from any', () => {
    expect(() => fieldsOf('beat+1')).toThrow(expect.objectContaining({ hint: 'there are: web, worker' }))
  })
})

test('what showScaling prints can be fed back', () => {
  const words = showScaling(PROCESSES)
  expect(words).toBe('web=3 worker=2+1')
  expect(parseScaling(words.split(' ')).map((each) => scaledFields(each, PROCESSES))).toEqual([
    { demand_count: '3' },
    { demand_count: '2', spot_count: '1' },
  ])
})
