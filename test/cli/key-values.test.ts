import { describe, expect, test } from 'vitest'

import {
  fieldName,
  parseFieldWords,
  parseKeyValue,
  parseKeyValues,
  showFieldWords,
} from '../../src/cli/key-values.ts'

describe('parseKeyValue', () => {
  test('cuts at the first =', () => {
    expect(parseKeyValue('URL=http://host/?a=b')).toEqual({ key: 'URL', value: 'http://host/?a=b' })
  })
  test('takes an empty value', () => {
    expect(parseKeyValue('NAME=')).toEqual({ key: 'NAME', value: '' })
  })
  test('is null for a word without = and for one without a key', () => {
    expect(parseKeyValue('NAME')).toBeNull()
    expect(parseKeyValue('=value')).toBeNull()
    expect(parseKeyValue('')).toBeNull()
  })
})

describe('parseKeyValues', () => {
  test('keeps the raw texts', () => {
    expect(parseKeyValues(['memory=512 MB', 'cpu=0.50'])).toEqual({ memory: '512 MB', cpu: '0.50' })
  })
  test('names all words that are none', () => {
    expect(() => parseKeyValues(['memory=2', 'cpu', 'web'])).toThrow(
      '"cpu" is not of the form key=value; "web" is not of the form key=value',
    )
  })
  test('refuses a key that comes twice, whichever was meant', () => {
    expect(() => parseKeyValues(['cpu=1', 'cpu=2'])).toThrow('cpu is given twice')
  })
  test('takes names of object members as any other key', () => {
    expect(Object.keys(parseKeyValues(['__proto__=1', 'constructor=2']))).toEqual([
      '__proto__',
      'constructor',
    ])
  })
})

describe('parseFieldWords', () => {
  test('keeps the raw texts, also of entries and of variables, and those with blanks (TP-41)', () => {
    expect(parseFieldWords(['memory=2', 'image=', 'command=node a.js --x=1', 'env.URL=a=b'])).toEqual({
      memory: '2',
      image: '',
      command: 'node a.js --x=1',
      'env.URL': 'a=b',
    })
  })
  test('takes desired_count and demand for demand_count, also when it finds it twice (TP-32)', () => {
    expect(parseFieldWords(['desired_count=3', 'spot=1'])).toEqual({ demand_count: '3', spot_count: '1' })
    expect(parseFieldWords(['demand=3'])).toEqual({ demand_count: '3' })
    expect(() => parseFieldWords(['desired_count=3', 'demand_count=2'])).toThrow(
      'demand_count is given twice',
    )
  })
})

test('showFieldWords shows no value of a variable', () => {
  expect(showFieldWords(['memory=2', 'env.KEY=open\nsesame', 'env.EMPTY='])).toBe(
    'memory=2 env.KEY=… env.EMPTY=',
  )
})

test('fieldName knows the other names of fields and no members of objects', () => {
  expect(['desired_count', 'memory', 'constructor'].map(fieldName)).toEqual([
    'demand_count',
    'memory',
    'constructor',
  ])
})
