import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { RunningProcess } from '../../src/engine/running.ts'
import { SETTINGS } from '../engine/ecs/yard.ts'
import { FakeAws } from '../fakes/aws/fake-aws.ts'
import { ScaledClock } from '../fakes/scaled-clock.ts'
import { Checkout } from './checkout.ts'
import { gantry, temporaryFolder, type Ended } from './gantry.ts'

const folder = await temporaryFolder(afterAll)
let fake: FakeAws

const run = (...args: string[]): Promise<Ended> =>
  gantry(args, { cwd: folder, env: { ...fake.environment, NO_COLOR: '1' } })

/** A pinned image is neither built nor looked for. */
const proxy = { image: 'envoy:1', command: '/fake/stays-up', memory: '128 MB', env: { API_TOKEN: 'hunter2' } }
const worker = { image: 'redis:8', command: '/fake/stays-up', port: 6379, containers: { proxy } }

beforeAll(async () => {
  // Not faster: the command line looks once a second or two, and must see what begins before it ends.
  fake = await FakeAws.start({ clock: new ScaledClock(20) })
  Object.assign(fake.ecs.durations, { provisioning: 1, pending: 1, healthy: 2, deprovisioning: 1 })
  const { task_role: _none, ...ecs } = SETTINGS
  const checkout = new Checkout(folder)
  const config = { app: 'shop', engine: 'ecs', ecs, processes: { worker } }
  checkout.commit('first', { 'gantry.yml': JSON.stringify(config) })
  const { code, stdout, stderr } = await run('deploy')
  expect(code, stdout + stderr).toBe(0)
})
afterAll(() => fake[Symbol.asyncDispose]())

describe('on ecs', () => {
  test('process set needs no name where there is one process (TP-31), and show tells who set it (TP-37)', async () => {
    expect(await run('process', 'set', 'stop_timeout=20s')).toMatchObject({ code: 0 })
    const { stdout } = await run('process', 'show', 'worker')
    expect(stdout).toMatch(/^stop_timeout +20s +operator$/m)
    expect(stdout).toMatch(/^memory +512 MB +config$/m)
    expect(stdout).toMatch(/^worker-\w+ +up +\S+ +[\d.]+:6379 +0 +-$/m)
    expect(stdout).toMatch(/^\S+ +has started 1 tasks/m)
  })

  test('show has each field of a container beside the process', async () => {
    const { stdout } = await run('process', 'show', 'worker')
    expect(stdout).toMatch(/^containers\.proxy\.image +envoy:1 +config$/m)
    expect(stdout).toMatch(/^containers\.proxy\.memory +128 MB +config$/m)
    expect(stdout).toMatch(/^containers\.proxy\.env\.API_TOKEN +\[secret\] +config$/m)
  })

  test('a process is made, listed, shown and deleted by hand (TP-17 TP-37 TP-38 TP-39)', async () => {
    const made = await run('process', 'create', 'extra', 'image=redis:7', 'demand_count=2', 'memory=1')
    expect(made, made.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/extra +create/) })
    expect((await run('process', 'list')).stdout).toMatch(
      /^extra +started +2 of 2 +2 +0 +- +redis:7 +operator +/m,
    )
    const found = JSON.parse((await run('process', 'show', 'extra', '--json')).stdout) as RunningProcess
    expect(found).toMatchObject({
      origin: 'operator',
      spec: { memory: 1024 },
      instances: [{ state: 'up' }, { state: 'up' }],
    })
    expect(found.events.map(({ text }) => text)).toContainEqual(expect.stringContaining('has started'))

    expect(await run('process', 'delete', 'extra')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('say so with --yes'),
    })
    const gone = await run('process', 'delete', 'extra', '--yes')
    expect(gone).toMatchObject({ code: 0, stdout: expect.stringMatching(/extra +remove/) })
    expect(fake.ecs.service('shop--default--extra')).toMatchObject({ status: 'INACTIVE' })
    expect(await run('process', 'delete', 'worker')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/the config defines worker\n +remove it there and deploy/),
    })
  })
})
