import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { LogLine } from '../../src/engine/logs.ts'
import type { Release } from '../../src/engine/ledger.ts'
import { SETTINGS } from '../engine/ecs/yard.ts'
import { FakeAws } from '../fakes/aws/fake-aws.ts'
import { ScaledClock } from '../fakes/scaled-clock.ts'
import { Checkout } from './checkout.ts'
import { gantry, temporaryFolder, type Ended } from './gantry.ts'

const folder = await temporaryFolder(afterAll)
const checkout = new Checkout(folder)
let fake: FakeAws

const options = () => ({ cwd: folder, env: { ...fake.environment, NO_COLOR: '1' } })
const run = (...args: string[]): Promise<Ended> => gantry(args, options())
const json = async <T>(...args: string[]): Promise<T> => {
  const { stdout, stderr, code } = await run(...args, '--json')
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as T
}
const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/** A pinned image is neither built nor looked for. */
function commit(title: string, greeting: string): void {
  const { task_role: _none, ...ecs } = SETTINGS
  const worker = { image: 'redis:8', command: '/fake/stays-up', env: { GREETING: greeting } }
  const config = { app: 'shop', engine: 'ecs', ecs, logs: { retention: '45d' }, processes: { worker } }
  checkout.commit(title, { 'gantry.yml': JSON.stringify(config) })
}

/** What an instance wrote just now, by the clock of whoever deploys. */
function say(taskId: string, message: string): void {
  const timestamp = Date.now()
  fake.logs.put('/gantry/shop/default', `worker/main/${taskId}`, [{ timestamp, message }])
}

beforeAll(async () => {
  // Not faster: the command line looks once a second or two, and must see what begins before it ends.
  fake = await FakeAws.start({ clock: new ScaledClock(20) })
  Object.assign(fake.ecs.durations, { provisioning: 1, pending: 1, healthy: 2, deprovisioning: 1 })
  for (const [index, greeting] of ['first', 'second'].entries()) {
    commit(greeting, greeting)
    const { code, stdout, stderr } = await run('deploy')
    expect(code, stdout + stderr).toBe(0)
    say(String(index).repeat(16), `of ${greeting}`)
  }
})
afterAll(() => fake[Symbol.asyncDispose]())

describe('on ecs', () => {
  test('logs are narrowed to an instance and to the time of a deployment, gone instances included', async () => {
    const [all, first, second, gone, none] = await Promise.all([
      texts('logs'),
      texts('logs', '--deployment', '1'),
      texts('logs', 'worker', '--deployment', '#2'),
      texts('logs', '--instance', 'worker-00000000', '--since', '30d'),
      run('logs', '--since', '2999-01-01'),
    ])
    expect(all).toEqual(['of first', 'of second'])
    expect(first).toEqual(['of first'])
    expect(second).toEqual(['of second'])
    expect(gone).toEqual(['of first'])
    expect(none).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('nothing was written'),
    })
    expect(await run('logs', '--deployment', '99')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('shop has no deployment #99'),
    })
  })

  test('logs are kept as long as CloudWatch offers for what the config says', async () => {
    const { stdout, stderr } = await run('plan')
    expect(stdout + stderr).toContain('output is kept for 60d')
    const { stdout: checks } = await run('verify')
    expect(checks).toContain('keeps 60 days')
  })

  test('what is no number of a release is refused with what would be one', async () => {
    for (const [command, list] of [
      ['rollback', 'gantry release list'],
      ['deployment show', 'gantry deployment list'],
    ] as const) {
      const { code, stderr } = await run(...command.split(' '), 'foo')
      expect([code, stderr]).toEqual([2, expect.stringContaining(list)])
    }
  })

  test('releases are listed and shown', async () => {
    const [list, show, release, unknown] = await Promise.all([
      run('release', 'list'),
      run('release', 'show', 'v1'),
      json<Release>('release', 'show', '1'),
      run('release', 'show', 'v9'),
    ])
    expect(lines(list.stdout).map((line) => line.split(/ +/).slice(0, 2))).toEqual([
      ['RELEASE', 'DEPLOYMENT'],
      ['v2', '#2'],
      ['v1', '#1'],
    ])
    expect(show.stdout).toMatch(
      /^release +v1\ndeployment +#1\ntitle +first\ncommit +[0-9a-f]{40}\nby +\S.*\ncreated +\S+\n/,
    )
    expect(release).toMatchObject({ number: 1, title: 'first', app: { name: 'shop' } })
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('shop has no release v9') })
  })

  test('a roll-back deploys the old config again, and says what it does not undo', async () => {
    const back = await run('rollback', 'v1', '--yes')
    expect(back, back.stdout + back.stderr).toMatchObject({ code: 0 })
    expect(back.stderr).toContain('Migrations are not undone')
    const [latest] = await json<Release[]>('release', 'list')
    expect(latest).toMatchObject({ number: 3, title: 'rollback to v1' })
    expect(latest!.app.processes[0]!.env).toEqual({ GREETING: 'first' })
    const [list, show, log] = await Promise.all([
      run('deployment', 'list'),
      run('deployment', 'show', '3'),
      run('deployment', 'logs', '3'),
    ])
    expect(list.stdout).toMatch(/^#3 +succeeded +v3 +\w{7} .* rollback to v1$/m)
    expect(show.stdout).toMatch(/^deployment +#3 \(rollback\)\nstatus +succeeded$/m)
    expect(log.stdout).toContain('-----> Released v3')
  })
})

/** The texts of what is printed as JSON, a line each. */
async function texts(...args: string[]): Promise<string[]> {
  const { stdout, stderr, code } = await run(...args, '--json')
  expect(code, stderr).toBe(0)
  return lines(stdout).map((line) => (JSON.parse(line) as LogLine).text)
}
