import { describe, expect, test } from 'vitest'

import type { Provenance } from '../../src/config/provenance.ts'
import { fixture } from './fixtures.ts'
import { placedProblemsOf, problemsOf, processOf, read, showPlaced, taskOf } from './files.ts'

const byBlueKing: Provenance = { kind: 'default', of: 'BlueKing' }
const module = (body: string) =>
  `spec_version: 2\nmodule:\n  language: Python\n${body.replaceAll(/^/gm, '  ')}\n`
const readModule = (body: string, files: Record<string, string> = {}, environment = 'default') =>
  read({ 'app_desc.yaml': module(body), ...files }, { environment })
const problemsIn = (body: string) => placedProblemsOf({ 'app_desc.yaml': module(body) })
const WEB = 'processes: {web: {command: serve}}'

describe('an app_desc.yaml of version 2', () => {
  test('BK-10, BK-24: names the processes, and all are read', async () => {
    const { app, files } = await read({ 'app_desc.yaml': fixture('app_desc.v2.yaml') })
    expect(files).toEqual(['app_desc.yaml'])
    expect(app.processes.map((each) => each.name)).toEqual(['web', 'worker', 'beat'])
    expect(app.build.context).toBe('src')
  })

  test('BK-01, BK-07, BK-12: web, worker and beat have commands and counts of their own', async () => {
    const { app } = await read({ 'app_desc.yaml': fixture('app_desc.v2.yaml') })
    expect(processOf(app, 'worker')).toMatchObject({
      command: ['celery', '-A', 'shop', 'worker', '-l', 'info', '-c', '4'],
      demand_count: 3,
      expose: 'none',
    })
    expect(processOf(app, 'beat')).toMatchObject({ demand_count: 1 })
  })

  test('BK-06: a plan is a size; its CPU is said to be approximated', async () => {
    const { app, keys, provenance } = await read({ 'app_desc.yaml': fixture('app_desc.v2.yaml') })
    expect(processOf(app, 'web')).toMatchObject({ memory: 2048, cpu: 256 })
    expect(processOf(app, 'worker')).toMatchObject({ memory: 1024, cpu: 256 })
    expect(processOf(app, 'beat')).toMatchObject({ memory: 1024, cpu: 256 })
    expect(provenance['processes.beat.memory']).toEqual(byBlueKing)
    expect(keys.find((each) => each.path.endsWith('web.plan'))).toMatchObject({
      fate: 'approximated',
      rows: 'BK-06',
    })
    const { app: large } = await readModule('processes: {web: {command: a, plan: 4C4G5R}}')
    expect(processOf(large, 'web')).toMatchObject({ memory: 4096, cpu: 512 })
  })

  test('BK-06: a plan that BlueKing does not know is the default one, with a warning', async () => {
    const { app, warnings } = await readModule('processes: {web: {command: a, plan: 8C8G}}')
    expect(processOf(app, 'web').memory).toBe(1024)
    expect(warnings.map(showPlaced)).toContain(
      'app_desc.yaml:4:33 module.processes.web.plan is approximated: BlueKing has no such plan and gives the default one: 1 GB',
    )
  })

  test('BK-11: a module has a language that BlueKing knows', async () => {
    expect(await placedProblemsOf({ 'app_desc.yaml': `spec_version: 2\nmodule:\n  ${WEB}\n` })).toEqual([
      'app_desc.yaml:2:1 module.language is missing',
    ])
    const [problem] = await problemsOf({
      'app_desc.yaml': `spec_version: 2\nmodule:\n  language: Pyton\n  ${WEB}\n`,
    })
    expect(problem).toMatchObject({
      message: 'module.language must be one of Python, PHP, Go, NodeJS, Java; found "Pyton"',
      hint: 'Did you mean "Python"?',
    })
  })

  test('BK-17, BK-20: an entry more is a process more', async () => {
    const { app } = await readModule('processes:\n  web: {command: a}\n  sync: {command: b}')
    expect(app.processes.map((each) => each.name)).toEqual(['web', 'sync'])
  })

  test('modules may share what they say, by an alias', async () => {
    const text = `spec_version: 2
modules:
  one: {is_default: true, language: Python, processes: {web: &web {command: serve, probes: {liveness: {http_get: {path: /x, port: 80}}}}}}
  two: {language: Python, processes: {web: *web}}
`
    for (const module of ['one', 'two']) {
      const { app } = await read({ 'app_desc.yaml': text }, { module })
      expect(processOf(app, 'web').health_check).toMatchObject({ path: '/x' })
    }
  })

  test('BK-18: no two processes have one type', async () => {
    expect(await problemsIn('processes:\n  web: {command: a}\n  Web: {command: b}')).toContain(
      'app_desc.yaml:6:5 "Web" is here for the second time, as soon as case is folded',
    )
  })

  test('BK-19: a type has letters, digits and hyphens, at most 12, and is folded to lower case', async () => {
    const { app, warnings } = await readModule('processes: {Sync-2: {command: a}}')
    expect(app.processes.map((each) => each.name)).toEqual(['sync-2'])
    expect(warnings.map((each) => each.message)).toContain('The process type "Sync-2" is named "sync-2" here')
    expect(
      await problemsIn('processes: {a_b: {command: a}, -c: {command: b}, abcdefghijklm: {command: c}}'),
    ).toEqual([
      'app_desc.yaml:4:15 "a_b" is not allowed as a name; it must be letters, digits and hyphens, not beginning with a hyphen, at most 12 characters',
      'app_desc.yaml:4:34 "-c" is not allowed as a name; it must be letters, digits and hyphens, not beginning with a hyphen, at most 12 characters',
      'app_desc.yaml:4:52 "abcdefghijklm" is not allowed as a name; it must be letters, digits and hyphens, not beginning with a hyphen, at most 12 characters',
    ])
  })

  test('BK-23, BK-26: web is the entrance, and listens on the port that it is given', async () => {
    const { app, provenance } = await readModule(
      'processes: {web: {command: "serve :$PORT"}, api: {command: b}}',
    )
    expect(processOf(app, 'web')).toMatchObject({ expose: 'public', port: 5000, command: 'serve ":$PORT"' })
    expect(processOf(app, 'api')).toMatchObject({ expose: 'none', port: null })
    expect(provenance['processes.web.port']).toEqual(byBlueKing)
  })

  test('has the counts of BlueKing where it says none: two of web in production', async () => {
    const count = async (environment: string) =>
      processOf(
        (await readModule('processes: {web: {command: a, replicas: null}}', {}, environment)).app,
        'web',
      ).demand_count
    expect([await count('default'), await count('stag'), await count('prod')]).toEqual([1, 1, 2])
    const body = 'processes: {web: {command: a, replicas: 3}}'
    expect(processOf((await readModule(body, {}, 'prod')).app, 'web').demand_count).toBe(3)
    const gantryYml = 'defaults: {demand_count: 4, memory: 2}'
    const over = await readModule('processes: {web: {command: a}}', { 'gantry.yml': gantryYml }, 'prod')
    expect(processOf(over.app, 'web')).toMatchObject({ demand_count: 4, memory: 2048 })
  })

  test('takes 0 replicas for "not said", with a warning, as BlueKing does', async () => {
    const { app, warnings } = await readModule('processes: {web: {command: a, replicas: 0}}')
    expect(processOf(app, 'web').demand_count).toBe(1)
    expect(warnings.find((each) => each.path === 'module.processes.web.replicas')?.hint).toContain(
      'disabled: true',
    )
  })

  test('has 30 seconds between SIGTERM and SIGKILL, by default of BlueKing', async () => {
    const { app, provenance } = await readModule(WEB)
    expect(processOf(app, 'web').stop_timeout).toBe(30)
    expect(provenance['processes.web.stop_timeout']).toEqual(byBlueKing)
  })

  test('has variables for all environments or for one', async () => {
    const files = { 'app_desc.yaml': fixture('app_desc.v2.yaml') }
    const env = async (environment: string) => (await read(files, { environment })).app.env
    expect(await env('prod')).toEqual({ LOG_LEVEL: 'info' })
    expect(await env('stag')).toEqual({ LOG_LEVEL: 'info', FEATURE_X: '1' })
    expect(await problemsOf(files, { environment: 'production' })).toContainEqual(
      expect.objectContaining({
        message: 'There is no environment "production"',
        hint: 'Environments are stag, prod, default.',
      }),
    )
  })

  test('gives no PORT of its own', async () => {
    const { app, warnings } = await readModule(`env_variables: [{key: PORT, value: "80"}]\n${WEB}`)
    expect(app.env).toEqual({})
    expect(warnings.map(showPlaced)).toContain(
      'app_desc.yaml:4:20 module.env_variables[0].key is not supported: the name must be another one, because the engine gives PORT to every instance',
    )
  })

  test('checks what its probes do: liveness whether it works, readiness whether it gets requests', async () => {
    const { app, warnings } = await read({ 'app_desc.yaml': fixture('app_desc.v2.yaml') })
    const { health_check, readiness } = processOf(app, 'web')
    expect(health_check).toMatchObject({ tcp: true, path: null, interval: 10, timeout: 1 })
    expect(readiness).toEqual({
      path: '/healthz',
      command: null,
      tcp: false,
      interval: 10,
      timeout: 3,
      retries: 3,
      start_period: 5,
    })
    expect(warnings.filter((each) => each.path?.includes('ness'))).toEqual([])
    const alone = await readModule(
      'processes: {sync: {command: a, probes: {readiness: {exec: {command: [up]}}}}}',
    )
    expect(processOf(alone.app, 'sync')).toMatchObject({ health_check: null, readiness: { command: ['up'] } })
    expect(alone.warnings.filter((each) => each.path?.includes('probes'))).toEqual([])
    const startup =
      'startup: {exec: {command: [up]}, period_seconds: 5, failure_threshold: 12, initial_delay_seconds: 3}'
    const probes = `{liveness: {tcp_socket: {port: 8080}, period_seconds: 20}, ${startup}}`
    const { app: other, provenance } = await readModule(`processes: {sync: {command: a, probes: ${probes}}}`)
    expect(processOf(other, 'sync')).toMatchObject({
      port: 8080,
      health_check: { tcp: true, interval: 20, timeout: 1, retries: 3, start_period: 63 },
    })
    expect(provenance['processes.sync.health_check.timeout']).toEqual(byBlueKing)
  })

  test('runs its hook before a deployment, for 15 minutes at most', async () => {
    const { app } = await read({ 'app_desc.yaml': fixture('app_desc.v2.yaml') })
    expect(taskOf(app, 'pre-release-hook')).toMatchObject({
      command: ['python', 'manage.py', 'migrate', '--no-input'],
      run: 'pre_deploy',
      max_hours: 0.25,
    })
  })

  test('says what it cannot do, key by key with the line', async () => {
    const { warnings } = await read({ 'app_desc.yaml': fixture('app_desc.v2.yaml') })
    expect(warnings.filter((each) => each.message.includes('not supported')).map(showPlaced)).toEqual([
      'app_desc.yaml:8:5 modules.default.services is not supported: Gantry makes no databases, queues and caches',
      'app_desc.yaml:40:5 modules.default.svc_discovery is not supported: the addresses of other apps are not looked up',
      'app_desc.yaml:45:5 modules.default.bkmonitor is not supported: Gantry collects no metrics of apps',
    ])
  })

  test('warns of a key that BlueKing does not know, with what was meant', async () => {
    const { warnings } = await readModule('processes: {web: {command: a, replica: 2}}')
    expect(warnings.find((each) => each.path === 'module.processes.web.replica')).toMatchObject({
      message: 'module.processes.web.replica is not supported: BlueKing has no such key',
      hint: 'Did you mean "replicas"?',
    })
  })

  test.each([
    [
      'more replicas than five',
      'processes: {web: {command: a, replicas: 6}}',
      'replicas must be a whole number from 0 to 5; found 6',
    ],
    [
      'a process without a command',
      'processes: {web: {replicas: 1}}',
      'module.processes.web.command is missing',
    ],
    ['an open quote', `processes: {web: {command: 'echo "a'}}`, 'A quote in this command has no end'],
    [
      'a probe that checks nothing',
      'processes: {web: {command: a, probes: {liveness: {}}}}',
      'A probe must have exactly one of exec, http_get, tcp_socket; found none of them',
    ],
    [
      'a probe that checks two things',
      'processes: {web: {command: a, probes: {liveness: {exec: {command: [a]}, tcp_socket: {port: 1}}}}}',
      'found exec and tcp_socket',
    ],
    [
      'a variable in small letters',
      `env_variables: [{key: a, value: b}]\n${WEB}`,
      'env_variables[0].key must be capital letters, digits and underscores',
    ],
    [
      'a variable of another environment',
      `env_variables: [{key: A, value: b, environment_name: test}]\n${WEB}`,
      'environment_name must be one of stag, prod, _global_; found "test"',
    ],
    ['processes in a list', 'processes: [web]', 'module.processes must be a map; found a list'],
    [
      '17 processes',
      `processes: {${Array.from({ length: 17 }, (_, i) => `p${i}: {command: a}`).join(', ')}}`,
      '"p16" is one process too many: BlueKing allows 16',
    ],
    [
      'a source folder outside',
      `source_dir: ../x\n${WEB}`,
      'module.source_dir must be a path inside of the repository',
    ],
  ])('that BlueKing refuses is refused with its place: %s', async (_, body, expected) => {
    const problems = await problemsIn(body)
    expect(problems.join('\n')).toContain(expected)
    expect(problems.every((each) => each.startsWith('app_desc.yaml:'))).toBe(true)
  })

  test('of a version that nobody knows is refused', async () => {
    const version = (text: string) =>
      placedProblemsOf({ 'app_desc.yaml': `${text}\nmodule: {language: Go, ${WEB}}` })
    expect(await version('spec_version: 4')).toEqual([
      'app_desc.yaml:1:15 spec_version must be 2 or 3; found 4',
    ])
    expect(await version('spec_version: 1')).toEqual([
      'app_desc.yaml:1:1 app_desc.yaml has spec_version 1: versions 2 and 3 are read',
    ])
    expect(await version('app_version: "1"')).toEqual([
      'app_desc.yaml:1:1 app_desc.yaml has no spec_version: versions 2 and 3 are read',
    ])
  })
})

describe('a Procfile beside an app_desc.yaml', () => {
  const both = 'processes:\n  web: {command: serve, replicas: 2}\n  worker: {command: work}'

  test('BK-15: decides which processes there are and what they run; the rest stays, and each difference is said', async () => {
    const { app, files, warnings } = await readModule(both, { Procfile: 'web: serve && true\nclock: tick\n' })
    expect(files).toEqual(['app_desc.yaml', 'Procfile'])
    expect(app.processes.map(({ name, command, demand_count: count }) => [name, command, count])).toEqual([
      ['web', 'serve && true', 2],
      ['clock', 'tick', 1],
    ])
    const told = warnings.filter((each) => each.message.includes('Procfile'))
    expect(told.map(showPlaced)).toEqual([
      'app_desc.yaml:5:11 module.processes.web.command is approximated: the Procfile beside it decides, and has another command',
      'app_desc.yaml:6:5 module.processes.worker is not supported: the Procfile beside it decides, and has no such process',
      'Procfile:2:1 The process "clock" is only in the Procfile, and is deployed',
    ])
    expect(told.every((each) => each.hint?.includes('in one place'))).toBe(true)
  })

  test('BK-16: that says the same is no reason to warn', async () => {
    const { warnings } = await readModule(both, { Procfile: 'web: serve\nworker: work\n' })
    expect(warnings.filter((each) => each.message.includes('Procfile'))).toEqual([])
  })

  test('BK-13, BK-14: is YAML, and its commands are lines for a shell', async () => {
    const { app, warnings } = await readModule('services: []', { Procfile: "web: 'serve | tee log'\n" })
    expect(processOf(app, 'web')).toMatchObject({ command: 'serve | tee log', port: 5000, stop_timeout: 30 })
    expect(warnings.filter((each) => each.message.includes('Procfile'))).toEqual([])
    expect(await placedProblemsOf({ 'app_desc.yaml': module(both), Procfile: '- web\n' })).toContain(
      'Procfile:1:1 Procfile must be a map of process types to commands; found a list',
    )
    const wrong = await placedProblemsOf({
      'app_desc.yaml': module(both),
      Procfile: 'web: [a]\nWorker: a\nworker: b\n',
    })
    expect(wrong.filter((each) => each.startsWith('Procfile'))).toEqual([
      'Procfile:1:1 "web" is no process with a command',
      'Procfile:2:1 The process type "Worker" is named "worker" here',
      'Procfile:3:1 "worker" is here for the second time, as soon as case is folded',
    ])
  })

  test('BK-13: in the folder of the module comes before that of the root', async () => {
    const files = { 'src/Procfile': 'web: inner', Procfile: 'web: outer' }
    const { app, warnings } = await readModule('source_dir: src', files)
    expect(processOf(app, 'web').command).toBe('inner')
    expect(warnings.map((each) => each.message)).toContain('Procfile is not read: src/Procfile is')
  })

  test('is all that is read where the version is 1 or none', async () => {
    const { app, warnings } = await read({ 'app_desc.yaml': 'app: {}', Procfile: 'web: serve' })
    expect(processOf(app, 'web')).toMatchObject({ command: 'serve', memory: 1024 })
    expect(warnings.map(showPlaced)).toEqual([
      'app_desc.yaml:1:1 app_desc.yaml has no spec_version and is not read: only the Procfile is',
    ])
  })
})

describe('a module of several', () => {
  const several = `spec_version: 2
modules:
  api: {language: Go, is_default: true, processes: {web: {command: api}}}
  jobs: {language: Python, services: [{name: mysql}], processes: {web: {command: jobs}}}
`

  test('is named with --module or in gantry.yml, and all are listed where it is not', async () => {
    const files = { 'app_desc.yaml': several }
    const command = async (extra: Record<string, string>, asked?: string) =>
      processOf((await read({ ...files, ...extra }, { module: asked })).app, 'web').command
    expect(await command({}, 'jobs')).toEqual(['jobs'])
    expect(await command({ 'gantry.yml': 'module: jobs' })).toEqual(['jobs'])
    expect(await command({ 'gantry.yml': 'module: jobs' }, 'api')).toEqual(['api'])
    const [problem] = await problemsOf(files)
    expect(showPlaced(problem!)).toBe('app_desc.yaml:2:1 app_desc.yaml has several modules: api, jobs')
    expect(problem!.hint).toBe('Say which one with `module: NAME` in gantry.yml, or with --module.')
    const [missing] = await problemsOf(files, { module: 'job' })
    expect(missing).toMatchObject({
      message: 'app_desc.yaml has no module "job"',
      hint: 'Did you mean "jobs"? There are: api, jobs.',
    })
  })

  test('that is not deployed is checked, and nothing is said of its keys', async () => {
    const { warnings } = await read({ 'app_desc.yaml': several }, { module: 'api' })
    expect(warnings.map((each) => each.path)).toEqual(['modules.api.language'])
    const broken = several.replace('command: jobs', 'cmd: jobs')
    expect(await placedProblemsOf({ 'app_desc.yaml': broken }, { module: 'api' })).toEqual([
      'app_desc.yaml:4:67 modules.jobs.processes.web.command is missing',
    ])
  })

  test('is the default one: exactly one', async () => {
    expect(await placedProblemsOf({ 'app_desc.yaml': several.replace(', is_default: true', '') })).toEqual([
      'app_desc.yaml:2:1 One of the modules must be the default one; found 0',
    ])
    expect(await placedProblemsOf({ 'app_desc.yaml': 'spec_version: 2' })).toEqual([
      'app_desc.yaml:1:1 app_desc.yaml has neither "module" nor "modules"',
    ])
  })

  test('cannot be asked for where there are none', async () => {
    expect(await placedProblemsOf({ Procfile: 'web: a' }, { module: 'x' })).toEqual([
      'Procfile:1:1 Procfile has no modules: "x" was asked for',
    ])
    expect(await placedProblemsOf('module: x\nprocesses: {web: {}}')).toEqual([
      'gantry.yml:1:9 A module was asked for, and only files of other systems have some',
    ])
  })
})
