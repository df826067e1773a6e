import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import type { AppId, HealthCheck, Placement } from '../../../src/app/app.ts'
import type { ProcessSpec, TaskSpec } from '../../../src/app/spec.ts'
import { LABEL } from '../../../src/engine/ecs/definition/label.ts'
import { render, type RenderContext } from '../../../src/engine/ecs/definition/render.ts'
import { processSpec, taskSpec } from '../specs.ts'
import { PLACEMENT } from './placement.ts'
import { BUILT, spec as anySpec } from './generators.ts'

const APP: AppId = { name: 'shop', environment: 'production' }

const web = (more: Partial<ProcessSpec> = {}): ProcessSpec =>
  processSpec('web', 'bin/web --fast', BUILT, { placement: PLACEMENT, ...more })

function contextOf(spec: ProcessSpec | TaskSpec): RenderContext {
  const names = [...Object.keys(spec.secrets), ...Object.keys(spec.variables)]
  return {
    family: 'shop--production--web',
    image: 'registry.test/shop/production@sha256:1',
    region: 'eu-west-1',
    logGroup: '/gantry/shop/production',
    valueFrom: Object.fromEntries(names.map((name) => [name, `/from/${name}`])),
    containers: 'containers' in spec ? containerContexts(spec) : {},
  }
}

function containerContexts({ containers }: ProcessSpec): RenderContext['containers'] {
  return Object.fromEntries(
    Object.entries(containers).map(([name, { secrets }]) => [
      name,
      {
        image: `registry.test/${name}:1`,
        valueFrom: Object.fromEntries(Object.keys(secrets).map((each) => [each, `/from/${name}/${each}`])),
      },
    ]),
  )
}

const rendered = (spec: ProcessSpec | TaskSpec) => render(APP, spec, contextOf(spec))
const containerOf = (spec: ProcessSpec | TaskSpec) => rendered(spec).containerDefinitions![0]!
const hashOf = (spec: ProcessSpec) => containerOf(spec).dockerLabels![LABEL.hash]

test('ecs.md §4.3: a process becomes one essential container on Fargate, which writes its log without blocking', () => {
  const spec = web({
    port: 8000,
    env: { B: '2', A: '1' },
    secrets: { KEY: 'ssm:/key' },
    variables: { API: 3 },
  })
  const { containerDefinitions, tags, ...task } = rendered(spec)
  const { dockerLabels, ...container } = containerDefinitions![0]!
  expect(task).toEqual({
    family: 'shop--production--web',
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    cpu: '256',
    memory: '512',
    executionRoleArn: PLACEMENT.execution_role,
  })
  expect(container).toEqual({
    name: 'main',
    essential: true,
    image: 'registry.test/shop/production@sha256:1',
    command: ['/bin/sh', '-c', 'exec bin/web --fast'],
    environment: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
      { name: 'PORT', value: '8000' },
    ],
    secrets: [
      { name: 'API', valueFrom: '/from/API' },
      { name: 'KEY', valueFrom: '/from/KEY' },
    ],
    portMappings: [{ name: 'main', containerPort: 8000, protocol: 'tcp' }],
    stopTimeout: 5,
    linuxParameters: { initProcessEnabled: true },
    logConfiguration: {
      logDriver: 'awslogs',
      options: {
        'awslogs-group': '/gantry/shop/production',
        'awslogs-region': 'eu-west-1',
        'awslogs-stream-prefix': 'web',
        mode: 'non-blocking',
        'max-buffer-size': '25m',
      },
    },
  })
  expect(Object.keys(dockerLabels!)).toEqual(['gantry.spec', 'gantry.hash'])
  expect(tags).toEqual([
    { key: 'gantry:app', value: 'shop' },
    { key: 'gantry:environment', value: 'production' },
    { key: 'gantry:process', value: 'web' },
  ])
})

test('a task has a log stream and tags of its own, and nothing of a service', () => {
  const task = taskSpec('migrate', ['bin/migrate'], BUILT, { placement: PLACEMENT, memory: 1024 })
  const { containerDefinitions, memory, tags } = rendered(task)
  const [container] = containerDefinitions!
  expect(memory).toBe('1024')
  expect(container!.command).toEqual(['bin/migrate'])
  expect(container!.logConfiguration!.options!['awslogs-stream-prefix']).toBe('task.migrate')
  expect(container!.portMappings).toBeUndefined()
  expect(tags).toContainEqual({ key: 'gantry:task', value: 'migrate' })
})

test('a schedule, a time limit or when a task runs change nothing of its definition', () => {
  const task = taskSpec('migrate', ['bin/migrate'], BUILT, { placement: PLACEMENT })
  expect(rendered({ ...task, schedule: '15 2 * * *', max_hours: 7, run: null })).toEqual(rendered(task))
})

test('where a component runs decides the platform, the roles and the disk', () => {
  const placement: Placement = { ...PLACEMENT, task_role: 'task', architecture: 'arm64' }
  expect(rendered(web({ placement, ephemeral_storage_gb: 30 }))).toMatchObject({
    runtimePlatform: { cpuArchitecture: 'ARM64' },
    taskRoleArn: 'task',
    ephemeralStorage: { sizeInGiB: 30 },
  })
})

describe('PORT', () => {
  const environmentOf = (more: Partial<ProcessSpec>) => containerOf(web({ port: 8000, ...more })).environment

  test.each([
    ['the environment', { env: { PORT: '1' } }, [{ name: 'PORT', value: '1' }]],
    ['a secret', { secrets: { PORT: 'ssm:/port' } }, undefined],
    ['a variable', { variables: { PORT: 1 } }, undefined],
  ])('is not given when %s names it', (_name, more, environment) => {
    expect(environmentOf(more)).toEqual(environment)
  })
})

describe('health checks', () => {
  const check: HealthCheck = {
    path: null,
    command: null,
    tcp: false,
    interval: 7.5,
    timeout: 2,
    retries: 3,
    start_period: 0,
  }
  const checkOf = (health_check: HealthCheck) => containerOf(web({ health_check })).healthCheck

  test('a shell line goes to the shell, a list runs as it is, seconds are whole', () => {
    expect(checkOf({ ...check, command: 'bin/check || exit 1', interval: 7.5 })).toEqual({
      command: ['CMD-SHELL', 'bin/check || exit 1'],
      interval: 8,
      timeout: 2,
      retries: 3,
      startPeriod: 0,
    })
    expect(checkOf({ ...check, command: ['bin/check', '-q'] })?.command).toEqual(['CMD', 'bin/check', '-q'])
  })

  test("a path is the load balancer's, and tcp nobody's", () => {
    expect(checkOf({ ...check, path: '/healthz' })).toBeUndefined()
    expect(checkOf({ ...check, tcp: true })).toBeUndefined()
  })
})

test('ecs.md §4.3: nothing that is registered is null or an empty list or map', () => {
  const isNothing = (value: unknown): boolean =>
    value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)
  const nothings = (value: unknown, path: string): string[] => {
    if (isNothing(value)) return [path]
    if (typeof value !== 'object') return []
    return Object.entries(value as object).flatMap(([key, each]) => nothings(each, `${path}.${key}`))
  }
  fc.assert(
    fc.property(anySpec, (spec) => {
      expect(nothings(rendered(spec), '')).toEqual([])
    }),
  )
})

test('ecs.md §4.3: no secret and no variable is in the plain environment', () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      const { environment = [], secrets = [] } = containerOf(spec)
      const names = new Set([...Object.keys(spec.secrets), ...Object.keys(spec.variables)])
      expect(environment.filter((each) => names.has(each.name!))).toEqual([])
      expect(new Set(secrets.map((each) => each.name))).toEqual(names)
    }),
  )
})

describe('the hash', () => {
  const reversed = (value: Record<string, string>) => Object.fromEntries(Object.entries(value).toReversed())

  test('is the same for equal specs, in whatever order they name things', () => {
    fc.assert(
      fc.property(anySpec, (spec) => {
        expect(rendered({ ...spec, env: reversed(spec.env), secrets: reversed(spec.secrets) })).toEqual(
          rendered(spec),
        )
      }),
    )
  })

  test.each([
    ['restarts', { restarts: 1 }],
    ['a variable set anew', { variables: { API: 2 } }],
    ['what runs', { command: 'bin/other' }],
    ['a shell line and a list of the same words', { command: ['/bin/sh', '-c', 'exec bin/web --fast'] }],
    ['where it runs', { placement: { ...PLACEMENT, subnets: ['subnet-2'] } }],
  ])('differs with %s', (_name, more) => {
    expect(hashOf(web({ variables: { API: 1 }, ...more }))).not.toBe(hashOf(web({ variables: { API: 1 } })))
  })

  test('is the same with other counts: they belong to the service', () => {
    expect(hashOf(web({ demand_count: 5, disabled: true, scale_count: 2 }))).toBe(hashOf(web()))
  })
})

describe('what ECS would not take', () => {
  test.each([
    [
      'a size that is not offered',
      { memory: 600 },
      'memory of process web: Fargate offers no 600 MB with 0.25 vCPU',
    ],
    ['a stop timeout', { stop_timeout: 300 }, 'stop_timeout of process web: Fargate waits 2m at most'],
    [
      'no placement',
      { placement: null },
      'nothing says in which subnets and with which roles process web runs',
    ],
  ])('%s', (_name, more, message) => {
    expect(() => rendered(web(more))).toThrow(message)
  })

  test('more than 64 KB: the error names the longest part', () => {
    const env = { BIG: 'x'.repeat(33_000) }
    expect(() => rendered(web({ env }))).toThrow(
      expect.objectContaining({
        message: 'the task definition of process web has 67 KB, and ECS takes 64',
        hint: 'shorten its env, which is the longest part of it and counts twice',
      }),
    )
    expect(() => rendered(web({ env: { BIG: 'x'.repeat(30_000) } }))).not.toThrow()
  })

  test('a secret that nothing was found for is a bug, not a container without it', () => {
    const spec = web({ secrets: { KEY: 'ssm:/key' } })
    expect(() => render(APP, spec, { ...contextOf(spec), valueFrom: {} })).toThrow('KEY')
  })
})
