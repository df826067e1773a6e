import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, test } from 'vitest'

import type { AppId, Mounts } from '../../../src/app/app.ts'
import type { ContainerSpec, ProcessSpec } from '../../../src/app/spec.ts'
import { carryOver } from '../../../src/engine/ecs/definition/carry-over.ts'
import { readProcessDefinition } from '../../../src/engine/ecs/definition/read.ts'
import { cpuParts, renderProcess, renderTask } from '../../../src/engine/ecs/definition/render.ts'
import { aContainer } from '../../app/fixtures.ts'
import { processSpec, taskSpec } from '../specs.ts'
import { PLACEMENT } from './placement.ts'
import { BUILT } from './generators.ts'

const APP: AppId = { name: 'shop', environment: 'production' }
const CHECK = {
  path: null,
  command: 'bin/check',
  tcp: false,
  interval: 10,
  timeout: 5,
  retries: 3,
  start_period: 0,
}
const { image: _image, build: _build, ...BARE } = aContainer()

const beside = (fields: Partial<ContainerSpec> = {}): ContainerSpec => ({
  ...BARE,
  image: { kind: 'pinned', reference: 'envoy:1' },
  ...fields,
})
const web = (fields: Partial<ProcessSpec>): ProcessSpec =>
  processSpec('web', 'bin/web', BUILT, { placement: PLACEMENT, ...fields })

const context = (spec: ProcessSpec) => ({
  family: 'shop--production--web',
  image: 'registry.test/shop@sha256:1',
  region: 'eu-west-1',
  logGroup: '/gantry/shop/production',
  valueFrom: {},
  containers: Object.fromEntries(
    Object.entries(spec.containers).map(([name, { image, secrets }]) => [
      name,
      {
        image: image.kind === 'pinned' ? image.reference : `registry.test/shop@${image.digest}`,
        valueFrom: Object.fromEntries(Object.keys(secrets).map((each) => [each, `/from/${each}`])),
      },
    ]),
  ),
})
const rendered = (spec: ProcessSpec) => renderProcess(APP, spec, context(spec))
const containersOf = (spec: ProcessSpec): Record<string, ContainerDefinition> =>
  Object.fromEntries(rendered(spec).containerDefinitions!.map((each) => [each.name, each]))

describe('what runs beside a process', () => {
  test('is a container of its own, with all that it says and nothing of the process', () => {
    const proxy = beside({
      entry_point: ['envoy'],
      command: ['-c', 'x'],
      env: { LEVEL: 'info' },
      secrets: { KEY: 'ssm:/k' },
      cpu: 64,
      memory: 128,
      port: 8080,
      health_check: CHECK,
      stop_timeout: 5,
    })
    const spec = web({ port: 80, env: { A: '1' }, containers: { proxy }, depends_on: { proxy: 'healthy' } })
    const [main, other] = rendered(spec).containerDefinitions!
    expect(main).toMatchObject({
      name: 'main',
      essential: true,
      cpu: 192,
      dependsOn: [{ containerName: 'proxy', condition: 'HEALTHY' }],
    })
    expect(other).toEqual({
      name: 'proxy',
      essential: true,
      image: 'envoy:1',
      entryPoint: ['envoy'],
      command: ['-c', 'x'],
      environment: [
        { name: 'LEVEL', value: 'info' },
        { name: 'PORT', value: '8080' },
      ],
      secrets: [{ name: 'KEY', valueFrom: '/from/KEY' }],
      cpu: 64,
      memory: 128,
      portMappings: [{ containerPort: 8080, name: 'proxy', protocol: 'tcp' }],
      healthCheck: {
        command: ['CMD-SHELL', 'bin/check'],
        interval: 10,
        timeout: 5,
        retries: 3,
        startPeriod: 0,
      },
      stopTimeout: 5,
      linuxParameters: { initProcessEnabled: true },
      logConfiguration: main!.logConfiguration,
    })
    // Streams have the name of the container behind the prefix.
    expect(other!.logConfiguration!.options!['awslogs-stream-prefix']).toBe('web')
  })

  test('waits, and is waited for, in the words of ECS', () => {
    const containers = {
      seed: beside({ essential: false }),
      fetch: beside({ essential: false, depends_on: { seed: 'succeeded' } }),
      proxy: beside({ depends_on: { main: 'started', fetch: 'completed' } }),
    }
    const found = containersOf(web({ containers, depends_on: { seed: 'succeeded' } }))
    expect(found['seed']).toMatchObject({ essential: false })
    expect(found['seed']!.dependsOn).toBeUndefined()
    expect(found['fetch']!.dependsOn).toEqual([{ containerName: 'seed', condition: 'SUCCESS' }])
    expect(found['proxy']!.dependsOn).toEqual([
      { containerName: 'fetch', condition: 'COMPLETE' },
      { containerName: 'main', condition: 'START' },
    ])
    expect(found['main']!.dependsOn).toEqual([{ containerName: 'seed', condition: 'SUCCESS' }])
  })

  test('shares the CPU evenly, but for those that name their part', () => {
    const parts = (cpus: Record<string, number | null>) =>
      cpuParts({
        cpu: 1024,
        containers: Object.fromEntries(Object.entries(cpus).map(([name, cpu]) => [name, { cpu }])),
      })
    expect(parts({ a: null, b: null })).toEqual({})
    expect(parts({ a: 256 })).toEqual({ main: 768, a: 256 })
    expect(parts({ a: 256, b: null })).toEqual({ main: 384, a: 256, b: 384 })
  })
})

describe('pre_start and entry points', () => {
  test('a command that comes before runs in the container of the process, so that what it writes is there', () => {
    const { main } = containersOf(web({ pre_start: 'bin/prepare', command: ['bin/web', '-p'] }))
    expect(main!.command).toEqual([
      '/bin/sh',
      '-c',
      "'/bin/sh' '-c' 'exec bin/prepare' && exec 'bin/web' '-p'",
    ])
    expect(main!.entryPoint).toBeUndefined()
  })

  test('a task has both as well', () => {
    const task = taskSpec('migrate', ['migrate'], BUILT, {
      placement: PLACEMENT,
      entry_point: ['tini', '--'],
      mounts: { '/var/x': { source: 'tmp', source_path: 'x' } },
    })
    const { containerDefinitions, volumes } = renderTask(APP, task, context(web({})))
    expect(containerDefinitions![0]).toMatchObject({ entryPoint: ['tini', '--'], command: ['migrate'] })
    expect(volumes).toHaveLength(1)
  })
})

describe('mounts', () => {
  const tmp = (source_path: string): Mounts[string] => ({ source: 'tmp', source_path })

  test('are empty folders of the task, one for each source path; a path without / is in /app [UP-35, UP-42]', () => {
    const spec = web({
      mounts: { '/var/a': tmp('a'), uploads: { source: 'instance', source_path: 'a' } },
      containers: { proxy: beside({ mounts: { '/srv': tmp('a') } }) },
    })
    const { volumes } = rendered(spec)
    const { main, proxy } = containersOf(spec)
    expect(volumes!.map(({ name, ...rest }) => [name!.replace(/-[0-9a-f]{8}$/, ''), rest])).toEqual([
      ['gantry-instance', {}],
      ['gantry-tmp', {}],
    ])
    expect(main!.mountPoints!.map((each) => each.containerPath)).toEqual(['/app/uploads', '/var/a'])
    expect(proxy!.mountPoints).toEqual([{ sourceVolume: volumes![1]!.name, containerPath: '/srv' }])
  })

  test('of which there are none leave no trace [UP-36]', () => {
    expect(rendered(web({})).volumes).toBeUndefined()
    expect(containersOf(web({}))['main']!.mountPoints).toBeUndefined()
  })
})

describe('what other hands changed beside a process is what one reads', () => {
  const SPEC = web({
    cpu: 1024,
    memory: 2048,
    mounts: { '/var/a': { source: 'tmp', source_path: 'a' } },
    containers: { proxy: beside({ cpu: 64, memory: 128, env: { A: '1' }, port: 8080 }) },
    depends_on: { proxy: 'started' },
  })
  const definition = rendered(SPEC) as TaskDefinition
  const [main, proxy] = definition.containerDefinitions!
  const read = (changed: Partial<ContainerDefinition>, more: Partial<TaskDefinition> = {}) =>
    readProcessDefinition({
      ...definition,
      ...more,
      containerDefinitions: [main!, { ...proxy!, ...changed }],
    })

  test('nothing changed', () => {
    expect(read({})).toMatchObject({
      containers: SPEC.containers,
      depends_on: SPEC.depends_on,
      mounts: SPEC.mounts,
    })
  })

  test.each<[string, Partial<ContainerDefinition>, Partial<ContainerSpec>]>([
    ['its image', { image: 'envoy:2' }, { image: { kind: 'pinned', reference: 'envoy:2' } }],
    ['its size', { cpu: 128, memory: 64 }, { cpu: 128, memory: 64 }],
    ['its environment', { environment: [{ name: 'B', value: '2' }] }, { env: { B: '2' } }],
    ['its command', { command: ['x'] }, { command: ['x'] }],
    ['whether it is essential', { essential: false }, { essential: false }],
    [
      'what it waits for',
      { dependsOn: [{ containerName: 'main', condition: 'START' }] },
      { depends_on: { main: 'started' } },
    ],
    ['its time to stop', { stopTimeout: 60 }, { stop_timeout: 60 }],
    [
      'its mounts',
      { mountPoints: [{ sourceVolume: 'v', containerPath: '/v' }] },
      { mounts: { '/v': { source: 'tmp', source_path: 'v' } } },
    ],
  ])('%s', (_what, changed, fields) => {
    expect(read(changed).containers).toEqual({ proxy: { ...SPEC.containers['proxy'], ...fields } })
  })

  test('another container, and one that is gone', () => {
    const more = { ...proxy!, name: 'agent', image: 'agent:1' }
    const both = readProcessDefinition({ ...definition, containerDefinitions: [main!, proxy!, more] })
    expect(Object.keys(both.containers)).toEqual(['proxy', 'agent'])
    const none = readProcessDefinition({ ...definition, containerDefinitions: [main!] })
    expect(none.containers).toEqual({})
  })

  test('a mount that leads to a file system of its own', () => {
    const [volume] = definition.volumes!
    const efs = { ...volume!, efsVolumeConfiguration: { fileSystemId: 'fs-1' } }
    expect(read({}, { volumes: [efs] }).mounts).toEqual({
      '/var/a': { source: 'storage', source_path: volume!.name },
    })
  })
})

describe('a process that was adopted', () => {
  const RUNS: TaskDefinition = {
    family: 'old-web',
    revision: 4,
    cpu: '1024',
    memory: '2048',
    volumes: [{ name: 'sockets', host: {} }],
    containerDefinitions: [
      {
        name: 'app',
        image: 'acme/web:3',
        essential: true,
        entryPoint: ['tini'],
        command: ['web'],
        dependsOn: [{ containerName: 'log-router', condition: 'START' }],
        mountPoints: [{ sourceVolume: 'sockets', containerPath: '/run/s' }],
      },
      { name: 'log-router', image: 'fluentbit', essential: true },
    ],
  }
  const ADOPTED = { container: 'app', expose: 'none' as const }
  const asked = (fields: Partial<ProcessSpec>): ProcessSpec => web({ cpu: 1024, memory: 2048, ...fields })
  const PROXY = {
    containers: {
      seed: beside({ essential: false }),
      proxy: beside({
        depends_on: { main: 'started' },
        mounts: { '/run/p': { source: 'tmp', source_path: 'p' } },
      }),
    },
    depends_on: { seed: 'succeeded' },
    mounts: { '/run/p': { source: 'tmp', source_path: 'p' } },
  } satisfies Partial<ProcessSpec>
  const after = (spec: ProcessSpec, runs = RUNS) =>
    carryOver(rendered(spec), { definition: runs, tags: [] }, 'app') as TaskDefinition

  test('keeps what is beside it, what it waits for and its mounts, which are not read as its own', () => {
    const read = readProcessDefinition(RUNS, ADOPTED)
    expect(read).toMatchObject({ containers: {}, depends_on: {}, mounts: {}, entry_point: ['tini'] })
    const carried = after(asked({ entry_point: ['tini'], command: ['web'] }))
    expect(carried.containerDefinitions![1]).toEqual(RUNS.containerDefinitions![1])
    expect(carried).toMatchObject({
      volumes: RUNS.volumes,
      containerDefinitions: [
        {
          entryPoint: ['tini'],
          dependsOn: RUNS.containerDefinitions![0]!.dependsOn,
          mountPoints: RUNS.containerDefinitions![0]!.mountPoints,
        },
        {},
      ],
    })
  })

  test('gets what its config puts beside it, which is read back and goes again', () => {
    const spec = asked(PROXY)
    const carried = after(spec)
    expect(carried.containerDefinitions!.map((each) => each.name)).toEqual([
      'app',
      'log-router',
      'seed',
      'proxy',
    ])
    expect(readProcessDefinition(carried, ADOPTED)).toMatchObject(PROXY)
    expect(carried.containerDefinitions![3]!.dependsOn).toEqual([
      { containerName: 'app', condition: 'START' },
    ])
    expect(after(spec, carried)).toEqual(carried)
    const without = after(asked({}), carried)
    expect(without.containerDefinitions!.map((each) => each.name)).toEqual(['app', 'log-router'])
    expect(without.volumes).toEqual(RUNS.volumes)
    expect(without.containerDefinitions![0]).toMatchObject({
      dependsOn: RUNS.containerDefinitions![0]!.dependsOn,
      mountPoints: RUNS.containerDefinitions![0]!.mountPoints,
    })
  })
})
