import fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Build } from '../../src/app/app.ts'
import { cacheName, contentKey } from '../../src/build/key.ts'
import { build, file } from './fixtures.ts'

const ENTRIES = [file('a'), file('b/c', { mode: '100755' }), file('ü', { oid: 'b'.repeat(40) })]

test('the key is the same on every machine', () => {
  // Written down: a change means that every image of every user is built anew.
  const settings = build({ dockerfile: 'Dockerfile', args: { B: '2', A: '1' }, command: ['npm', 'ci'] })
  expect(contentKey(ENTRIES, settings)).toBe(
    '3332c58c113808a9be4c202b15307b70439fce13163e606c51d3c3cb0ba702b3',
  )
})

test('the order of entries and of arguments does not matter', () => {
  const key = contentKey(ENTRIES, build({ args: { A: '1', B: '2' } }))
  fc.assert(
    fc.property(fc.shuffledSubarray(ENTRIES, { minLength: 3 }), (entries) => {
      expect(contentKey(entries, build({ args: { B: '2', A: '1' } }))).toBe(key)
    }),
  )
})

test.each<[string, Partial<Build>]>([
  ['dockerfile', { dockerfile: 'Dockerfile' }],
  ['target', { target: 'runtime' }],
  ['args', { args: { A: '1' } }],
  ['platform', { platform: 'linux/arm64' }],
  ['command', { command: 'npm ci' }],
  ['secret', { secrets: { npm: 'env:NPM' } }],
])('another %s is another key', (_, settings) => {
  expect(contentKey(ENTRIES, build(settings))).not.toBe(contentKey(ENTRIES, build()))
})

test('a shell line and a list are different commands', () => {
  expect(contentKey([], build({ command: 'a' }))).not.toBe(contentKey([], build({ command: ['a'] })))
})

test('of secrets the ids matter, in no order, and not where their values are', () => {
  const settings = build({ secrets: { npm: 'env:NPM', pip: 'env:PIP' } })
  const other = build({ secrets: { pip: 'env:A', npm: 'env:B' } })
  expect(contentKey(ENTRIES, other)).toBe(contentKey(ENTRIES, settings))
})

test('layers are kept for builds of one kind, whatever their files are', () => {
  const kinds = [
    build(),
    build({ context: 'sub' }),
    build({ target: 'runtime' }),
    build({ args: { A: '1' } }),
    build({ dockerfile: 'worker/Dockerfile' }),
  ].map(cacheName)
  expect(new Set(kinds).size).toBe(kinds.length)
  expect(cacheName(build({ ignore: ['x'], max_age: 60 }))).toBe(kinds[0])
  expect(kinds[0]).toMatch(/^[0-9a-f]{12}$/)
})

test('age, context and patterns do not matter by themselves', () => {
  const settings = build({ max_age: 60, context: 'sub', ignore: ['x'], include: ['y'] })
  expect(contentKey(ENTRIES, settings)).toBe(contentKey(ENTRIES, build()))
})

test('name, contents and the executable bit of every file matter', () => {
  const keys = [
    [],
    [file('a')],
    [file('b')],
    [file('a', { oid: 'b'.repeat(40) })],
    [file('a', { mode: '100755' })],
    [file('a', { mode: '120000' })],
    [file('a'), file('b')],
  ].map((entries) => contentKey(entries, build()))
  expect(new Set(keys).size).toBe(keys.length)
})

test('different selections never have one key', () => {
  const entry = fc.record({
    path: fc.stringMatching(/^[a-c /\n]{1,4}$/),
    mode: fc.constantFrom('100644' as const, '100755' as const),
    oid: fc.constantFrom('a'.repeat(40), 'b'.repeat(40)),
    size: fc.constant(1),
  })
  const selection = fc.uniqueArray(entry, { selector: ({ path }) => path, maxLength: 4 })
  const canonical = (entries: readonly object[]) =>
    JSON.stringify(entries.map((each) => JSON.stringify(each)).sort())
  fc.assert(
    fc.property(selection, selection, (one, other) => {
      const same = contentKey(one, build()) === contentKey(other, build())
      expect(same).toBe(canonical(one) === canonical(other))
    }),
  )
})
