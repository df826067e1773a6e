import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { splitWords, translateLine } from '../../src/config/blueking/command.ts'
import { scalar, toText } from '../../src/config/value.ts'

const from = scalar('', { kind: 'file', file: 'app_desc.yaml', line: 1, column: 1 })
const translated = (line: string) => {
  const found = translateLine(line, from)
  return found && { command: toText(found.command), needsShell: found.needsShell }
}

// Each expectation is what Python's shlex.split gives for that line.
describe('the words of a line', () => {
  test.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [`'a b' "c d"`, ['a b', 'c d']],
    [`a'b'"c"d`, ['abcd']],
    [`"a \\"b\\" \\n"`, ['a "b" \\n']],
    [`a\\ b '\\'`, ['a b', '\\']],
    [`'' ""`, ['', '']],
    ['a#b # c', ['a#b', '#', 'c']],
    ['', []],
  ])('%j', (line, words) => {
    expect(splitWords(line)).toEqual(words)
  })

  test.each([`'a`, `"a`, `a\\`, `"a\\"`])('%j has no end', (line) => {
    expect(splitWords(line)).toBeNull()
  })

  test('of a megabyte are found at once', () => {
    const started = performance.now()
    for (const part of [`'a' `, '"\\"', 'a\\', '"a']) splitWords(part.repeat(300_000))
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('a command of BlueKing', () => {
  test('BK-09: is a list of words, as no shell reads it', () => {
    expect(translated('serve --url http://x/?a=1&b=2 *.js ~')).toEqual({
      command: ['serve', '--url', 'http://x/?a=1&b=2', '*.js', '~'],
      needsShell: false,
    })
  })

  test('BK-26: with variables is a line in which nothing but they mean anything', () => {
    expect(translated('gunicorn -b [::]:${PORT} --name "$APP now" --x=a&b \\"q\\"')).toEqual({
      command: 'gunicorn -b "[::]:${PORT}" --name "$APP now" "--x=a&b" "\\"q\\""',
      needsShell: false,
    })
    expect(translated('serve --port ${PORT:-5000}')).toEqual({
      command: 'serve --port "${PORT:-5000}"',
      needsShell: false,
    })
  })

  test.each(['a && b', 'a; b', 'A=1 b', 'a > log 2>&1', 'a | b', 'echo $(date)', 'echo "`date`"'])(
    'that is written for a shell stays as it is: %j',
    (line) => {
      expect(translated(line)).toEqual({ command: line, needsShell: true })
    },
  )

  test.each([`python -c 'a; b && c'`, `echo "a > b"`])(
    'that only quotes signs of a shell needs none: %j',
    (line) => {
      expect(translated(line)?.needsShell).toBe(false)
    },
  )

  test('of whatever text never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (line) => void translated(line)),
      {
        numRuns: 500,
      },
    )
  })
})
