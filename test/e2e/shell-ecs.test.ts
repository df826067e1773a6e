import { existsSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { Checkout } from '../cli/checkout.ts'
import { gantry, temporaryFolder } from '../cli/gantry.ts'
import { SessionFiles } from '../engine/ecs/session-files.ts'
import { SETTINGS } from '../engine/ecs/yard.ts'
import { FakeAws } from '../fakes/aws/fake-aws.ts'
import { putPluginOnPath } from '../fakes/plugin-on-path.ts'
import { ScaledClock } from '../fakes/scaled-clock.ts'
import { Person } from './person.ts'
import { World } from './world.ts'

const folder = await temporaryFolder(afterAll)
const sessions = new SessionFiles()
let fake: FakeAws
let takeOff: () => Promise<void>

const ecs = { ...SETTINGS, task_role: 'arn:aws:iam::123456789012:role/task', exec: true }
const config = {
  app: 'shop',
  engine: 'ecs',
  ecs,
  // A pinned image is neither built nor looked for.
  processes: { worker: { image: 'redis:8', command: '/fake/stays-up' } },
}

beforeAll(async () => {
  takeOff = await putPluginOnPath()
  fake = await FakeAws.start({ clock: new ScaledClock(20) })
  Object.assign(fake.ecs.durations, { provisioning: 1, pending: 1, healthy: 2, deprovisioning: 1, agent: 2 })
  fake.ecs.behaviour = sessions.behaviour
  new Checkout(folder).commit('first', { 'gantry.yml': JSON.stringify(config) })
  const { code, stdout, stderr } = await gantry(['deploy'], { cwd: folder, env: fake.environment })
  expect(code, stdout + stderr).toBe(0)
})
afterAll(async () => {
  await fake[Symbol.asyncDispose]()
  await takeOff()
  sessions[Symbol.dispose]()
})

const person = (...args: string[]): Person => new Person(args, fake.environment, folder)
/** Those that are not the worker. */
const runs = () => fake.ecs.tasks().filter(({ service }) => service === null)

describe('on ECS, at a terminal', () => {
  it('`gantry exec` gives a session in an instance', async () => {
    using somebody = person('exec', 'worker', 'bash --norc')
    await somebody.until(/[$#] $/)
    expect(somebody.seen).not.toContain('Starting session')
    somebody.type('stty size; echo "$TERM $IN_CONTAINER"\r')
    await somebody.until(/\r40 100\r\nxterm-256color yes\r\n/)
    somebody.type('exit 7\r')
    expect(await somebody.ended).toEqual({ code: 7, signal: 0 })
  })

  it('`gantry run` gives one in a fresh instance, which ends with it', async () => {
    using somebody = person('run', 'bash --norc')
    await somebody.until(/Starting an instance/)
    await somebody.until(/[$#] $/)
    somebody.type('exit 5\r')
    expect(await somebody.ended).toEqual({ code: 5, signal: 0 })
    const [run] = runs()
    expect(run).toMatchObject({ desiredStatus: 'STOPPED', stopCode: 'EssentialContainerExited' })
  })

  it('a fresh instance is stopped with the command line', async () => {
    using somebody = person('run', 'bash --norc')
    await somebody.until(/[$#] $/)
    somebody.kill('SIGHUP')
    expect(await somebody.ended).toEqual({ code: 129, signal: 0 })
    expect(runs().at(-1)).toMatchObject({ desiredStatus: 'STOPPED' })
    expect(fake.calls.filter(({ operation }) => operation === 'StopTask')).toHaveLength(1)
    expect(fake.calls.filter(({ operation }) => operation === 'TerminateSession')).toHaveLength(1)
  })

  it('it is stopped also while it starts', async () => {
    using somebody = person('run', 'bash --norc')
    await somebody.until(/Starting an instance/)
    await expect.poll(() => runs().length).toBe(3)
    somebody.type('\x03')
    expect(await somebody.ended).toEqual({ code: 130, signal: 0 })
    expect(runs().at(-1)).toMatchObject({ desiredStatus: 'STOPPED' })
  })

  it('it ends by itself where the command line is killed', async () => {
    using somebody = person('run', 'bash --norc')
    await somebody.until(/[$#] $/)
    somebody.type('echo pid-$$\r')
    const [, pid] = await somebody.until(/\rpid-(\d+)/)
    somebody.kill('SIGKILL')
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 10_000 }).toBe(false)
    await expect
      .poll(() => runs().at(-1), { timeout: 10_000 })
      .toMatchObject({
        desiredStatus: 'STOPPED',
        stopCode: 'EssentialContainerExited',
      })
  })
})

describe('on ECS, through a server', () => {
  it('it is the same, and a fresh instance is stopped when the command line is killed', async () => {
    // With the plugin on its PATH.
    await using world = await World.create(fake.environment)
    const checkout = await world.createApp('depot', { engine: 'ecs', ecs })
    const { ok, output } = await checkout.deploy({
      'gantry.yml': JSON.stringify({ processes: config.processes }),
    })
    expect(ok, output).toBe(true)
    const env = { GANTRY_HOME: world.home, GANTRY_APP: 'depot' }
    using one = new Person(['exec', 'worker', 'bash --norc'], env)
    await one.until(/[$#] $/)
    one.type('stty size; exit 7\r')
    await one.until(/\r40 100\r\n/)
    expect((await one.ended).code).toBe(7)
    using other = new Person(['run', 'bash --norc'], env)
    await other.until(/Starting an instance/)
    await other.until(/[$#] $/)
    other.kill('SIGKILL')
    await expect
      .poll(() => fake.calls.filter(({ operation }) => operation === 'StopTask').at(-1)?.input)
      .toMatchObject({ reason: 'whoever talked to it went away' })
  }, 60_000)
})
