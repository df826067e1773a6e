import { describe, expect, test } from 'vitest'

import { renderDiagnostics } from '../../src/report/config.ts'
import { problemsOf, processOf, read } from './files.ts'

describe('secrets', () => {
  test.each([
    'gantry',
    'ssm:/orderdesk/prod/url',
    'ssm:name',
    'secretsmanager:a/b',
    'secretsmanager:a/b#key',
    'secretsmanager:arn:aws:secretsmanager:eu-west-1:1:secret:x-AbCdEf#k',
  ])('accept the reference %s', async (reference) => {
    const { app } = await read(`secrets: {A: "${reference}"}\nprocesses: {web: {}}`)
    expect(app.secrets).toEqual({ A: reference })
  })

  test.each([
    '',
    'Gantry',
    'gantry:x',
    'ssm:',
    'vault:x',
    'secretsmanager:a b',
    'secretsmanager:a#',
    'ssm:a\\nb',
  ])('refuse %j', async (reference) => {
    expect(await problemsOf(`secrets: {A: "${reference}"}\nprocesses: {web: {}}`)).toHaveLength(1)
  })

  test.each(['env:NPM_TOKEN', 'env:_x1'])('of a build refer to variables: %s', async (reference) => {
    const config = `build: {secrets: {npm-token: "${reference}"}}\nprocesses: {web: {}}`
    expect(processOf((await read(config)).app, 'web').build.secrets).toEqual({ 'npm-token': reference })
  })

  test.each(['gantry', 'ssm:name', 'NPM_TOKEN', 'env:', 'env:A B', 'env:A,type=file,src=/etc/shadow'])(
    'of a build refuse %j',
    async (reference) => {
      const problems = await problemsOf(`build: {secrets: {a: "${reference}"}}\nprocesses: {web: {}}`)
      expect(problems.map(({ message }) => message)).toEqual([
        'build.secrets.a must be a reference to a variable of the machine that builds: `env:NAME`',
      ])
    },
  )

  test.each(['a,b', 'a=b', '../a', '-a', ''])('of a build have no id such as %j', async (id) => {
    expect(await problemsOf(`build: {secrets: {"${id}": env:A}}\nprocesses: {web: {}}`)).toHaveLength(1)
  })

  test('of a build that were pasted are hidden, and the error tells what to do', async () => {
    const [problem] = await problemsOf('build:\n  secrets:\n    npm: hunter2\nprocesses: {web: {}}')
    expect(problem!.hint).toContain('write `id: env:NAME`')
    expect(problem!.frame).toContain('> 3 |     npm: [hidden]')
    expect(JSON.stringify(problem)).not.toContain('hunter2')
  })

  test('an error tells what to do with a value that was pasted', async () => {
    const [problem] = await problemsOf('processes:\n  web:\n    secrets:\n      KEY: hunter2\n')
    expect(problem).toMatchObject({
      message:
        'processes.web.secrets.KEY must be a reference: `gantry`, `ssm:NAME` or `secretsmanager:NAME#KEY`',
      path: 'processes.web.secrets.KEY',
      place: { line: 4, column: 12 },
    })
    expect(problem!.hint).toContain('gantry env set NAME --secret')
    expect(problem!.frame).toContain('> 4 |       KEY: [hidden]')
  })

  // Pasted passwords are full of characters that mean something in YAML.
  const pasted = [
    'KEY: hunter2',
    'KEY: "hunter2"',
    "KEY: 'hunter2",
    'KEY: "hunter2',
    'KEY: *hunter2',
    'KEY: !hunter2',
    'KEY: !hunter2 x',
    'KEY: &hunter2 x',
    'KEY: a: hunter2',
    'KEY: x #hunter2',
    'KEY: "x"hunter2',
    "KEY: 'x'hunter2",
    'KEY: {hunter2: 1',
    'KEY: {hunter2: 1}',
    'KEY: [hunter2, b]',
    'KEY: [hunter2',
    'KEY: @hunter2',
    'KEY: %hunter2',
    'KEY: `hunter2`',
    'KEY: |hunter2',
    'KEY: |\n    hunter2\n    hunter2',
    'KEY: >-\n    x\n    hunter2',
    'KEY: "\\hunter2"',
    'KEY: x\n    hunter2',
    'KEY: ,hunter2',
    'KEY: ]hunter2',
    'KEY: "a" "hunter2"',
    'KEY: gantry hunter2',
    'KEY: ? hunter2',
    'KEY: - hunter2',
    'KEY: ssm:hunter2 x',
    '- hunter2',
    '-hunter2',
    'hunter2',
    'hunter2-x: gantry',
    'hunter2-x: gantry\n  hunter2-x: gantry',
    'KEY hunter2',
    'KEY: x\n  KEY: hunter2',
    '<<: {KEY: hunter2}',
    '<<: [{KEY: hunter2}]',
    'KEY:\n    nested: hunter2',
  ]
  test.each(pasted)('a pasted value is never shown: %j', async (line) => {
    const problems = await problemsOf(`app: x\nsecrets:\n  ${line}\nprocesses: {web: {cpu: x}}\n`)
    expect(renderDiagnostics(problems)).not.toContain('hunter2')
  })

  test.each([
    'secrets: hunter2',
    'secrets: [hunter2]',
    '{secrets: {KEY: hunter2}}',
    'env: &e {KEY: hunter2}\nsecrets: *e',
    'processes: {web: {secrets: {KEY: hunter2, B: gantry}}}',
    'processes: {a: {secrets: {KEY: hunter2}}, b: {secrets: {KEY: x}}, c: {cpu: x}}',
  ])('a pasted value is never shown: %j', async (config) => {
    expect(renderDiagnostics(await problemsOf(config))).not.toContain('hunter2')
  })

  test('valid references around a mistake are shown', async () => {
    const [problem] = await problemsOf('secrets: {A: gantry} # fine\nprocesses: {web: {cpu: x}}')
    expect(problem!.frame).toContain('secrets: {A: gantry} # fine')
  })
})
