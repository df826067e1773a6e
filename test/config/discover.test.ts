import { describe, expect, test } from 'vitest'

import { ConfigError } from '../../src/app/errors.ts'
import { readConfig } from '../../src/config/read.ts'
import { filesOf, placedProblemsOf, problemsOf, processOf, read, showPlaced, taskOf } from './files.ts'

describe('which files are read', () => {
  test('nothing to read is an error that shows a small gantry.yml', async () => {
    const [problem] = await problemsOf({})
    expect(problem!.message).toBe(
      'There is no configuration: no gantry.yml, app_desc.yaml, Procfile, .upsun/config.yaml, .platform.app.yaml or stacktape.yml',
    )
    expect(problem!.hint).toContain('processes:\n  web:\n')
    const hinted = problem!.hint!.slice(problem!.hint!.indexOf('processes:'))
    expect(processOf((await read(hinted)).app, 'web').expose).toBe('public')
  })

  test('nothing to read is said with where it was looked for, where that is known', async () => {
    const files = { ...filesOf({}), where: 'the\ncommit' }
    await expect(readConfig(files, { name: 'shop' })).rejects.toThrow(
      'There is no configuration in the\uFFFDcommit: no gantry.yml, app_desc.yaml, Procfile, .upsun/config.yaml, .platform.app.yaml or stacktape.yml',
    )
  })

  test('gantry.yaml is a misspelling', async () => {
    expect(await placedProblemsOf({ 'gantry.yaml': 'processes: {web: {}}', Procfile: 'web: a' })).toEqual([
      "gantry.yaml is not read: the file's name is gantry.yml",
    ])
    const { warnings } = await read({ 'gantry.yml': 'processes: {web: {}}', 'gantry.yaml': '' })
    expect(warnings.map(showPlaced)).toEqual(['gantry.yaml is not read: gantry.yml is there too'])
  })

  test('a gantry.yml without processes is laid over the Procfile', async () => {
    const { app, files, warnings } = await read({
      'gantry.yml':
        'engine: ecs\ndefaults: {memory: 1}\ntasks: {release: {max_hours: 2}, report: {}}\nenv: {A: "2"}',
      Procfile: 'release: migrate\nweb: serve',
      'app.json': '{"env": {"A": "1", "B": "1"}}',
    })
    expect(files).toEqual(['gantry.yml', 'Procfile', 'app.json'])
    expect(warnings).toEqual([])
    expect(app).toMatchObject({ engine: 'ecs', env: { A: '2', B: '1' } })
    expect(processOf(app, 'web')).toMatchObject({ command: 'serve', memory: 1024, stop_timeout: 30 })
    expect(taskOf(app, 'release')).toMatchObject({ command: 'migrate', run: 'pre_deploy', max_hours: 2 })
    expect(taskOf(app, 'report').max_hours).toBe(24)
  })

  test('from: Procfile reads it although gantry.yml names processes', async () => {
    const { app } = await read(
      {
        'gantry.yml':
          'from: Procfile\nprocesses: {web: {memory: 1}, worker: {}, extra: {command: x}}\nenvironments: {p: {processes: {web: {memory: 2}}}}',
        Procfile: 'web: serve\nworker: work',
      },
      { environment: 'p' },
    )
    expect(app.processes.map(({ name, command, memory }) => [name, command, memory])).toEqual([
      ['web', 'serve', 2048],
      ['worker', 'work', 512],
      ['extra', 'x', 512],
    ])
  })

  test('a Procfile that is passed over is named in a warning', async () => {
    const { app, files, warnings } = await read({ 'gantry.yml': 'processes: {web: {}}', Procfile: 'cron: x' })
    expect(app.processes.map((each) => each.name)).toEqual(['web'])
    expect(files).toEqual(['gantry.yml'])
    expect(warnings.map(showPlaced)).toEqual(['Procfile is not read: gantry.yml names the processes'])
  })

  test('from: needs its file, and finds other problems all the same', async () => {
    expect(await placedProblemsOf('from: Procfile\nprocesses: {web: {cpu: x}}')).toEqual([
      'gantry.yml:1:7 from: there is no Procfile in the repository',
      'gantry.yml:2:24 processes.web.cpu must be a number of vCPU (0.25), above 0 and at most 192; found "x"',
    ])
    expect(await problemsOf('from: procfile\nprocesses: {web: {}}')).toMatchObject([
      { hint: 'Did you mean "Procfile"?' },
    ])
  })

  test('an empty map of processes is meant, no map at all is not', async () => {
    expect((await read('processes: {}')).app.processes).toEqual([])
    expect((await read('tasks: {report: {}}')).app.tasks).toHaveLength(1)
    expect(await placedProblemsOf('app: shop')).toEqual([
      'gantry.yml:1:1 The configuration names no processes and no tasks',
    ])
    expect(await placedProblemsOf('')).toEqual([
      'gantry.yml:1:1 The configuration names no processes and no tasks',
    ])
  })

  test('--config names the file', async () => {
    const files = {
      'gantry.yml': 'processes: {a: {}}',
      'deploy/prod.yaml': 'processes: {b: {}}',
      'old/Procfile': 'c: x',
      'old/app.json': '{"env": {"A": "1"}}',
    }
    expect((await read(files, { config: './deploy/prod.yaml' })).app.processes[0]!.name).toBe('b')
    const procfile = await read(files, { config: 'old/Procfile' })
    expect(procfile.app.processes[0]).toMatchObject({ name: 'c', env: { A: '1' } })
    expect(procfile.files).toEqual(['old/Procfile', 'old/app.json'])
    expect(await placedProblemsOf(files, { config: 'nope.yml' })).toEqual(['There is no file "nope.yml"'])
    for (const config of ['../x.yml', '/etc/passwd', 'a/../../x', '..']) {
      expect(await placedProblemsOf(files, { config })).toEqual([`"${config}" is outside of the repository`])
    }
  })

  test('of the files of several systems the first is read, and the others are named', async () => {
    const app = 'spec_version: 2\nmodule: {language: Go, processes: {web: {command: bk}}}'
    const files = { 'app_desc.yaml': app, 'app_desc.yml': app, Procfile: 'web: bk', 'app.json': '{}' }
    const { files: opened, warnings } = await read(files)
    expect(opened).toEqual(['app_desc.yaml', 'Procfile'])
    expect(warnings.map(showPlaced)).toContain('app_desc.yml is not read: app_desc.yaml is')
    const named = await read({ ...files, 'gantry.yml': 'from: Procfile' })
    expect(named.files).toEqual(['gantry.yml', 'Procfile', 'app.json'])
    const passed = await read({ ...files, 'gantry.yml': 'processes: {web: {}}' })
    expect(passed.warnings.map(({ message, hint }) => `${message}; ${hint}`)).toEqual([
      'app_desc.yaml is not read: gantry.yml names the processes; Write `from: BlueKing` into gantry.yml to read both.',
      'app_desc.yml is not read: gantry.yml names the processes; Write `from: BlueKing` into gantry.yml to read both.',
      'Procfile is not read: gantry.yml names the processes; Write `from: Procfile` into gantry.yml to read both.',
    ])
  })

  test('what gantry.yml says counts more than what the other file says for one environment', async () => {
    const files = {
      'app_desc.yaml':
        'specVersion: 3\nmodule: {language: Go, spec: {processes: [{name: web, procCommand: a}], envOverlay: {replicas: [{envName: prod, process: web, count: 4}]}}}',
    }
    const count = async (gantryYml: string) =>
      processOf((await read({ ...files, 'gantry.yml': gantryYml }, { environment: 'prod' })).app, 'web')
        .demand_count
    expect(await count('engine: local')).toBe(4)
    expect(await count('from: BlueKing\nprocesses: {web: {demand_count: 3}}')).toBe(3)
    expect(await count('from: BlueKing\nenvironments: {prod: {processes: {web: {demand_count: 5}}}}')).toBe(5)
  })

  test('a problem of reading a file comes with the warnings before it', async () => {
    const link = new ConfigError([{ severity: 'error', message: 'app.json is a symbolic link' }])
    const files = {
      ...filesOf({}),
      read: (path: string) =>
        path === 'app.json' ? Promise.reject(link) : Promise.resolve(path === 'Procfile' ? 'Web: a' : null),
    }
    const error = await readConfig(files, { name: 'shop' }).catch((error: unknown) => error)
    expect((error as ConfigError).diagnostics.map((each) => each.severity)).toEqual(['warning', 'error'])
  })

  test("a failure that is nobody's mistake stays what it is", async () => {
    const broken = { ...filesOf({}), read: () => Promise.reject(new TypeError('bug')) }
    await expect(readConfig(broken, { name: 'shop' })).rejects.toThrow(TypeError)
  })
})
