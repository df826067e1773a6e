import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { placedProblemsOf, problemsOf, read } from './files.ts'
import { outcomeOf } from './outcome.ts'

const MIB = 1024 * 1024

function bomb(levels: number): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]']
  for (let level = 1; level < levels; level++) {
    const alias = `*a${level - 1}`
    lines.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => alias).join(', ')}]`)
  }
  return lines.join('\n')
}

describe('a hostile gantry.yml', () => {
  test.each([
    [
      'aliases that expand without end',
      bomb(9),
      'gantry.yml:6:40 gantry.yml cannot be read: its aliases expand to too much',
    ],
    [
      'an alias to what it is in',
      'a: &a [*a]',
      'gantry.yml:1:8 gantry.yml cannot be read: there is no anchor of this name before it',
    ],
    [
      'an alias to nothing',
      'env: *x',
      'gantry.yml:1:6 gantry.yml cannot be read: there is no anchor of this name before it',
    ],
    ['a merge of no map', 'env: {<<: 1}', 'gantry.yml:1:7 gantry.yml cannot be read: `<<` merges maps only'],
    ['a merge of nothing', 'env: {<<}', 'gantry.yml:1:7 gantry.yml cannot be read: `<<` merges maps only'],
    [
      'deep nesting',
      `env: ${'['.repeat(40)}${']'.repeat(40)}`,
      'gantry.yml:1:38 gantry.yml cannot be read: it is nested too deeply',
    ],
    ['deeper nesting', '['.repeat(30_000), 'gantry.yml is not valid YAML: it is nested too deeply'],
    [
      'too many tokens',
      '['.repeat(MIB),
      'gantry.yml:1:100000 gantry.yml is too long: it has more than 100000 YAML tokens',
    ],
    ['commas', `[${','.repeat(MIB - 2)}`, 'gantry.yml is too long'],
    ['a huge file', 'a'.repeat(MIB + 1), 'gantry.yml:1:1 gantry.yml is larger than 1 MiB'],
    ['NUL', 'env:\n  A: "x\0"', 'gantry.yml:2:8 gantry.yml contains a NUL byte'],
    ['a key __proto__', 'env: {__proto__: {a: b}}', 'gantry.yml:1:7 gantry.yml: this cannot be a key'],
    ['a key that is a list', '? [a]\n: b', 'gantry.yml:1:3 gantry.yml: this cannot be a key'],
    ['a tab', 'env:\n\tA: b', 'gantry.yml:2:1 gantry.yml is not valid YAML: a tab is used for indentation'],
    [
      'a custom tag',
      'env: !!js/function "x"',
      'gantry.yml:1:6 gantry.yml is not valid YAML: this tag is not known',
    ],
    [
      'binary data in a tag',
      'env: {A: !!binary aGk=}',
      'gantry.yml:1:10 gantry.yml is not valid YAML: this tag is not known',
    ],
    [
      'a key twice',
      'env: {A: b}\nprocesses: {}\nenv: {}',
      'gantry.yml:3:1 "env" is here for the second time: the first is in line 1',
    ],
    [
      'two documents',
      'env: {}\n---\nenv: {}',
      'gantry.yml:2:1 gantry.yml is not valid YAML: a second document begins here',
    ],
    ['a list', '- a', 'gantry.yml:1:1 gantry.yml must be a map; found a list'],
    ['a text', 'hello', 'gantry.yml:1:1 gantry.yml must be a map; found "hello"'],
    ['an open quote', 'env: {A: "b}\n', 'gantry.yml is not valid YAML: missing closing "'],
    [
      'an unknown directive',
      '%YAML 1.1\n---\nenv: {A: yes}\ntasks: {a: {disabled: yes}}',
      'gantry.yml:4:13 "disabled" is not a key of tasks.a',
    ],
  ])('with %s is refused with a place', async (_, config, expected) => {
    const problems = await placedProblemsOf(config)
    expect(problems.join('\n')).toContain(expected)
    expect(problems.every((each) => each.startsWith('gantry.yml:'))).toBe(true)
  })

  test('of random bytes is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 2000 }), async (bytes) => {
        await outcomeOf(Buffer.from(bytes).toString('latin1'))
      }),
      { numRuns: 200 },
    )
  })

  test('with a byte order mark and line ends of Windows is read', async () => {
    const { provenance } = await read('\uFEFFprocesses:\r\n  web:\r\n    cpu: 1\r\n')
    expect(provenance['processes.web.cpu']).toMatchObject({ line: 3, column: 10 })
  })

  test('with names of object methods is read like any other', async () => {
    const { app } = await read(
      'env: {constructor: a, toString: b}\nprocesses: {constructor: {env: {hasOwnProperty: c}}}',
    )
    expect(app.env).toEqual({ constructor: 'a', toString: 'b' })
    expect(app.processes[0]).toMatchObject({ name: 'constructor', env: { hasOwnProperty: 'c' } })
    expect(await placedProblemsOf('constructor: 1\nprocesses: {web: {valueOf: 1}}')).toHaveLength(2)
  })

  test('with thousands of mistakes gets the first hundred', async () => {
    const config = `processes: {web: {}}\n${Array.from({ length: 5000 }, (_, i) => `unknown${i}: 1`).join('\n')}`
    const problems = await problemsOf(config)
    expect(problems).toHaveLength(101)
    expect(problems.at(-1)!.message).toBe('and 4900 more errors')
  })

  test('whose variables are inherited too often is refused', async () => {
    const env = Array.from({ length: 3000 }, (_, i) => `  V${i}: x`).join('\n')
    const processes = Array.from({ length: 1000 }, (_, i) => `  p${i}: {}`).join('\n')
    expect(await placedProblemsOf(`env:\n${env}\nprocesses:\n${processes}\n`)).toEqual([
      'gantry.yml:1:1 The app is too big: 1000 processes, tasks and containers, with what each of them inherits',
    ])
  })

  test('cannot write to the terminal of who reads the error', async () => {
    const problems = await problemsOf(
      `"\\e[31m\\u202Ekey": 1\nprocesses:\n  web: {cpu: "\\e[2J"} # \u001B[31m \u202E \u009B1m\n`,
    )
    expect(problems).toHaveLength(2)
    const shown = problems.map(({ message, frame, path }) => message + frame + path).join('')
    for (const character of ['\u001B', '\u202E', '\u009B']) expect(shown).not.toContain(character)
    expect(shown).toContain('\uFFFD')
  })

  test('with a line without end shows the part around the mistake', async () => {
    const [problem] = await problemsOf(`processes: {web: {env: {A: "${'x'.repeat(30_000)}"}, cpu: lots}}`)
    expect(problem!.frame!.length).toBeLessThan(300)
    expect(problem!.frame!).toContain('cpu: lots')
  })

  test('of a thousand processes is read in little time', async () => {
    const processes = Array.from({ length: 1000 }, (_, i) => `  p${i}: {command: run ${i}, memory: 1}`).join(
      '\n',
    )
    const started = performance.now()
    const { app } = await read(`env: {A: b}\nprocesses:\n${processes}\n`)
    expect(app.processes).toHaveLength(1000)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})

const VALID = `app: orderdesk
build: {dockerfile: Dockerfile, args: {A: "1"}, max_age: 7d}
env: &env {LOG_LEVEL: info}
secrets:
  DATABASE_URL: ssm:/orderdesk/prod/database-url
defaults: {cpu: 0.25, memory: 0.5}
processes:
  web:
    command: serve $PORT
    health_check: {path: /healthz, interval: 10s}
    rollout: {overlap: true, timeout: 15m}
  worker: {command: [python, worker.py], spot_count: 2, env: {<<: *env}}
tasks:
  migrate: {command: migrate, run: pre_deploy, memory: 1}
  report: {schedule: "15 2 * * *", timezone: Europe/Berlin}
environments:
  production: {processes: {web: {demand_count: 4}}}
`

describe('whatever becomes of a valid file', () => {
  const position = fc.nat({ max: VALID.length })
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom(
      ...':{}[],&*!|>\'"%@`#-?\n\t \0'.split(''),
      '<<',
      '*env',
      '&x ',
      '{}',
      '[]',
      '~',
      'null',
      '__proto__',
      '\r\n',
      '\n  ',
      ': ',
    ),
  )
  const edit = fc.tuple(position, fc.nat({ max: 6 }), piece)

  test('it is accepted, or refused with a place', async () => {
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 3 }), async (edits) => {
        let text = VALID
        for (const [at, removed, inserted] of edits)
          text = text.slice(0, at) + inserted + text.slice(at + removed)
        if ((await outcomeOf(text)) === 'accepted') accepted++
      }),
      { numRuns: 500 },
    )
    expect(accepted).toBeGreaterThan(0)
  })

  test('so is one with lines swapped, doubled and dropped', async () => {
    const lines = VALID.split('\n')
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...lines), { maxLength: 25 }), async (shuffled) => {
        await outcomeOf(shuffled.join('\n'))
      }),
      { numRuns: 200 },
    )
  })

  test('so is one with any value in any place', async () => {
    const paths = [
      'build',
      'env',
      'secrets',
      'defaults',
      'processes',
      'tasks',
      'environments',
      'ecs',
      'from',
      'app',
    ]
    const value = fc.jsonValue({ maxDepth: 3 }).map((json) => JSON.stringify(json))
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...paths), value), async (values) => {
        await outcomeOf(
          Object.entries(values)
            .map(([key, json]) => `${key}: ${json}`)
            .join('\n'),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('so is a Procfile with an app.json', async () => {
    const line = fc.oneof(
      fc.constantFrom('web: a', 'Web: b', 'release: c', '<<<<<<< x', '# x', ''),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    const json = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }).map((each) => JSON.stringify(each)),
      fc.string({ maxLength: 20 }),
    )
    const keyed = fc
      .dictionary(fc.constantFrom('env', 'formation', 'scripts', 'name'), fc.jsonValue({ maxDepth: 3 }))
      .map((each) => JSON.stringify(each))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 5 }), fc.oneof(json, keyed), async (lines, appJson) => {
        await outcomeOf({ Procfile: lines.join('\n'), 'app.json': appJson })
      }),
      { numRuns: 300 },
    )
  })
})
