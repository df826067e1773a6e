import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { App, Container, EcsSettings, HealthCheck, Process, Task } from '../../../src/app/app.ts'
import type { Image } from '../../../src/app/image.ts'
import type { OwnedFields, ProcessSpec } from '../../../src/app/spec.ts'
import { adapt, adaptProcess } from '../../../src/engine/ecs/adapt.ts'
import { fieldsOfProcess, specOfProcess } from '../../../src/plan/specs.ts'
import { aContainer, BUILD, HEALTH_CHECK } from '../../app/fixtures.ts'
import { anApp, aProcess, aTask } from '../../plan/fixtures.ts'
import { spec } from './generators.ts'

const ECS: EcsSettings = {
  region: 'eu-west-1',
  cluster: 'prod',
  subnets: ['subnet-1'],
  security_groups: ['sg-1'],
  assign_public_ip: true,
  namespace: 'internal',
  execution_role: 'arn:aws:iam::123456789012:role/execution',
  task_role: null,
  scheduler_role: 'arn:aws:iam::123456789012:role/scheduler',
}
const TARGET_GROUP = {
  target_group: 'arn:…:targetgroup/web/0',
  service: null,
  health_check_grace_period: null,
}
const CHECK: HealthCheck = { ...HEALTH_CHECK, path: null }

const appOf = (
  components: { processes?: Process[]; tasks?: Task[] },
  ecs: Partial<EcsSettings> = {},
): App => ({
  ...anApp(components),
  ecs: { ...ECS, ...ecs },
})
const withWeb = (fields: Partial<Process>, ecs?: Partial<EcsSettings>): App =>
  appOf({ processes: [aProcess('web', fields)] }, ecs)
const webOf = (app: App): Process => adapt(app).app.processes[0]!

/** `error processes.web.memory` each. */
function found(app: App): string[] {
  return adapt(app).diagnostics.map(({ severity, path }) => `${severity} ${path}`)
}

test('an app in which everything can be done says nothing', () => {
  expect(
    found(appOf({ processes: [aProcess('worker')], tasks: [aTask('report', { schedule: '15 2 * * *' })] })),
  ).toEqual([])
})

test.each([
  ['1h', 3_600, 1],
  ['1d', 86_400, 1],
  ['30d', 30 * 86_400, 30],
  ['30.5d', 30.5 * 86_400, 60],
  ['200d', 200 * 86_400, 365],
  ['3653d', 3_653 * 86_400, 3_653],
])('a log retention of %s becomes one that CloudWatch offers, never a shorter one', (_, seconds, days) => {
  const app = { ...appOf({}), logs: { retention: seconds } }
  const { app: adapted, diagnostics } = adapt(app)
  expect(adapted.logs).toEqual({ retention: days * 86_400 })
  const warned = diagnostics.map(({ severity, path, message }) => `${severity} ${path} ${message}`)
  const warning = expect.stringMatching(`^warning logs.retention .* output is kept for ${days}d$`)
  expect(warned).toEqual(seconds === days * 86_400 ? [] : [warning])
})

test("a log retention that nobody asked for is nobody else's to decide", () => {
  expect(adapt(appOf({})).app.logs).toEqual({ retention: null })
})

test('every diagnostic says what to do, and all come at once', () => {
  const { diagnostics } = adapt(
    withWeb({ expose: 'public', memory: 600, stop_timeout: 300 }, { subnets: [], execution_role: null }),
  )
  expect(diagnostics).toHaveLength(5)
  expect(diagnostics.every((each) => each.path !== undefined && each.hint !== undefined)).toBe(true)
})

describe('sizes', () => {
  test('one that is not offered is rounded up, with a warning where it was written', () => {
    const app = withWeb({ cpu: 300, memory: 600 })
    expect(webOf(app)).toMatchObject({ cpu: 512, memory: 1024 })
    expect(found(app)).toEqual(['warning processes.web.memory', 'warning processes.web.cpu'])
    expect(adapt(app).diagnostics[0]!.message).toBe(
      '600 MB with 0.5 vCPU is not offered by Fargate, the next is 1 GB',
    )
  })

  test('one above the largest is an error', () => {
    expect(found(withWeb({ memory: 250_000 }))).toEqual(['error processes.web.memory'])
    const task = aTask('migrate', { cpu: 40_000 })
    expect(found(appOf({ tasks: [task] }))).toEqual(['error tasks.migrate.memory'])
  })

  test.each([
    [1, null, []],
    [20, null, []],
    [21, 21, []],
    [200, 200, []],
    [201, 201, ['error processes.web.ephemeral_storage_gb']],
  ])('ecs.md §4.3: %i GB of ephemeral storage', (size, adapted, diagnostics) => {
    const app = withWeb({ ephemeral_storage_gb: size })
    expect(webOf(app).ephemeral_storage_gb).toBe(adapted)
    expect(found(app)).toEqual(diagnostics)
  })
})

test.each([
  [120, []],
  [121, ['error processes.web.stop_timeout']],
  [1, ['warning processes.web.stop_timeout']],
  [2, []],
  [2.5, ['warning processes.web.stop_timeout']],
])(
  'ecs.md §4.3: a stop timeout of %d s, where Fargate takes 2 to 120, whole',
  (stop_timeout, diagnostics) => {
    expect(found(withWeb({ stop_timeout }))).toEqual(diagnostics)
  },
)

describe('health checks', () => {
  const command = 'bin/check'

  test.each([
    ['interval', 5, 300],
    ['timeout', 2, 60],
    ['retries', 1, 10],
    ['start_period', 0, 300],
  ] as const)('%s of a command is %i to %i', (field, least, most) => {
    for (const value of [least, most]) {
      expect(found(withWeb({ health_check: { ...CHECK, command, [field]: value } }))).toEqual([])
    }
    for (const value of [least - 1, most + 1]) {
      const health_check = { ...CHECK, command, [field]: value }
      expect(found(withWeb({ health_check }))).toEqual([`error processes.web.health_check.${field}`])
    }
  })

  test('a path is for the load balancer to check: its limits are not those of a command', () => {
    const app = withWeb({
      port: 80,
      ecs: TARGET_GROUP,
      health_check: { ...CHECK, path: '/healthz', timeout: 90 },
    })
    expect(found(app)).toEqual([])
    expect(webOf(app).health_check?.path).toBe('/healthz')
  })

  test('a path that nothing checks is none, with a warning', () => {
    const app = withWeb({ health_check: { ...CHECK, path: '/healthz' } })
    expect(found(app)).toEqual(['warning processes.web.health_check.path'])
    expect(webOf(app).health_check).toBeNull()
  })

  test('what ECS cannot count in whole seconds is rounded up, with a warning', () => {
    const app = withWeb({ health_check: { ...CHECK, command, interval: 7.5, start_period: 0.2 } })
    expect(webOf(app).health_check).toMatchObject({ interval: 8, timeout: 5, start_period: 1 })
    expect(found(app)).toEqual([
      'warning processes.web.health_check.interval',
      'warning processes.web.health_check.start_period',
    ])
  })

  test('tcp cannot be checked', () => {
    const app = withWeb({ port: 80, health_check: { ...CHECK, tcp: true } })
    expect(found(app)).toEqual(['warning processes.web.health_check.tcp'])
    expect(webOf(app).health_check).toBeNull()
  })
})

describe('who reaches a process', () => {
  test.each([
    ['public without a target group', { expose: 'public' }, {}, ['error processes.web.expose']],
    ['public with one', { expose: 'public', port: 80, ecs: TARGET_GROUP }, {}, []],
    ['a target group without a port', { ecs: TARGET_GROUP }, {}, ['error processes.web.port']],
    ['private', { expose: 'private', port: 80 }, {}, []],
    ['private without a port', { expose: 'private' }, {}, ['error processes.web.port']],
    [
      'private without a namespace',
      { expose: 'private', port: 80 },
      { namespace: null },
      ['error processes.web.expose'],
    ],
  ] as const)('%s', (_name, fields, ecs, diagnostics) => {
    expect(found(withWeb(fields, ecs))).toEqual(diagnostics)
  })

  test('two processes cannot be one service', () => {
    const old = { ...TARGET_GROUP, target_group: null, service: 'orderdesk--default--web' }
    const app = appOf({ processes: [aProcess('web'), aProcess('api', { ecs: old })] })
    expect(found(app)).toEqual(['error processes.api.ecs.service'])
  })
})

describe('the settings of the app', () => {
  test.each([
    ['subnets', { subnets: [] }, ['error ecs.subnets']],
    ['a role to fetch images with', { execution_role: null }, ['error ecs.execution_role']],
  ])('%s are needed as soon as anything runs', (_name, ecs, diagnostics) => {
    expect(found(withWeb({}, ecs))).toEqual(diagnostics)
    expect(found(appOf({}, ecs))).toEqual([])
  })

  test('a schedule needs a role for the scheduler', () => {
    const tasks = [aTask('report', { schedule: '15 2 * * *' }), aTask('backfill')]
    expect(found(appOf({ tasks }, { scheduler_role: null }))).toEqual(['error tasks.report.schedule'])
  })

  test.each([
    [{ schedule: '0 0 1 * MON' }, ['error tasks.report.schedule']],
    [{ schedule: '0 3 * * *', concurrency: 'forbid' }, ['warning tasks.report.concurrency']],
    [{ schedule: null, concurrency: 'forbid' }, []],
  ] as const)(
    'what EventBridge Scheduler cannot do is told where it was written: %o',
    (fields, diagnostics) => {
      expect(found(appOf({ tasks: [aTask('report', fields)] }))).toEqual(diagnostics)
    },
  )
})

describe('placement', () => {
  test('says where and as whom a component runs (SW-16 SW-44)', () => {
    expect(webOf(withWeb({})).placement).toEqual({
      subnets: ['subnet-1'],
      security_groups: ['sg-1'],
      assign_public_ip: true,
      namespace: 'internal',
      execution_role: ECS.execution_role,
      task_role: null,
      scheduler_role: null,
      architecture: 'x86_64',
    })
  })

  test('leaves out what would replace instances for nothing: what only schedules or only services use', () => {
    const app = appOf({ processes: [aProcess('web')], tasks: [aTask('report')] })
    const adapted = adapt(app).app
    expect(adapted.processes[0]!.placement).toMatchObject({ namespace: 'internal', scheduler_role: null })
    expect(adapted.tasks[0]!.placement).toMatchObject({ namespace: null, scheduler_role: ECS.scheduler_role })
  })

  test.each([
    ['linux/amd64', 'x86_64', []],
    ['linux/arm64', 'arm64', []],
    [null, 'x86_64', []],
    ['windows/amd64', 'x86_64', ['error processes.web.build.platform']],
  ])(
    'ecs.md §4.3: the architecture is that of the image: %s is %s',
    (platform, architecture, diagnostics) => {
      const app = withWeb({ build: { ...BUILD, platform } })
      expect(webOf(app).placement?.architecture).toBe(architecture)
      expect(found(app)).toEqual(diagnostics)
    },
  )
})

test('the machine that builds does not decide what an image runs on', () => {
  const { app } = adapt(withWeb({}))
  expect(app.build.platform).toBe('linux/amd64')
  // Equal, so that a process which only an operator knows still finds the app's own image.
  expect(app.processes[0]!.build).toEqual(app.build)
})

describe('what only the local engine knows', () => {
  test('build.command changes neither the image nor its key', () => {
    const app = withWeb({ build: { ...BUILD, command: 'npm ci' } })
    expect(found(app)).toEqual(['warning build.command'])
    expect(webOf(app).build.command).toBeNull()
    expect(found(withWeb({ image: 'relay:1', build: { ...BUILD, command: 'npm ci' } }))).toEqual([])
  })

  test('min_up is not compared', () => {
    const rollout = { overlap: true, on_failure: 'rollback' as const, timeout: 900, min_up: 5 }
    const app = withWeb({ rollout })
    expect(found(app)).toEqual(['warning processes.web.rollout.min_up'])
    expect(webOf(app).rollout.min_up).toBe(webOf(withWeb({})).rollout.min_up)
  })
})

test('one process that was adapted stays as it is when it is looked at alone', () => {
  fc.assert(
    fc.property(spec, (spec) => {
      const adapted = adaptProcess(appOf({ processes: [aProcess(spec.name)] }, spec.placement!), spec)
      expect(adapted.spec).toEqual(spec)
      expect(adapted.problems.filter(({ severity }) => severity === 'warning')).toEqual([])
    }),
  )
})

describe('containers beside a process', () => {
  const withProxy = (fields: Partial<Container>, more: Partial<Process> = {}): App =>
    withWeb({ containers: { proxy: aContainer({ image: 'envoy:1', ...fields }) }, ...more })
  const command = { ...CHECK, command: 'bin/check' }

  test('that ECS takes as they are say nothing', () => {
    expect(found(withProxy({ health_check: command }, { depends_on: { proxy: 'healthy' } }))).toEqual([])
  })

  test.each<[string, App, string]>([
    ['memory for all', withProxy({ memory: 512 }), 'error processes.web.memory'],
    ['memory for none', withProxy({ memory: 5 }), 'error processes.web.containers.proxy.memory'],
    [
      'a folder inside of one of the process',
      withProxy(
        { mounts: { '/b': { source: 'tmp', source_path: 'a/b' } } },
        { mounts: { '/a': { source: 'tmp', source_path: 'a' } } },
      ),
      'error processes.web.containers.proxy.mounts',
    ],
    ['CPU for all', withProxy({ cpu: 300 }), 'error processes.web.cpu'],
    ['a long stop', withProxy({ stop_timeout: 300 }), 'error processes.web.containers.proxy.stop_timeout'],
    ['a short stop', withProxy({ stop_timeout: 0 }), 'warning processes.web.containers.proxy.stop_timeout'],
    [
      'a check that comes too often',
      withProxy({ health_check: { ...command, interval: 1 } }),
      'error processes.web.containers.proxy.health_check.interval',
    ],
    [
      'a check of a fraction of a second',
      withProxy({ health_check: { ...command, interval: 7.5 } }),
      'warning processes.web.containers.proxy.health_check.interval',
    ],
    [
      'a check that nothing makes',
      withProxy({ health_check: { ...CHECK, tcp: true } }),
      'warning processes.web.containers.proxy.health_check',
    ],
    [
      'storage',
      withProxy({ mounts: { '/a': { source: 'storage', source_path: 'a' } } }),
      'error processes.web.containers.proxy.mounts',
    ],
    [
      'another machine',
      withProxy({ image: null, build: { ...BUILD, platform: 'linux/arm64' } }),
      'error processes.web.containers.proxy.build.platform',
    ],
    [
      'waiting for a process that only a load balancer checks',
      withProxy(
        { depends_on: { main: 'healthy' } },
        { expose: 'public', port: 80, ecs: TARGET_GROUP, health_check: { ...CHECK, path: '/up' } },
      ),
      'error processes.web.containers.proxy.depends_on.main',
    ],
  ])('with %s are refused, or made otherwise with a warning', (_what, app, problem) => {
    expect(found(app)).toEqual([problem])
  })

  test.each<[string, Partial<Container>, Partial<Process>, OwnedFields, string[]]>([
    ['too little memory', { memory: 512 }, { memory: 1024 }, { memory: 512 }, ['memory', 'containers']],
    [
      'no check that they wait for',
      { depends_on: { main: 'healthy' } },
      { health_check: command },
      { health_check: null },
      ['containers.proxy.depends_on.main', 'health_check'],
    ],
  ])(
    'and a process that an operator gives %s are refused together',
    (_what, container, process, owned, fields) => {
      const app = withProxy(container, process)
      const [web] = adapt(app).app.processes
      const images = new Map<string, Image>([['process:web/proxy', { kind: 'pinned', reference: 'envoy:1' }]])
      const asked = specOfProcess(fieldsOfProcess(web!, images), {
        owned,
        image: { kind: 'pinned', reference: 'web:1' },
        variables: {},
        restarts: 0,
      })
      expect(adaptProcess(app, asked).problems).toMatchObject([{ severity: 'error', fields }])
    },
  )
})

describe('mounts, entry points and commands that come before', () => {
  test.each<[string, Partial<Process>, string[]]>([
    ['tmp', { mounts: { '/a': { source: 'tmp', source_path: 'a' } } }, []],
    [
      'storage [UP-43]',
      { mounts: { '/a': { source: 'storage', source_path: 'a' } } },
      ['error processes.web.mounts'],
    ],
    [
      'two that are one folder',
      {
        mounts: { '/app/a': { source: 'tmp', source_path: 'a' }, a: { source: 'tmp', source_path: 'b' } },
      },
      ['error processes.web.mounts'],
    ],
    [
      'one inside of another one by way of /app',
      {
        mounts: { '/app/a': { source: 'tmp', source_path: 'a' }, 'a/b': { source: 'tmp', source_path: 'b' } },
      },
      ['error processes.web.mounts'],
    ],
    [
      'one inside of another one',
      { mounts: { '/a': { source: 'tmp', source_path: '' }, '/b': { source: 'tmp', source_path: 'b' } } },
      ['error processes.web.mounts'],
    ],
    ['a command', { pre_start: 'a', command: 'b' }, []],
    ['an entry point', { pre_start: 'a', command: null, entry_point: ['b'] }, []],
    ['that of the image', { pre_start: 'a', command: null }, ['error processes.web.pre_start']],
  ])('%s', (_what, fields, problems) => {
    expect(found(withWeb(fields))).toEqual(problems)
  })
})

describe('readiness', () => {
  const path = { ...CHECK, path: '/ready' }
  const behind = { expose: 'public' as const, port: 80, ecs: TARGET_GROUP }

  test('is for the load balancer, beside a health check by a command', () => {
    const app = withWeb({ ...behind, readiness: path, health_check: { ...CHECK, command: 'bin/check' } })
    expect(found(app)).toEqual([])
    expect(webOf(app)).toMatchObject({ readiness: path, health_check: { command: 'bin/check' } })
  })

  test.each<[string, Partial<Process>, string]>([
    ['without a load balancer', { readiness: path }, 'warning processes.web.readiness'],
    ['by a command', { ...behind, readiness: { ...CHECK, command: 'a' } }, 'warning processes.web.readiness'],
  ])('%s is not checked', (_what, fields, problem) => {
    expect(found(withWeb(fields))).toEqual([problem])
    expect(webOf(withWeb(fields)).readiness).toBeNull()
  })

  test('wins over the path of a health check, as a load balancer checks one', () => {
    const app = withWeb({ ...behind, readiness: path, health_check: { ...CHECK, path: '/up' } })
    expect(found(app)).toEqual(['warning processes.web.health_check.path'])
    expect(webOf(app)).toMatchObject({ readiness: path, health_check: null })
  })
})

describe('a process that the config does not name', () => {
  const extra: ProcessSpec = specOfProcess(fieldsOfProcess(aProcess('extra'), new Map()), {
    owned: {},
    image: { kind: 'pinned', reference: 'relay:1' },
    variables: {},
    restarts: 0,
  })

  test('runs where the others do, on what the app is built for', () => {
    const app = { ...appOf({}), build: { ...BUILD, platform: 'linux/arm64' } }
    expect(adaptProcess(app, extra)).toMatchObject({
      spec: { placement: { subnets: ['subnet-1'], scheduler_role: null, architecture: 'arm64' } },
      problems: [],
    })
  })

  test('does not keep a role that was taken away, and keeps what its image is built for', () => {
    const app = { ...appOf({}, { task_role: 'arn:old' }), build: { ...BUILD, platform: 'linux/arm64' } }
    const { spec: running } = adaptProcess(app, extra)
    expect(adaptProcess(appOf({}, { subnets: ['subnet-2'] }), running).spec.placement).toMatchObject({
      task_role: null,
      subnets: ['subnet-2'],
      architecture: 'arm64',
    })
  })

  test('needs the settings that every component needs', () => {
    const { problems } = adaptProcess(appOf({}, { subnets: [], execution_role: null }), extra)
    expect(problems.map(({ severity, fields }) => [severity, ...fields])).toEqual([
      ['error', 'ecs.subnets'],
      ['error', 'ecs.execution_role'],
    ])
  })
})

test('adapting again changes nothing', () => {
  const once = adapt(
    withWeb({ cpu: 300, memory: 600, stop_timeout: 0.5, health_check: { ...CHECK, tcp: true } }),
  ).app
  expect(adapt(once)).toEqual({ app: once, diagnostics: [] })
})
