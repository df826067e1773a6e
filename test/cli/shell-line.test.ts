import { execFileSync } from 'node:child_process'

import { expect, test } from 'vitest'

import { shellLine } from '../../src/cli/shell-line.ts'

test('one word is a shell line as it is', () => {
  expect(shellLine(['env | sort'])).toBe('env | sort')
})

test('several plain words stay readable', () => {
  expect(shellLine(['ls', '-la', 'src/cli'])).toBe('ls -la src/cli')
})

test('several words reach the program as the same words, whatever is in them', () => {
  const words = [
    '',
    'a b',
    "it's",
    '$HOME',
    '`id`',
    '"',
    '\\',
    '*',
    '~',
    'A=1',
    '#',
    ';',
    '&&',
    'x\ny',
    '-n',
    'ü',
  ]
  const line = shellLine(['printf', '%s\\0', ...words])
  expect(execFileSync('/bin/sh', ['-c', line], { encoding: 'utf8' }).split('\0')).toEqual([...words, ''])
})
