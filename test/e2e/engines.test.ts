import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Running } from '../../src/engine/running.ts'
import type { Deployment, Release } from '../../src/engine/ledger.ts'
import type { TaskRun } from '../../src/engine/task-run.ts'
import { gantry, type Ended } from '../cli/gantry.ts'
import { namesUnder } from '../engine/ecs/parameters/account.ts'
import { SETTINGS } from '../engine/ecs/yard.ts'
import { FakeAws } from '../fakes/aws/fake-aws.ts'
import { ScaledClock } from '../fakes/scaled-clock.ts'
import { shop } from './apps.ts'
import { World, type Checkout, type PushResult } from './world.ts'

const QUICK = { provisioning: 1, pending: 1, healthy: 2, deprovisioning: 1 }
const { task_role: _none, ...WRITTEN } = SETTINGS
const ON_ECS = { engine: 'ecs', environment: 'production', ecs: SETTINGS }

let fake: FakeAws
let world: World

beforeAll(async () => {
  // Not faster: the server looks once a second or two, and must see what begins before it ends.
  fake = await FakeAws.start({ clock: new ScaledClock(10) })
  Object.assign(fake.ecs.durations, QUICK)
  world = await World.create(fake.environment)
})
afterAll(async () => {
  await world[Symbol.asyncDispose]()
  await fake[Symbol.asyncDispose]()
})

/** Pinned images are neither built nor looked for. */
type Processes = Record<string, { command?: string; env?: Record<string, string>; [key: string]: unknown }>

function configOf(processes: Processes, rest: object = {}): Record<string, string> {
  const pinned = Object.fromEntries(
    Object.entries(processes).map(([name, each]) => [
      name,
      { image: 'redis:8', command: '/fake/stays-up', rollout: { timeout: '2m' }, ...each },
    ]),
  )
  return { 'gantry.yml': JSON.stringify({ environments: { production: {} }, processes: pinned, ...rest }) }
}

function services(): string[] {
  const { serviceArns } = fake.ecs.handle('ListServices', { cluster: 'default', maxResults: 100 }) as {
    serviceArns: string[]
  }
  return serviceArns.map((arn) => arn.split('/').at(-1)!).toSorted()
}

describe('an app whose admin has put it on ecs', { timeout: 90_000 }, () => {
  let checkout: Checkout
  let env: Record<string, string>
  const cli = (...args: string[]): Promise<Ended> => gantry(args, { env })
  const json = async <T>(...args: string[]): Promise<T> => {
    const { stdout, stderr, code } = await cli(...args, '--json')
    expect({ code, stderr }).toMatchObject({ code: 0 })
    return JSON.parse(stdout) as T
  }
  const push = (processes: Processes, rest?: object): Promise<PushResult> =>
    checkout.deploy(configOf(processes, rest))

  beforeAll(async () => {
    checkout = await world.createApp('shop', ON_ECS)
    const wanted = { name: 'ada', scope: 'operate', app: 'shop' }
    const { token } = await world.api<{ token: string }>('POST', '/tokens', wanted)
    env = { GANTRY_SERVER: world.url, GANTRY_TOKEN: token }
  })

  it('is rolled out by a push, and the pusher sees it', async () => {
    const { ok, output } = await push({ worker: {}, mailer: {} })
    expect(ok, output).toBe(true)
    expect(output).toMatch(/\+ worker +create/)
    expect(output).toContain('Released v1')
    expect(services()).toEqual(['shop--production--mailer', 'shop--production--worker'])
  })

  it('has only what a push changed replaced', async () => {
    const before = fake.calls.length
    const { ok, output } = await push({ worker: { env: { LEVEL: 'debug' } }, mailer: {} })
    expect(ok, output).toBe(true)
    const updates = fake.calls.slice(before).filter(({ operation }) => operation === 'UpdateService')
    expect(updates.map(({ input }) => input['service'])).toEqual(['shop--production--worker'])
  })

  it('is as it was after a push that fails, and the pusher is told why', async () => {
    const { ok, output } = await push({
      worker: { command: '/fake/fails', rollout: { timeout: '3s' } },
      mailer: {},
    })
    expect(ok).toBe(false)
    expect(output).toMatch(/\[remote rejected\].*deployment #3 rolled back/)
    expect(output).toContain('worker')
    const { processes } = await json<Running>('ps')
    expect(processes.find(({ spec }) => spec.name === 'worker')).toMatchObject({
      spec: { command: '/fake/stays-up', env: { LEVEL: 'debug' } },
      instances: [{ state: 'up' }],
    })
  })

  it('is scaled by the command line through the server', async () => {
    expect(await cli('scale', 'worker=2')).toMatchObject({ code: 0 })
    await expect.poll(async () => (await cli('ps', 'worker')).stdout.match(/ up /g)).toHaveLength(2)
  })

  it('has commands run, whose output and exit code come back', async () => {
    expect(await cli('run', '/fake/prints hello 7')).toMatchObject({ code: 7, stdout: 'hello\n' })
    const task = await json<TaskRun>('task', 'create', '/fake/prints done 0', '--wait')
    expect(task).toMatchObject({ status: 'succeeded', initiated_by: 'ada' })
    expect((await cli('logs', 'task.run')).stdout).toMatch(/\| hello$/m)
  })

  it('has variables set by hand', async () => {
    const set = await gantry(['env', 'set', 'KEY', '--secret'], { env, input: 'opensesame' })
    expect(set).toMatchObject({ code: 0 })
    expect((await cli('env', 'list')).stdout).toMatch(/^KEY +yes +all/m)
  })

  it('goes back to an earlier release', async () => {
    const rolled = await cli('rollback', 'v1', '--yes')
    expect(rolled.code, rolled.stdout + rolled.stderr).toBe(0)
    const [release] = await json<Release[]>('release', 'list')
    expect(release).toMatchObject({ title: 'rollback to v1', by: 'ada' })
  })

  it('shows deployments of other doors, and those show its own', async () => {
    const direct = (...args: string[]): Promise<Ended> =>
      gantry(args, {
        cwd: checkout.folder,
        env: { ...fake.environment, GANTRY_APP: 'shop', GANTRY_ENVIRONMENT: 'production' },
      })
    await checkout.commit({
      'gantry.yml': JSON.stringify({
        ...(JSON.parse(configOf({ worker: {}, mailer: { env: { BY: 'hand' } } })['gantry.yml']!) as object),
        engine: 'ecs',
        ecs: WRITTEN,
      }),
    })
    const { code, stdout, stderr } = await direct('deploy')
    expect(code, stdout + stderr).toBe(0)
    const [last] = await json<Deployment[]>('deployment', 'list')
    expect(last).toMatchObject({ kind: 'deploy', status: 'succeeded' })
    const theirs = await cli('deployment', 'logs', String(last!.number), '-f')
    expect(theirs.stdout).toContain(`Released v${last!.release}`)
    const ours = await direct('deployment', 'logs', '1')
    expect(ours.stdout).toContain('Released v1')
    expect(ours.code).toBe(0)
  })

  it('goes on from where a server was killed, with the next push', async () => {
    Object.assign(fake.ecs.durations, { pending: 400 })
    await checkout.commit(configOf({ worker: { env: { LEVEL: 'late' } }, mailer: {} }))
    const before = fake.calls.length
    const cut = checkout.start('--force')
    const updates = (): unknown[] =>
      fake.calls.slice(before).filter(({ operation }) => operation === 'UpdateService')
    await expect.poll(updates).not.toEqual([])
    await world.kill()
    expect((await cut).exitCode).not.toBe(0)
    Object.assign(fake.ecs.durations, QUICK)
    await world.start(fake.environment)
    const { ok, output } = await checkout.push('--force')
    expect(ok, output).toBe(true)
    const [last, dead] = await json<Deployment[]>('deployment', 'list')
    expect(last).toMatchObject({ status: 'succeeded' })
    expect(dead).toMatchObject({ status: 'interrupted' })
    const { processes } = await json<Running>('ps')
    expect(processes.find(({ spec }) => spec.name === 'worker')).toMatchObject({
      spec: { env: { LEVEL: 'late' } },
      settled: true,
    })
    expect(await checkout.git('ls-remote', checkout.remote, 'refs/heads/main')).toContain(
      await checkout.git('rev-parse', 'HEAD'),
    )
  })

  it('is not left behind by a setting', async () => {
    const set = (ecs: object): Promise<unknown> => world.api('PATCH', '/apps/shop', { ecs })
    await expect(set({ cluster: 'other' })).rejects.toThrow(/processes of shop run where it is now: \w+, \w+/)
    await set({ security_groups: ['sg-2'] })
    const rolled = await cli('rollback', 'v1', '--yes')
    expect(rolled.code, rolled.stderr).toBe(0)
    const { processes } = await json<Running>('ps')
    expect(processes.map(({ spec }) => spec.placement?.security_groups)).toEqual([['sg-2'], ['sg-2']])
  })

  it('is given other power only by who may do so for the whole server', async () => {
    const wanted = { name: 'lead', scope: 'admin', app: 'shop' }
    const { token } = await world.api<{ token: string }>('POST', '/tokens', wanted)
    const set = (...words: string[]): Promise<Ended> =>
      gantry(['app', 'set', 'shop', ...words], { env: { ...env, GANTRY_TOKEN: token } })
    expect(await set('allow_force=true')).toMatchObject({ code: 0 })
    for (const word of ['task_role=arn:x', 'secret_prefixes=ssm:/', 'environment=staging', 'engine=local']) {
      expect(await set(word)).toMatchObject({ code: 2, stderr: expect.stringContaining('for all apps') })
    }
  })

  it('says to the pusher what AWS does not allow', async () => {
    fake.faults.add({
      when: ({ operation, service }) => service === 'ssm' && operation === 'PutParameter',
      kind: 'denied',
    })
    await checkout.commit(configOf({ worker: {}, mailer: {} }))
    const { ok, output } = await checkout.push('--force')
    fake.faults.clear()
    expect(ok).toBe(false)
    expect(output).toMatch(/\[remote rejected\].*ssm:PutParameter/)
  })

  it('is deleted with all that it has there', async () => {
    // The names of parameters are free again half a minute later, which is for the server to wait for.
    void world.api('DELETE', '/apps/shop').catch(() => {})
    await expect.poll(() => namesUnder(fake, '/gantry/shop/production/')).toEqual([])
    expect(services()).toEqual([])
  })
})

describe('the pushed file does not choose its power', () => {
  let checkout: Checkout

  beforeAll(async () => {
    checkout = await world.createApp('modest', { ...ON_ECS, secret_prefixes: ['ssm:/modest/'] })
  })

  it.each([
    [
      'another engine',
      { engine: 'local' },
      'the engine is a setting of the app here, and is ecs; the file says local',
      'engine=local',
    ],
    [
      'another cluster',
      { ecs: { cluster: 'prod' } },
      'ecs.cluster is a setting of the app here, and is default: it cannot be prod',
      'cluster=prod',
    ],
    [
      'a role where it has none',
      { ecs: { task_role: 'arn:aws:iam::1:role/root' } },
      'ecs.task_role is a setting of the app here, and is not set',
      'task_role=arn:aws:iam::1:role/root',
    ],
    [
      'other subnets',
      { ecs: { subnets: ['subnet-1', 'subnet-9'] } },
      'ecs.subnets is a setting',
      'subnets=subnet-1,subnet-9',
    ],
    [
      'another region by an environment',
      { environments: { production: { ecs: { region: 'us-east-1' } } } },
      'ecs.region is a setting',
      'region=us-east-1',
    ],
    [
      'a secret of somebody else',
      { secrets: { KEY: 'ssm:/modest-admin/key' } },
      'the secret ssm:/modest-admin/key is not one of this app',
      'secret_prefixes=ssm:/modest/,ssm:/modest-admin/key',
    ],
    [
      'commands in instances by an environment',
      { environments: { production: { ecs: { exec: true } } } },
      'ecs.exec is a setting of the app here, and is not set: it cannot be true',
      'exec=true',
    ],
    [
      'a secret of somebody else for a container beside a process',
      {
        processes: {
          worker: {
            image: 'redis:8',
            containers: { proxy: { image: 'envoy:1', secrets: { KEY: 'ssm:/theirs' } } },
          },
        },
      },
      'the secret ssm:/theirs is not one of this app',
      'secret_prefixes=ssm:/modest/,ssm:/theirs',
    ],
    [
      'a secret of somebody else by a default',
      { defaults: { secrets: { KEY: 'ssm:/theirs' } } },
      'the secret ssm:/theirs is not one of this app',
      'secret_prefixes=ssm:/modest/,ssm:/theirs',
    ],
    [
      'the service of another app',
      { processes: { worker: { image: 'redis:8', ecs: { service: 'other--production--web' } } } },
      'the name other--production--web is that of a service of another app',
      'leave it out',
    ],
    [
      'a secret by its ARN',
      { secrets: { KEY: 'secretsmanager:arn:aws:secretsmanager:eu-west-1:1:secret:modest' } },
      'is not one of this app',
      'gantry env set --secret',
    ],
  ])('%s is refused before anything happens', async (_, claim, message, hint) => {
    const before = fake.calls.length
    await checkout.commit(configOf({ worker: {} }, claim))
    const { ok, output } = await checkout.push('--force')
    expect(ok).toBe(false)
    const said = output.replaceAll(/\s*\nremote: +/g, ' ')
    expect(said).toContain(message)
    expect(said).toContain(hint)
    expect(said).toMatch(/gantry\.yml:1:\d+/)
    const writes = fake.calls.slice(before).filter((each) => each.writes)
    // The deployment itself, with its lock and its log.
    expect(new Set(writes.map(({ service }) => service))).toEqual(new Set(['ssm', 'logs']))
    expect(await checkout.git('ls-remote', checkout.remote)).toBe('')
  })

  it('a target group is what an admin has allowed', async () => {
    const group = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/1'
    const web = { web: { expose: 'public', port: 80, ecs: { target_group: group } } }
    await checkout.commit(configOf(web))
    const { ok, output } = await checkout.push('--force')
    expect(ok).toBe(false)
    expect(output.replaceAll(/\s*\nremote: +/g, ' ')).toContain(
      `the target group ${group} is not one of this app`,
    )
  })

  it('what is the same as the settings, and what is below a prefix, may stand there', async () => {
    const secrets = { KEY: 'ssm:/modest/key', OTHER: 'gantry' }
    await checkout.commit(configOf({ worker: {} }, { engine: 'ecs', ecs: WRITTEN, secrets }))
    const { output } = await checkout.push('--force', '--push-option=dry-run')
    expect(output).toMatch(/\+ worker +create/)
  })
})

it('what only a schedule starts is not left behind either', async () => {
  const checkout = await world.createApp('nightly')
  const report = { command: 'true', schedule: '0 3 * * *' }
  const { ok, output } = await checkout.deploy({ 'gantry.yml': JSON.stringify({ tasks: { report } }) })
  expect(ok, output).toBe(true)
  const move = world.api('PATCH', '/apps/nightly', { engine: 'ecs' })
  await expect(move).rejects.toThrow('scheduled tasks of nightly run where it is now: report')
})

it('an app of the machine itself goes on beside them, and sees nothing of AWS', async () => {
  const checkout = await world.createApp('here')
  const { ok, output } = await checkout.deploy(shop('1'))
  expect(ok, output).toBe(true)
  expect(output).toContain('http://here.localhost')
  const { env } = JSON.parse((await world.open('here')).body) as { env: Record<string, string> }
  expect(Object.keys(env).filter((name) => name.startsWith('AWS_'))).toEqual([])
  await checkout.commit({ 'gantry.yml': `engine: ecs\n${shop('1')['gantry.yml']}` })
  const claim = await checkout.push('--force')
  expect(claim.output).toContain('the engine is a setting of the app here, and is local; the file says ecs')
  const move = world.api('PATCH', '/apps/here', { engine: 'ecs' })
  await expect(move).rejects.toThrow(/processes of here run where it is now: \w+, \w+/)
  await world.kill()
  await world.start(fake.environment)
  await expect.poll(async () => Object.keys(await world.up('here'))).toEqual(['web', 'worker'])
})
