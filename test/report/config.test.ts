import { describe, expect, test } from 'vitest'

import {
  configJson,
  renderConfig,
  renderDiagnostics,
  renderProblems,
  warningLine,
} from '../../src/report/config.ts'
import { problemsOf, read } from '../config/files.ts'

const config = `env: {memory: "1"}
defaults: {memory: 1}
processes:
  web: {command: [serve, a b], stop_timeout: 90s}
tasks:
  report: {schedule: "0 2 * * *", on_failure: abort}
`

describe('renderConfig', () => {
  test('lists every value with its unit and where it came from, aligned', async () => {
    const lines = renderConfig(await read(config), { all: true }).split('\n')
    expect(lines[0]).toBe('environment default, read from gantry.yml')
    const line = (path: string) => lines.find((each) => each.startsWith(`${path} `))!.split(/ {2,}/)
    expect(line('app')).toEqual(['app', 'shop', 'default'])
    expect(line('env.memory')).toEqual(['env.memory', '1', 'gantry.yml:1'])
    expect(line('processes.web.command')).toEqual(['processes.web.command', 'serve "a b"', 'gantry.yml:4'])
    expect(line('processes.web.memory')).toEqual([
      'processes.web.memory',
      '1 GB',
      'inherited from defaults.memory (gantry.yml:2)',
    ])
    expect(line('processes.web.stop_timeout')).toEqual(['processes.web.stop_timeout', '90s', 'gantry.yml:4'])
    expect(line('processes.web.cpu')).toEqual(['processes.web.cpu', '0.25 vCPU', 'default'])
    expect(line('processes.web.port')).toEqual(['processes.web.port', '-', 'default'])
    expect(line('processes.web.secrets')).toEqual(['processes.web.secrets', '{}', 'default'])
    expect(line('tasks.report.schedule')).toEqual(['tasks.report.schedule', '0 2 * * *', 'gantry.yml:6'])
    const columns = lines.slice(2).map((each) => each.slice(0, lines[2]!.indexOf('shop')))
    expect(columns.every((each) => each.endsWith('  '))).toBe(true)
  })

  test('hides defaults and counts them', async () => {
    const resolved = await read(config)
    const [own, all] = [renderConfig(resolved).split('\n'), renderConfig(resolved, { all: true }).split('\n')]
    expect(own.slice(2, -2).map((line) => line.split(' ')[0])).toEqual([
      'env.memory',
      'processes.web.command',
      'processes.web.memory',
      'processes.web.stop_timeout',
      'processes.web.env.memory',
      'tasks.report.memory',
      'tasks.report.on_failure',
      'tasks.report.schedule',
      'tasks.report.env.memory',
    ])
    expect(own.slice(-2)).toEqual([
      '',
      `${all.length - own.length + 2} defaults not shown: see them with --all`,
    ])
    expect(renderConfig(await read('processes: {}'))).toMatch(/^environment .*\n\n\d+ defaults not shown/)
  })

  test('names the system whose default it is', async () => {
    expect(renderConfig(await read({ Procfile: 'web: a' }), { all: true })).toMatch(
      /processes\.web\.stop_timeout +30s +default of Heroku\n/,
    )
  })

  test('keeps one line for a value, whatever is in it', async () => {
    const text = renderConfig(
      await read({ 'gantry.yml': `processes: {web: {command: "a\\n\\e[31m${'b'.repeat(500)}"}}` }),
    )
    const line = text.split('\n').find((each) => each.startsWith('processes.web.command'))!
    expect(line).toContain('a ⏎ \uFFFD[31mbbb')
    expect(line.length).toBeLessThan(200)
  })
})

test('durations of settings of the app are shown as they are written', async () => {
  const text = renderConfig(
    await read({ 'gantry.yml': 'logs: {retention: 30d}\nprocesses: {web: {command: a}}' }),
  )
  expect(text).toMatch(/^logs\.retention +30d +gantry\.yml:1$/m)
})

describe('configJson', () => {
  test('is the app, its provenance, the files, the environments and the warnings without their frames', async () => {
    const resolved = await read(config)
    const json = JSON.parse(JSON.stringify(configJson(resolved))) as Record<string, unknown>
    expect(Object.keys(json)).toEqual([
      'app',
      'provenance',
      'warnings',
      'files',
      'recognised',
      'called',
      'environments',
      'keys',
    ])
    expect(json['app']).toEqual(resolved.app)
    expect(json['warnings']).toEqual([
      {
        severity: 'warning',
        message: 'tasks.report.on_failure has no effect without "run"',
        path: 'tasks.report.on_failure',
        place: { file: 'gantry.yml', line: 6, column: 35 },
      },
    ])
  })
})

describe('renderDiagnostics', () => {
  test('prints place, severity, message, lines and hint', async () => {
    const problems = await problemsOf('processes:\n  web: {cpuu: 1}\n  b: {cpu: x}\n')
    expect(renderDiagnostics(problems))
      .toBe(`gantry.yml:2:9: error: "cpuu" is not a key of processes.web (processes.web.cpuu)
    1 | processes:
  > 2 |   web: {cpuu: 1}
      |         ^
    3 |   b: {cpu: x}
  hint: Did you mean "cpu"?

gantry.yml:3:12: error: processes.b.cpu must be a number of vCPU (0.25), above 0 and at most 192; found "x"
    1 | processes:
    2 |   web: {cpuu: 1}
  > 3 |   b: {cpu: x}
      |            ^`)
  })

  test('needs no place', () => {
    expect(renderDiagnostics([{ severity: 'warning', message: 'odd', path: 'a.b' }])).toBe(
      'warning: odd (a.b)',
    )
    expect(renderDiagnostics([])).toBe('')
  })

  test('is coloured only when asked', () => {
    const diagnostic = { severity: 'error', message: 'odd' } as const
    expect(renderDiagnostics([diagnostic])).toBe('error: odd')
    expect(renderDiagnostics([diagnostic], { colour: true })).toBe('\u001B[31merror\u001B[39m: odd')
  })
})

test('problems without a place look like every other problem of the command line, and come first', async () => {
  const placed = await problemsOf('processes: {web: {cpuu: 1}}')
  const text = renderProblems([
    ...placed,
    { severity: 'error', message: 'odd', path: 'a.b', hint: 'Write:\n  a: 1' },
    { severity: 'warning', message: 'odder' },
  ])
  expect(text).toBe(
    ` !     odd (a.b)\n       Write:\n         a: 1\n       warning: odder\n\n${renderDiagnostics(placed)}`,
  )
})

describe('warningLine', () => {
  const warning = { severity: 'warning', message: 'x is odd', path: 'a.x' } as const

  test('is place, message and a short hint', () => {
    const place = { file: 'gantry.yml', line: 3, column: 5 }
    expect(warningLine({ ...warning, place, hint: 'Leave it out.', frame: '> 3 | x' })).toBe(
      'warning: gantry.yml:3:5 x is odd (a.x); Leave it out.',
    )
  })

  test('needs no place, and leaves out a hint that is long', () => {
    expect(warningLine({ ...warning, hint: 'x'.repeat(200) })).toBe('warning: x is odd (a.x)')
    expect(warningLine({ ...warning, hint: 'a\nb' })).toBe('warning: x is odd (a.x)')
  })
})
