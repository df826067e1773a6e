import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { translateLine } from '../../src/config/blueking/command.ts'
import { splitWords } from '../../src/config/blueking/words.ts'
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
    const found = splitWords(line)
    expect(found?.map((parts) => parts.map(({ text }) => text).join(''))).toEqual(words)
  })

  test.each([`'a`, `"a`, `a\\`, `"a\\"`])('%j has no end', (line) => {
    expect(splitWords(line)).toBeNull()
  })

  test('of a megabyte are found at once', () => {
    const started = performance.now()
    for (const part of [`'a' `, '"\\"', 'a\\', '"a']) splitWords(part.repeat(300_000))
    expect(splitWords(`"${'\\"'.repeat(500_000)}"`)).toHaveLength(1)
    expect(performance.now() - started).toBeLessThan(10_000)
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

  test('keeps the variables that quotes or a backslash protect [D18]', () => {
    expect(translated(`awk '{print $NF}' f`)?.command).toEqual(['awk', '{print $NF}', 'f'])
    expect(translated('a \\$HOME "\\$HOME"')?.command).toEqual(['a', '$HOME', '$HOME'])
    expect(translated(`a 'x $1 $Y' $Z`)?.command).toBe('a "x \\$1 \\$Y" "$Z"')
    expect(translated(`--x='$Y'$Z`)?.command).toBe('"--x=\\$Y$Z"')
  })

  test('leaves the variables of a script to the shell that runs it [D18]', () => {
    const script = 'for f in a b; do echo $f; done'
    for (const shell of ['sh -c', '/bin/bash -euo pipefail -c', 'tini -- bash -lc']) {
      for (const quoted of [`'${script}'`, `"${script}"`]) {
        expect(translated(`${shell} ${quoted}`)).toEqual({
          command: [...shell.split(' '), script],
          needsShell: false,
        })
      }
    }
    expect(translated(`sh -c 'echo $0' $X`)?.command).toBe('sh -c "echo \\$0" "$X"')
    expect(translated('sh start.sh -c $X')?.command).toBe('sh start.sh -c "$X"')
  })

  test('leaves what a script substitutes to the shell that runs it [D18]', () => {
    for (const script of ['for i in $(ls); do echo $i; done', 'X=`cat p`; exec g -b :$X']) {
      expect(translated(`bash -c "${script}"`)).toEqual({
        command: ['bash', '-c', script],
        needsShell: false,
      })
    }
    const outside = 'bash -c "echo $(ls)" $(ls)'
    expect(translated(outside)).toEqual({ command: outside, needsShell: true })
  })

  test('has the variables of Kubernetes replaced, quoted or not: $(PORT) [BK-26]', () => {
    const of = (line: string) => translated(line)
    const listening = { command: 'serve -b ":${PORT}"', needsShell: false }
    expect(of('serve -b :$(PORT)')).toEqual(listening)
    expect(of(`serve -b ':$(PORT)'`)).toEqual(listening)
    expect(of(`sh -c 'serve $(PORT)'`)?.command).toEqual(['sh', '-c', 'serve ${PORT}'])
    expect(of('serve -b :$(PORT) > log')).toEqual({ command: 'serve -b :${PORT} > log', needsShell: true })
    expect(of('echo $$(PORT)')).toEqual({ command: ['echo', '$(PORT)'], needsShell: false })
  })

  test('for a shell has the same variables of Kubernetes, however they are quoted: $(PORT) [D18]', () => {
    const of = (line: string) => translated(`a && b ${line}`)?.command
    expect(of(`'$(P)' "$(P)" $(P)`)).toBe(`a && b ''"\${P}"'' "\${P}" \${P}`)
    expect(of(`'$$(Q)' "$$(Q)" $$(Q)`)).toBe(`a && b '$(Q)' "\\$(Q)" '$(Q)'`)
    expect(of(`"\\$(P)" '\\$(P)'`)).toBe(`a && b "\\$(P)" '\\'"\${P}"''`)
    expect(of(`"'$(P)'" \\'$(P)`)).toBe(`a && b "'\${P}'" \\'\${P}`)
  })

  test('keeps a backslash at its end, and what that takes away [D18]', () => {
    expect(translated('a; b \\\n')?.command).toBe('a; b \\\n')
    expect(translated(' a; b \n')?.command).toBe('a; b')
  })

  test('may go on in a line that begins with an option [D18]', () => {
    const words = ['gunicorn', 'x', '-b', ':80']
    for (const line of ['gunicorn x\n  -b :80\n', '\ngunicorn x\n\n-b :80']) {
      expect(translated(line)).toEqual({ command: words, needsShell: false })
    }
    expect(translated(`python -c 'a\nb' "c\nd"`)?.needsShell).toBe(false)
  })

  test.each([
    'a && b',
    'a&&b',
    'a; b',
    'cd src;gunicorn x',
    'A=1 b',
    'a > log 2>&1',
    'a>log',
    'a | b',
    'a|b',
    'a &',
    'a& b',
    `echo "it's"; b 'c'`,
    'echo $(date)',
    'echo "`date`"',
    'python m.py migrate\ngunicorn x',
    'gunicorn x \\\n  -b :$PORT',
    'python a.py&python b.py',
  ])('that is written for a shell stays as it is: %j', (line) => {
    expect(translated(line)).toEqual({ command: line, needsShell: true })
  })

  test.each([
    `python -c 'a; b && c'`,
    `echo "a > b"`,
    'a \\; b',
    'serve http://x/?a="1"&b=2',
    'serve --x=a&b',
    `'A'=1 b`,
  ])('that only quotes signs of a shell needs none: %j', (line) => {
    expect(translated(line)?.needsShell).toBe(false)
  })

  test('of whatever text never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (line) => void translated(line)),
      {
        numRuns: 500,
      },
    )
  })
})
