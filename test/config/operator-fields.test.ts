import { describe, expect, it } from 'vitest'

import type { Diagnostic } from '../../src/app/errors.ts'
import { nameProblems, readOperatorFields, type OperatorFields } from '../../src/config/operator-fields.ts'

describe('what a person sets by hand', () => {
  it('is read as the config would read it, in the units of the model', () => {
    expect(
      accepted({
        memory: '2',
        cpu: '0.5',
        demand_count: '3',
        stop_timeout: '1m',
        disabled: 'true',
        command: 'node server.js --port 80',
        expose: 'public',
        health_check: '{path: /healthz, interval: 2s}',
      }).set,
    ).toEqual({
      memory: 2048,
      cpu: 512,
      demand_count: 3,
      stop_timeout: 60,
      disabled: true,
      command: 'node server.js --port 80',
      expose: 'public',
      health_check: {
        path: '/healthz',
        command: null,
        tcp: false,
        interval: 2,
        timeout: 5,
        retries: 3,
        start_period: 0,
      },
    })
  })

  it('can be every key of a process but those of the build and of the service', () => {
    const words = {
      memory: '1',
      cpu: '1',
      demand_count: '1',
      spot_count: '1',
      command: 'bin/x',
      image: 'redis:8',
      disabled: 'false',
      scale_count: '1',
      scale_type: 'spot',
      autoscaling_cpu_threshold: '70',
      autoscaling_memory_threshold: '80',
      ephemeral_storage_gb: '30',
      expose: 'private',
      port: '80',
      stop_timeout: '20s',
      health_check: '{tcp: true}',
      readiness: '{path: /ready}',
      entry_point: '[tini, --]',
      pre_start: 'bin/prepare',
      rollout: '{overlap: false}',
    }
    expect(Object.keys(accepted(words).set)).toEqual(Object.keys(words))
    expect(problemsOf({ 'ecs.target_group': 'arn', build: '.' }).map((each) => each.hint)).toEqual([
      'ecs is for the config to say',
      'build is for the config to say',
    ])
    const around = { 'containers.proxy.image': 'envoy:2', mounts: '{}', depends_on: '{}' }
    expect(problemsOf(around).map((each) => each.hint)).toEqual([
      'containers is for the config to say',
      'mounts is for the config to say',
      'depends_on is for the config to say',
    ])
  })

  it('keeps a command and an image as they are, whatever they look like (TP-41)', () => {
    expect(accepted({ command: 'echo "a: b" # c', image: 'key:0123456789ab' }).set).toEqual({
      command: 'echo "a: b" # c',
      image: 'key:0123456789ab',
    })
    expect(accepted({ command: '[node, server.js]' }).set).toEqual({ command: ['node', 'server.js'] })
  })

  it('reads -0 as the 0 that an engine answers', () => {
    expect(
      accepted({ demand_count: '-0', spot_count: '-0.0', stop_timeout: '-0', rollout: '{min_up: -0}' }).set,
    ).toMatchObject({ demand_count: 0, spot_count: 0, stop_timeout: 0, rollout: { min_up: 0 } })
  })

  it('takes what is empty as none where there may be none', () => {
    expect(
      accepted({ image: '', command: '', port: '', autoscaling_cpu_threshold: '', health_check: '{}' }).set,
    ).toEqual({ image: null, command: null, port: null, autoscaling_cpu_threshold: null, health_check: null })
    expect(accepted({ entry_point: '', pre_start: '', readiness: '' }).set).toEqual({
      entry_point: null,
      pre_start: null,
      readiness: null,
    })
    expect(problemsOf({ memory: '', demand_count: '' })).toHaveLength(2)
  })

  it('reports all problems at once, with the nearest right key', () => {
    const problems = problemsOf({ memroy: '2', demand_count: '-1', cpu: 'lots', env: 'A=1', name: 'web' })
    expect(problems.map((each) => each.path)).toEqual(['memroy', 'demand_count', 'cpu', 'env', 'name'])
    expect(problems[0]!.hint).toContain('"memory"')
    expect(problems[2]!.message).toContain('"lots"')
    expect(problems[3]!.hint).toContain('env.NAME=VALUE')
    expect(problems[4]!.message).toContain('the name comes first')
  })

  it.each(['{', '[', '*x', '&a [*a]', '!!js/function x', 'a: b: c', '\t- x', '{path: /a, tcp: true}'])(
    'refuses %j with a sentence',
    (text) => {
      expect(problemsOf({ health_check: text })).toHaveLength(1)
    },
  )

  it('can be handed back by its key only', () => {
    expect(accepted({}, ['memory', 'image']).unset).toEqual(['memory', 'image'])
    expect(problemsOf({}, ['constructor', 'name', '__proto__'])).toHaveLength(3)
  })
})

describe('an entry of a map', () => {
  it('is read by itself; the way to check comes with what it stands for', () => {
    expect(
      accepted({ 'health_check.interval': '30s', 'rollout.overlap': 'false', 'rollout.timeout': '5m' }).parts,
    ).toEqual({ health_check: { interval: 30 }, rollout: { overlap: false, timeout: 300 } })
    expect(accepted({ 'health_check.path': '/up?a=b:c' }).parts.health_check).toEqual({
      path: '/up?a=b:c',
      command: null,
      tcp: false,
    })
    expect(accepted({ 'readiness.path': '/ready' }).parts).toEqual({
      readiness: { path: '/ready', command: null, tcp: false },
    })
    expect(accepted({ 'health_check.command': 'echo a: b' }).parts.health_check).toMatchObject({
      path: null,
      command: 'echo a: b',
    })
  })

  it('has the rules of the config, and a suggestion', () => {
    const problems = problemsOf({
      'health_check.interval': 'often',
      'health_check.pth': '/',
      'rollout.on_failure': 'panic',
      'rollout.constructor': 'x',
    })
    expect(problems.map((each) => each.path)).toEqual([
      'health_check.interval',
      'health_check.pth',
      'rollout.on_failure',
      'rollout.constructor',
    ])
    expect(problems[0]!.message).toMatch(/^health_check\.interval must be a duration .*; found "often"$/)
    expect(problems[1]!.hint).toBe('did you mean "health_check.path"?')
  })

  it('contradicts neither the whole nor another way to check', () => {
    expect(problemsOf({ health_check: '{tcp: true}', 'health_check.retries': '1' })).toMatchObject([
      { message: 'health_check is given as a whole and in parts' },
    ])
    expect(problemsOf({ 'health_check.path': '/', 'health_check.tcp': 'true' })).toMatchObject([
      { message: 'health_check must name exactly one of path, command and tcp; found path and tcp' },
    ])
  })

  it('is handed back with its map', () => {
    expect(problemsOf({}, ['health_check.path'])).toMatchObject([
      { message: 'health_check is handed back as a whole', hint: 'name it: health_check' },
    ])
  })
})

describe('a variable of the process', () => {
  it('is set and taken away beside the fields', () => {
    const { set, variables } = accepted({ 'env.LEVEL': 'debug: yes', 'env.EMPTY': '' }, ['env.OLD'])
    expect(set).toEqual({})
    expect(variables).toEqual([
      { name: 'LEVEL', value: 'debug: yes' },
      { name: 'EMPTY', value: '' },
      { name: 'OLD', value: null },
    ])
  })

  it('has a name that it can have, and its value is in no problem', () => {
    const problems = problemsOf({
      'env.PORT': 'opensesame',
      'env.GANTRY_X': 'opensesame',
      'env.1ST': 'opensesame',
      'env.': 'opensesame',
      'env.NUL': 'opensesame\0',
      'secrets.KEY': 'opensesame',
    })
    expect(problems).toHaveLength(6)
    expect(JSON.stringify(problems)).not.toContain('opensesame')
    expect(problems[0]!.message).toMatch(/PORT.* must be another one, because the engine gives PORT/)
    expect(problems[5]!.hint).toContain('--secret')
  })
})

it('the name of a process is letters, digits and hyphens, as in the config (D9, TP-18)', () => {
  for (const name of ['web', 'a1-b2', 'x'.repeat(63)]) expect(nameProblems(name)).toEqual([])
  for (const name of ['', 'Web', 'a_b', '-a', 'a-', 'a--b', 'a b', 'ä', 'x'.repeat(64), '../a', 'a\n']) {
    expect(nameProblems(name)).toHaveLength(1)
  }
  expect(nameProblems('Mail_Worker')).toMatchObject([{ hint: 'did you mean "mail-worker"?' }])
})

function accepted(words: Record<string, string>, unset: string[] = []): OperatorFields {
  const { fields, problems } = readOperatorFields(words, unset)
  expect(problems).toEqual([])
  return fields
}

function problemsOf(words: Record<string, string>, unset: string[] = []): Diagnostic[] {
  return readOperatorFields(words, unset).problems
}
