import { expect, test } from 'vitest'

import type { Diagnostic } from '../../../src/app/errors.ts'
import type { App, Process, Task } from '../../../src/app/app.ts'
import { adapt } from '../../../src/engine/local/adapt.ts'
import { aContainer } from '../../app/fixtures.ts'
import { anApp, aProcess, aTask } from '../../plan/fixtures.ts'

const ABLE = { limits: true, mounts: true, home: '/var/lib/gantry' }

const told = (app: Partial<App>, abilities = ABLE): Diagnostic[] => adapt(anApp(app), abilities).diagnostics
const ofWeb = (fields: Partial<Process>, abilities = ABLE): Diagnostic[] =>
  told({ processes: [aProcess('web', { command: 'run', ...fields })] }, abilities)
const TMP = { source: 'tmp', source_path: 'x' } as const

test('an entry point is enough to run in a tree, and nothing is not', () => {
  expect(ofWeb({ entry_point: ['run'], command: null })).toEqual([])
  expect(ofWeb({ command: null })).toMatchObject([{ severity: 'error', path: 'processes.web.command' }])
})

test('pre_start takes a command in a container image, whose own one cannot be read', () => {
  const image = 'nginx:1'
  expect(ofWeb({ image, command: null })).toEqual([])
  expect(ofWeb({ image, command: null, pre_start: 'prepare' })).toMatchObject([
    { severity: 'error', path: 'processes.web.pre_start' },
  ])
})

test('mounts are refused, with what to do, where apps may not make namespaces, but not of container images', () => {
  const unable = { ...ABLE, mounts: false }
  const mounts = { 'var/cache': TMP }
  expect(ofWeb({ mounts })).toEqual([])
  expect(ofWeb({ mounts }, unable)).toMatchObject([
    {
      severity: 'error',
      path: 'processes.web.mounts',
      hint: expect.stringContaining('user.max_user_namespaces') as string,
    },
  ])
  expect(ofWeb({ mounts, image: 'nginx:1' }, unable)).toEqual([])
  const tasks: Task[] = [aTask('migrate', { command: 'run', mounts })]
  expect(told({ tasks }, unable)).toMatchObject([{ severity: 'error', path: 'tasks.migrate.mounts' }])
})

test('a mount outside of the tree needs a folder of the machine, and must not hide the app', () => {
  expect(ofWeb({ mounts: { '/data': TMP } })).toMatchObject([
    { severity: 'warning', path: 'processes.web.mounts./data' },
  ])
  expect(ofWeb({ mounts: { '/data': TMP }, image: 'nginx:1' })).toEqual([])
  for (const path of ['/var', '/var/lib/gantry'])
    expect(ofWeb({ mounts: { [path]: TMP } })).toMatchObject([{ severity: 'error' }])
})

test('source paths inside of each other are told to be folders of their own', () => {
  const mounts = {
    a: { source: 'storage', source_path: '' },
    b: { source: 'storage', source_path: 'up' },
  } as const
  expect(ofWeb({ mounts })).toMatchObject([
    { severity: 'warning', message: expect.stringMatching(/^all of storage has nothing/) as string },
  ])
  expect(ofWeb({ mounts: { ...mounts, b: TMP } })).toEqual([])
  const proxy = aContainer({ command: 'run', mounts: { c: { source: 'storage', source_path: 'up/x' } } })
  expect(ofWeb({ mounts: { b: mounts.b }, containers: { proxy } })).toMatchObject([
    { severity: 'warning', message: expect.stringMatching(/^storage up has nothing/) as string },
  ])
})

test('what a container beside a process cannot have here is told with its place [SW-12]', () => {
  const proxy = aContainer({ secrets: { KEY: 'ssm:/key' }, port: 8080 })
  expect(ofWeb({ containers: { 'my-proxy': proxy } })).toMatchObject([
    { severity: 'error', path: 'processes.web.containers.my-proxy.command' },
    { severity: 'error', path: 'processes.web.containers.my-proxy.secrets.KEY' },
    {
      severity: 'warning',
      path: 'processes.web.containers.my-proxy.port',
      message: expect.stringContaining('$GANTRY_PORT_MY_PROXY') as string,
    },
  ])
})

test('a container runs in the image of its process where it has none of its own', () => {
  const containers = { proxy: aContainer() }
  expect(ofWeb({ image: 'nginx:1', containers })).toEqual([])
  expect(ofWeb({ image: 'key:abcdef', containers })).toMatchObject([{ severity: 'error' }])
  expect(ofWeb({ containers: { proxy: aContainer({ image: 'nginx:1' }) } })).toEqual([])
})

test('containers must leave something of what the instance has to the process', () => {
  const containers = {
    a: aContainer({ command: 'a', memory: 256 }),
    b: aContainer({ command: 'b', memory: 256 }),
  }
  expect(ofWeb({ memory: 513, containers })).toEqual([])
  expect(ofWeb({ memory: 512, containers })).toMatchObject([
    { severity: 'error', path: 'processes.web.memory' },
  ])
})

test('what a build asks for in vain is told of the image of a container too, whose build secrets go nowhere', () => {
  const process = aProcess('web', { command: 'run' })
  const build = { ...process.build, dockerfile: 'Dockerfile', secrets: { npm: 'env:NPM' } }
  const containers = { proxy: aContainer({ command: 'a', build }) }
  const adapted = adapt(anApp({ processes: [{ ...process, containers }] }), ABLE)
  expect(adapted.diagnostics.map(({ path }) => path)).toEqual(['build.dockerfile', 'build.secrets'])
  expect(adapted.app.processes[0]!.containers['proxy']!.build!.secrets).toEqual({})
})
