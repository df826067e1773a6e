import { spawnSync } from 'node:child_process'

import { describe, expect, test } from 'vitest'

import { argv, showCommand, startWords } from '../../src/app/command.ts'

const SIMPLE = [
  'python worker.py',
  'gunicorn orderdesk.wsgi -b 0.0.0.0:$PORT --log-file -',
  'celery -A shop worker -n w@%h -c ${CELERY_CONCURRENCY:-4}',
  '$RUNNER --fast',
  `sh -c 'a && b; c'`,
  `echo "a && b" 'c | d'`,
  `echo "it's" one "isn't it"`,
  `echo it\\'s`,
  'echo a\\;b',
  'find . -exec ls {} \\;',
  'echo a#b',
  'echo "${X:-a b}" ${Y##*/} $$ $? "$5"',
  'serve *.html ~/x ! {a,b}',
  'serve > out.log 2>&1 < /dev/null',
  'serve 2>>err.log',
  'serve # in front of the cache; && fast',
  '/usr/bin/env FOO=1 cmd',
]

const COMPOUND = [
  'FOO=1 cmd',
  'FOO="a b" cmd',
  'FOO+=1 cmd',
  'a && b',
  'a || b',
  'a; b',
  'a | b',
  'a & b',
  'a &> log',
  'a &',
  'a\nb',
  '(a)',
  '{ a; }',
  '! a',
  'echo $(date)',
  'echo `date`',
  'echo "$(date)"',
  'echo "`date`"',
  'cat <<END',
  'cat <(a)',
  '> file',
  'cd /app',
  '"cd" /app',
  'c\\d /app',
  'export A',
  'exec cmd',
  '. ./env',
  ': nothing',
  'if true',
  'while true',
  '[[ -f x ]]',
  '# only a comment',
  `echo "it's" && echo "it's"`,
  `echo \\' && b \\'`,
  'echo a\\ #b && c',
  'echo a#b && c',
  `echo $'a\\'b' && c`,
  `echo "open`,
  `echo 'open`,
  'echo ${X:-$(date)}',
  'echo end\\',
  'a\rb',
]

describe('argv', () => {
  test.each(SIMPLE)('puts exec in front of %j', (line) => {
    expect(argv(line)).toEqual(['/bin/sh', '-c', `exec ${line}`])
  })

  test.each(COMPOUND)('leaves %j to the shell', (line) => {
    expect(argv(line)).toEqual(['/bin/sh', '-c', line.trim()])
  })

  test('runs a list as it is', () => {
    expect(argv(['a b', '$X', '&&'])).toEqual(['a b', '$X', '&&'])
  })

  test('never changes what a line prints', () => {
    const lines = [...SIMPLE, ...COMPOUND].filter((line) => /^(?:echo|sh|"?FOO|cat)\b/.test(line))
    for (const line of lines) {
      const options = {
        encoding: 'utf8',
        env: { PATH: '/usr/bin:/bin', X: 'x', Y: 'a/b' },
        input: '',
      } as const
      const [program, ...args] = argv(line)
      const exec = spawnSync(program!, args, options)
      const plain = spawnSync('/bin/sh', ['-c', line.trim()], options)
      const pid = /\b\d{2,}\b/g
      expect([line, exec.stdout.replace(pid, 'N')]).toEqual([line, plain.stdout.replace(pid, 'N')])
    }
  })

  test('with exec the program has the pid of the shell, so that signals reach it', () => {
    const [program, ...args] = argv("sh -c 'echo $PPID' ignored")
    const result = spawnSync(program!, args, { encoding: 'utf8', env: { PATH: '/usr/bin:/bin' } })
    expect(result.stdout.trim()).toBe(String(process.pid))
  })

  test('takes a long hostile line in linear time', () => {
    const started = performance.now()
    for (const part of ['"', "'", '\\', '${', '"a', '# ', '2>', 'a ']) argv(part.repeat(65_536 / part.length))
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

describe('showCommand', () => {
  test('quotes only the words of a list that need it', () => {
    expect(showCommand(['python', '-m', 'http.server', 'a b'])).toBe('python -m http.server "a b"')
    expect(showCommand('a && b')).toBe('a && b')
    expect(showCommand(null)).toBe('(of the image)')
  })
})

describe('startWords', () => {
  const started = (start: Parameters<typeof startWords>[0], env = {}): string => {
    const { entry_point, command } = startWords(start)
    const [program, ...args] = [...(entry_point ?? []), ...(command ?? [])]
    const options = { encoding: 'utf8', env: { PATH: '/usr/bin:/bin', ...env } } as const
    const { stdout, status } = spawnSync(program!, args, options)
    return `${stdout.trim()} (${status})`
  }

  test('leaves to the image what nobody says', () => {
    expect(startWords({ entry_point: null, command: null })).toEqual({ entry_point: null, command: null })
    expect(startWords({ entry_point: ['tini', '--'], command: null })).toEqual({
      entry_point: ['tini', '--'],
      command: null,
    })
  })

  test('keeps an entry point and a command apart', () => {
    expect(startWords({ entry_point: ['tini'], command: 'a b' })).toEqual({
      entry_point: ['tini'],
      command: ['/bin/sh', '-c', 'exec a b'],
    })
  })

  test('runs what comes before the command in the same surroundings', () => {
    const before = { pre_start: 'echo "before $A"', entry_point: null }
    expect(started({ ...before, command: 'echo $A' }, { A: '1' })).toBe('before 1\n1 (0)')
    expect(started({ ...before, command: ['echo', "it's", '$A'] }, { A: '1' })).toBe("before 1\nit's $A (0)")
  })

  test('runs what comes before an entry point, which gets the command', () => {
    const start = { pre_start: ['echo', "it's"], entry_point: ['echo', 'entry'], command: ['a  b'] }
    expect(startWords(start).command).toBeNull()
    expect(started(start)).toBe("it's\nentry a  b (0)")
  })

  test('runs no command after something that has failed', () => {
    expect(started({ pre_start: 'exit 3', entry_point: null, command: 'echo never' })).toBe(' (3)')
  })

  test('gives the command the place of the shell, so that signals reach it', () => {
    const { command } = startWords({ pre_start: 'true', entry_point: null, command: "sh -c 'echo $PPID'" })
    const result = spawnSync(command![0]!, command!.slice(1), {
      encoding: 'utf8',
      env: { PATH: '/usr/bin:/bin' },
    })
    expect(result.stdout.trim()).toBe(String(process.pid))
  })
})
