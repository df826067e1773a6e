import { describe, expect, test } from 'vitest'

import { fieldName, parseFieldChanges, parseKeyValue, parseKeyValues } from '../../src/cli/key-values.ts'

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
  test('names the word that is none', () => {
    expect(() => parseKeyValues(['memory=2', 'cpu'])).toThrow('"cpu" is not of the form key=value')
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

describe('parseFieldChanges', () => {
  test('sets raw texts', () => {
    expect(parseFieldChanges(['memory=2', 'image=release:v3'])).toEqual({
      set: { memory: '2', image: 'release:v3' },
      unset: [],
    })
  })
  test('takes desired_count for demand_count, also when it finds it twice', () => {
    expect(parseFieldChanges(['desired_count=3']).set).toEqual({ demand_count: '3' })
    expect(() => parseFieldChanges(['desired_count=3', 'demand_count=2'])).toThrow(
      'demand_count is given twice',
    )
  })
  test('hands an image back that is set to nothing', () => {
    expect(parseFieldChanges(['image=', 'cpu=1'])).toEqual({ set: { cpu: '1' }, unset: ['image'] })
  })
})

test('fieldName knows the other names of fields and no members of objects', () => {
  expect(['desired_count', 'memory', 'constructor'].map(fieldName)).toEqual([
    'demand_count',
    'memory',
    'constructor',
  ])
})
