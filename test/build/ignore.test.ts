import { expect, test } from 'vitest'

import { UserError } from '../../src/app/errors.ts'
import { GlobSteps } from '../../src/build/glob.ts'
import { dockerIgnore, gitIgnore } from '../../src/build/ignore.ts'

// What Docker does with each, after moby/patternmatcher's own cases.
test.each([
  ['**', 'dir/file', true],
  ['**/', 'file', true],
  ['**/**', 'dir/file', true],
  ['dir/**', 'dir/dir2/file', true],
  ['dir/**', 'dir', false],
  ['**/dir', 'dir', true],
  ['**/dir', 'dir/file', true],
  ['**/dir', 'a/b/dir/file', true],
  ['**/dir2/*', 'dir/dir2/file', true],
  ['**/dir2/**', 'dir/dir2/dir3/file', true],
  ['**file', 'dir/file', true],
  ['**file', 'dir/myfile', true],
  ['**/file', 'dir/myfile', false],
  ['**/file*', 'dir/dir/file.txt', true],
  ['**/file*txt', 'dir/dir/file.txt', true],
  ['**/**/*.txt', 'dir/dir/file.txt', true],
  ['**/**/*.txt2', 'dir/dir/file.txt', false],
  ['**/*.txt', 'file.txt', true],
  ['a**/*.txt', 'a/dir/dir/file.txt', true],
  ['a/*.txt', 'a/dir/file.txt', false],
  ['a/*.txt**', 'a/file.txt', true],
  ['a[b-d]e', 'ace', true],
  ['a[b-d]e', 'aae', false],
  ['a[^b-d]e', 'aze', true],
  ['a[\\-x]e', 'a-e', true],
  ['a[\\]]e', 'a]e', true],
  ['.*', '.foo', true],
  ['.*', 'foo', false],
  ['abc.def', 'abcZdef', false],
  ['abc?def', 'abcZdef', true],
  ['a?b', 'a☺b', true],
  ['a?b', 'a😀b', true],
  ['a?b', 'a/b', false],
  ['a*b', 'a/b', false],
  ['**/foo/bar', 'dir/dir2/foo/bar', true],
  ['**/.foo', 'bar.foo', false],
  ['a.|)$(}+{bc', 'a.|)$(}+{bc', true],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
  ['*', 'a/b/c', true],
  ['*.go', 'sub/x.go', false],
  ['/rooted', 'rooted', true],
  ['/rooted', 'sub/rooted', false],
  ['./docs/../src//x/', 'src/x/file', true],
  ['../outside', 'outside', false],
  ['  spaced  ', 'spaced', true],
  ['node_modules', 'sub/node_modules/x', false],
  ['# comment', '# comment', false],
])('.dockerignore %j and %j: %j', (pattern, path, named) => {
  expect(dockerIgnore(pattern)(path)).toBe(named)
})

test('in .dockerignore the last pattern that matches decides, also below a folder that was left out', () => {
  const named = dockerIgnore('\uFEFF**\r\n!src\r\n! /docs/README.md\r\nsrc/secret\r\n\r\n# !src/secret\r\n')
  const paths = ['a', 'src/x', 'src/secret', 'src/secret/y', 'docs/README.md', 'docs/b']
  expect(paths.filter(named)).toEqual(['a', 'src/secret', 'src/secret/y', 'docs/b'])
})

test('an exception before its rule excepts nothing', () => {
  expect(dockerIgnore('!a.go\n*.go')('a.go')).toBe(true)
})

test.each(['!', '! ', '[', 'a[', '[]a]', '[^', 'a\\'])('.dockerignore refuses %j as Docker does', (line) => {
  expect(() => dockerIgnore(line)).toThrow(UserError)
})

test.each([
  ['node_modules', 'node_modules/x', true],
  ['node_modules', 'a/b/node_modules/x', true],
  ['node_modules', 'my_node_modules/x', false],
  ['*.md', 'docs/deep/a.md', true],
  ['/*.md', 'docs/a.md', false],
  ['docs/*.md', 'docs/a.md', true],
  ['docs/*.md', 'x/docs/a.md', false],
  ['docs/**', 'docs/a/b', true],
  ['docs/**', 'docs', false],
  ['logs/', 'logs', false],
  ['logs/', 'a/logs/x', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/x/y/b', true],
  ['**/foo', 'x/foo', true],
  ['**', 'x/foo', true],
  ['a**b', 'axxb', true],
  ['a**b', 'a/b', false],
  ['[!a]x', 'bx', true],
  ['[!a]x', 'ax', false],
  ['[]]x', ']x', true],
  ['[a-]x', '-x', true],
  ['\\!keep', '!keep', true],
  ['\\#x', '#x', true],
  ['#x', '#x', false],
  ['trailing ', 'trailing', true],
  ['trailing\\ ', 'trailing ', true],
  ['', 'x', false],
])('build.ignore %j and %j: %j', (pattern, path, named) => {
  expect(gitIgnore([pattern])(path)).toBe(named)
})

test('in build.ignore an exception reaches into a folder that was left out', () => {
  const named = gitIgnore(['docs', '!docs/api', 'docs/api/private'])
  expect(['docs/a', 'docs/api/b', 'docs/api/private/c'].filter(named)).toEqual([
    'docs/a',
    'docs/api/private/c',
  ])
})

test.each(['a[', '[[:alpha:]]', 'x\\', 'x'.repeat(5000)])('build.ignore refuses %j', (pattern) => {
  expect(() => gitIgnore([pattern])).toThrow(UserError)
})

test('no pattern is slow', () => {
  const path = `${'a/'.repeat(1000)}c`
  const hostile = [
    '**/a/'.repeat(300) + 'b',
    '*a'.repeat(300) + 'x',
    '**/'.repeat(1000) + 'b',
    '*?'.repeat(200) + 'x',
  ]
  for (const pattern of hostile) {
    expect(gitIgnore([pattern])(path)).toBe(false)
    expect(dockerIgnore(pattern)(path)).toBe(false)
    expect(gitIgnore([pattern])('a'.repeat(250))).toBe(false)
  }
})

test('all patterns together can only take so many steps', () => {
  const named = gitIgnore(['**/a/**/a/**/a/**/b'], new GlobSteps(10_000))
  const paths = Array.from({ length: 1000 }, (_, index) => `a/a/a/${index}`)
  expect(() => paths.filter(named)).toThrow(/too long to match/)
})

test('ordinary patterns stay far below the limit', () => {
  const patterns = ['node_modules', '*.md', 'dist/', 'coverage', '**/tmp', '*.test.ts', 'docs/**', '.env*']
  const named = gitIgnore(
    [...patterns, ...patterns.map((pattern) => `${pattern}x`)],
    new GlobSteps(5_000_000),
  )
  const paths = Array.from(
    { length: 10_000 },
    (_, index) => `packages/p${Math.floor(index / 100)}/src/item-${index}.ts`,
  )
  expect(paths.filter(named)).toEqual([])
})
