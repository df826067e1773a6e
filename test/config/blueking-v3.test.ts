import { describe, expect, test } from 'vitest'

import { fixture } from './fixtures.ts'
import { placedProblemsOf, processOf, read, showPlaced, taskOf } from './files.ts'

const file = (spec: string) =>
  `specVersion: 3\nmodule:\n  language: Python\n  spec:\n${spec.replaceAll(/^/gm, '    ')}\n`
const readSpec = (spec: string, environment = 'default') =>
  read({ 'app_desc.yaml': file(spec) }, { environment })
const example = (environment: string) =>
  read({ 'app_desc.yaml': fixture('app_desc.v3.yaml') }, { environment })

describe('an app_desc.yaml of version 3', () => {
  test('BK-09, BK-12: a command is words or a line without a shell', async () => {
    const { app } = await example('default')
    expect(processOf(app, 'worker')).toMatchObject({
      entry_point: ['celery'],
      command: ['-A', 'shop', 'worker', '-l', 'info'],
    })
    expect(processOf(app, 'web').command).toBe('gunicorn wsgi -w 4 -b "[::]:${PORT}"')
  })

  test('BK-12: command takes the place of the entry point of the image, and args are what that gets', async () => {
    const of = async (words: string) => {
      const { app } = await readSpec(`processes: [{name: a1, ${words}}]`)
      const { entry_point, command } = processOf(app, 'a1')
      return { entry_point, command }
    }
    expect(await of('command: [run, it]')).toEqual({ entry_point: ['run', 'it'], command: null })
    expect(await of('command: [run], args: ["", it]')).toEqual({
      entry_point: ['run', '', 'it'],
      command: null,
    })
    expect(await of('args: [it]')).toEqual({ entry_point: null, command: ['it'] })
    expect(await of('command: [run], args: ["-b", "${PORT}", "a b"]')).toEqual({
      entry_point: ['/bin/sh', '-c', 'exec run -b "${PORT}" "a b"'],
      command: null,
    })
    const { app } = await readSpec(
      'processes: [{name: web, procCommand: a}]\nhooks: {preRelease: {command: [migrate], args: [all]}}',
    )
    expect(taskOf(app, 'pre-release-hook')).toMatchObject({ entry_point: ['migrate'], command: ['all'] })
  })

  test('has $(PORT) in command and args replaced, and a script keeps its variables [BK-26]', async () => {
    const of = async (words: string) => {
      const { app, warnings } = await readSpec(`processes: [{name: a1, ${words}}]`)
      const { entry_point, command } = processOf(app, 'a1')
      return { entry_point, command, told: warnings.find((each) => each.path?.endsWith('args')) }
    }
    expect(await of('command: [run], args: ["--port", "$(PORT)"]')).toMatchObject({
      entry_point: ['/bin/sh', '-c', 'exec run --port "${PORT}"'],
      command: null,
    })
    expect(await of('command: [sh, -c], args: ["for i in 1 2; do echo $i; done"]')).toMatchObject({
      entry_point: ['sh', '-c'],
      command: ['for i in 1 2; do echo $i; done'],
    })
    const alone = await of('args: [run, "$(PORT)"]')
    expect(alone.command).toBe('run "${PORT}"')
    expect(alone.told).toMatchObject({
      message:
        'module.spec.processes[0].args is approximated: a shell puts in the variables, and an entry point of the image would get that shell as its words',
      hint: 'Write the program under `command`.',
    })
  })

  test('BK-12: procCommand wins over command and args', async () => {
    const { app, keys } = await readSpec(
      'processes: [{name: a1, procCommand: run it, command: [x], args: [y]}]',
    )
    expect(processOf(app, 'a1').command).toEqual(['run', 'it'])
    expect(keys.filter((each) => each.text.startsWith('not used')).map((each) => each.path)).toEqual([
      'module.spec.processes[0].command',
      'module.spec.processes[0].args',
    ])
  })

  test('BK-01, BK-06: counts and plans differ by environment', async () => {
    const of = async (environment: string) => {
      const { app } = await example(environment)
      const [web, worker] = [processOf(app, 'web'), processOf(app, 'worker')]
      return { web: web.demand_count, memory: worker.memory, cpu: worker.cpu, env: app.env }
    }
    expect(await of('stag')).toEqual({
      web: 2,
      memory: 1024,
      cpu: 256,
      env: { LOG_LEVEL: 'info', FEATURE_X: '1' },
    })
    expect(await of('prod')).toEqual({ web: 4, memory: 4096, cpu: 512, env: { LOG_LEVEL: 'info' } })
  })

  test('BK-23, BK-25: the process with the exposed service is the entrance', async () => {
    const { app, warnings } = await readSpec(
      'processes:\n- {name: web, procCommand: a}\n- {name: api, procCommand: b, services: [{name: http, targetPort: "${PORT}", exposedType: {name: bk/http}}]}\n- {name: rpc, procCommand: c, services: [{name: rpc, targetPort: 9000}]}',
    )
    expect(app.processes.map(({ name, expose, port }) => [name, expose, port])).toEqual([
      ['web', 'none', 5000],
      ['api', 'public', 5000],
      ['rpc', 'private', 9000],
    ])
    expect(warnings.map(showPlaced)).toContain(
      'app_desc.yaml:7:47 module.spec.processes[1].services[0].name is approximated: the other processes reach it by the name of the process',
    )
  })

  test('BK-23: web is the entrance without a service, too, with a warning', async () => {
    const { app, warnings } = await readSpec('processes: [{name: web, procCommand: a}]')
    expect(processOf(app, 'web')).toMatchObject({ expose: 'public', port: 5000 })
    expect(warnings.map(showPlaced)).toContain(
      'app_desc.yaml:5:17 web is public, although no service of the module is exposed',
    )
  })

  test('scales between two counts at 85 % of CPU', async () => {
    const { app, provenance } = await readSpec(
      'processes:\n- {name: web, procCommand: a, replicas: 3, autoscaling: {minReplicas: 2, maxReplicas: 5}}\n- {name: one, procCommand: b, autoscaling: {minReplicas: 1, maxReplicas: 1}}\nenvOverlay: {autoscaling: [{envName: prod, process: web, minReplicas: 3, maxReplicas: 4, policy: default}]}',
    )
    const scaling = { demand_count: 2, scale_count: 3, scale_type: 'demand', autoscaling_cpu_threshold: 85 }
    expect(processOf(app, 'web')).toMatchObject(scaling)
    expect(processOf(app, 'one')).toMatchObject({ demand_count: 1, scale_count: 0, scale_type: 'none' })
    expect(provenance['processes.web.autoscaling_cpu_threshold']).toEqual({ kind: 'default', of: 'BlueKing' })
  })

  test('stops after its own time, and keeps no instance where it says 0', async () => {
    const { app } = await example('default')
    expect(processOf(app, 'worker').stop_timeout).toBe(40)
    expect(processOf(app, 'web').stop_timeout).toBe(30)
    const { app: none } = await readSpec('processes: [{name: web, procCommand: a, replicas: 0}]')
    expect(processOf(none, 'web').demand_count).toBe(0)
  })

  test('has a hook, and an image for everything', async () => {
    expect(taskOf((await example('default')).app, 'pre-release-hook')).toMatchObject({ run: 'pre_deploy' })
    const { app } = await readSpec(
      'build: {image: "ghcr.io/acme/shop:1"}\nprocesses: [{name: web, args: [serve]}]\nhooks: {preRelease: {command: [migrate]}}',
    )
    expect([processOf(app, 'web').image, taskOf(app, 'pre-release-hook').image]).toEqual([
      'ghcr.io/acme/shop:1',
      'ghcr.io/acme/shop:1',
    ])
  })

  test('of several modules is a list with names', async () => {
    const spec = 'language: Go, spec: {processes: [{name: web, procCommand: a}]}'
    const modules = `specVersion: 3\nmodules:\n- {name: a, isDefault: true, ${spec}}\n- {name: b, ${spec}}\n`
    expect((await read({ 'app_desc.yaml': modules }, { module: 'b' })).app.processes).toHaveLength(1)
    expect(await placedProblemsOf({ 'app_desc.yaml': modules })).toEqual([
      'app_desc.yaml:2:1 app_desc.yaml has several modules: a, b',
    ])
    expect(await placedProblemsOf({ 'app_desc.yaml': modules.replace('name: b', 'name: a') })).toEqual([
      'app_desc.yaml:4:3 The module "a" is here for the second time',
    ])
  })

  const WEB = 'processes: [{name: web, procCommand: a}]'
  test.each([
    [
      'a plan that does not exist',
      'processes: [{name: web, procCommand: a, resQuotaPlan: 4C3G}]',
      'resQuotaPlan must be one of default, 4C1G, 4C2G, 4C4G; found "4C3G"',
    ],
    [
      'no grace at all',
      'processes: [{name: web, procCommand: a, gracefulShutdownSeconds: 0}]',
      'gracefulShutdownSeconds must be a whole number, 1 or more; found 0',
    ],
    [
      'scaling to zero',
      'processes: [{name: web, procCommand: a, autoscaling: {minReplicas: 0, maxReplicas: 2}}]',
      'minReplicas must be a whole number from 1 to 5; found 0',
    ],
    [
      'scaling to less',
      'processes: [{name: web, procCommand: a, autoscaling: {minReplicas: 3, maxReplicas: 2}}]',
      'maxReplicas must be at least minReplicas',
    ],
    [
      'protected variables',
      `configuration: {env: [{name: BKPAAS_X, value: a}]}\n${WEB}`,
      'must be another one: names that begin with BKPAAS_ or KUBERNETES_ are protected; found "BKPAAS_X"',
    ],
    [
      'an overlay of another process',
      `envOverlay: {replicas: [{envName: prod, process: wep, count: 1}]}\n${WEB}`,
      'There is no process "wep"',
    ],
    [
      'an overlay of another environment',
      `envOverlay: {replicas: [{envName: test, process: web, count: 1}]}\n${WEB}`,
      'envName must be one of stag, prod; found "test"',
    ],
    [
      'two entrances',
      'processes: [{name: web, procCommand: a, services: [{name: a, targetPort: 1, exposedType: {name: bk/http}}, {name: b, targetPort: 2, exposedType: {name: bk/grpc}}]}]',
      'A module has at most one service with an exposedType',
    ],
    ['no processes', 'addons: []', 'A module must have a process'],
    [
      'one process twice',
      'processes: [{name: web, procCommand: a}, {name: web, procCommand: b}]',
      '"web" is here for the second time',
    ],
  ])('that BlueKing refuses is refused with its place: %s', async (_, spec, expected) => {
    const problems = await placedProblemsOf({ 'app_desc.yaml': file(spec) })
    expect(problems.join('\n')).toContain(expected)
    expect(problems.every((each) => each.startsWith('app_desc.yaml:'))).toBe(true)
  })
})
