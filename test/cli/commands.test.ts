import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import type { LogLine } from '../../src/engine/logs.ts'
import type { Running, RunningProcess } from '../../src/engine/running.ts'
import type { Deployment } from '../../src/engine/ledger.ts'
import { Checkout } from './checkout.ts'
import { startServer, temporaryFolder, type Ended } from './gantry.ts'
import { TestHome, TICKS } from './test-home.ts'

const [folder, busyFolder] = [await temporaryFolder(afterAll), await temporaryFolder(afterAll)]
let home: TestHome

beforeAll(async () => {
  const server = await startServer(folder)
  home = new TestHome(folder, server.url)
  return async () => {
    await server.stop()
  }
})

describe('the server', () => {
  test('says where it listens, and ends well on SIGTERM', async () => {
    const server = await startServer(await temporaryFolder())
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await server.stop()).toBe(0)
  })

  test('refuses a home that another one has', async () => {
    const { stderr, code } = await home.run(['server', '--listen', '127.0.0.1:0'])
    expect(stderr).toMatch(/^ !     /)
    expect(code).toBe(2)
  })
})

describe('app', () => {
  test('is made with what is needed to push to it, listed, set and deleted', async () => {
    const made = await home.run(['app', 'create', 'shop', '--branch', 'live'])
    expect(made.stdout).toContain(`git remote add gantry ${home.url.replace('//', '//any:TOKEN@')}/shop.git`)
    expect(made.stdout).toContain('git push gantry HEAD:live')
    expect((await home.run(['app', 'list'])).stdout).toMatch(
      /^shop +live +allowed +default +local +http:\/\/shop\.localhost:\d+$/m,
    )

    expect(await home.run(['app', 'set', 'shop', 'allow_force=false'])).toMatchObject({ code: 0 })
    expect(await home.json(['app', 'list'])).toContainEqual(
      expect.objectContaining({ name: 'shop', allow_force: false }),
    )
    expect((await home.run(['app', 'set', 'shop', 'colour=red'])).stderr).toContain(
      'an app has no setting colour',
    )

    expect(await home.run(['app', 'delete', 'shop'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--yes'),
    })
    expect(await home.run(['app', 'delete', 'shop', '--yes'])).toMatchObject({ code: 0 })
    expect((await home.run(['ps', '--app', 'shop'])).stderr).toContain('there is no app "shop"')
  })

  test('that is meant is the named one, that of the git remote, or asked for', async () => {
    await home.run(['app', 'create', 'one'])
    const checkout = await home.newApp('two')
    const [byOption, byVariable, byRemote, unknown] = await Promise.all([
      home.run(['ps', '--app', 'one'], { cwd: checkout.folder, env: { GANTRY_APP: 'two' } }),
      home.run(['ps'], { cwd: checkout.folder, env: { GANTRY_APP: 'one' } }),
      home.run(['ps'], { cwd: checkout.folder }),
      home.run(['ps']),
    ])
    expect(byOption.stderr).toBe('nothing was deployed to one yet\n')
    expect(byVariable.stderr).toBe('nothing was deployed to one yet\n')
    expect(byRemote.stderr).toBe('nothing was deployed to two yet\n')
    expect(unknown.stderr).toMatch(/which app\? There are .*one, .*two/)
    expect(unknown.code).toBe(2)
  })
})

test('an environment that is named must be that of the app on the server', async () => {
  await home.run(['app', 'create', 'staged', '--environment', 'staging'])
  const ps = (...args: string[]) => home.run(['ps', '--app', 'staged', ...args])
  expect(await ps('-e', 'staging')).toMatchObject({ code: 0 })
  const { stderr, code } = await ps('--environment', 'production')
  expect(stderr).toBe(
    ' !     staged has no environment production on this server, only staging\n' +
      '       leave --environment out, or change what it is: gantry app set staged environment=production\n',
  )
  expect(code).toBe(2)
  const byVariable = await home.run(['ps', '--app', 'staged'], { env: { GANTRY_ENVIRONMENT: 'production' } })
  expect(byVariable.code).toBe(2)
})

test('token create puts the token alone on stdout; list and revoke know its id', async () => {
  const { stdout, stderr } = await home.run(['token', 'create', '--scope', 'read', '--name', 'CI'])
  expect(stdout).toMatch(/^gantry_\w+_[\w-]+\n$/)
  const [, id = ''] = /^token (\w+): may read all apps/.exec(stderr) ?? []
  const listed = await home.run(['token', 'list'])
  expect(listed.stdout).toMatch(new RegExp(`^${id} +CI +read +all`, 'm'))
  expect(listed.stdout).not.toContain(stdout.trim())
  await home.run(['token', 'revoke', id])
  expect((await home.run(['token', 'list'])).stdout).not.toContain(id)
})

test('a token without a name is named after what it may do', async () => {
  await home.run(['app', 'create', 'named'])
  const [one, all] = [
    await home.json<{ name: string }>(['token', 'create', '--app', 'named']),
    await home.json<{ name: string }>(['token', 'create', '--scope', 'read']),
  ]
  expect([one.name, all.name]).toEqual(['push named', 'read all apps'])
})

describe('between deploys', () => {
  const app = ['--app', 'busy'] as const
  const counts = async () => (await home.run(['scale', ...app])).stdout

  beforeAll(async () => {
    await home.run(['app', 'create', 'busy'])
    const checkout = new Checkout(busyFolder)
    checkout.commit('first', { 'gantry.yml': TICKS })
    expect(await home.run(['deploy', ...app, '-C', checkout.folder])).toMatchObject({ code: 0 })
  })

  test('scale sets counts, counts on from them, and prints what can be fed back', async () => {
    expect(await home.run(['scale', 'worker=2', ...app])).toMatchObject({ code: 0 })
    expect(await counts()).toBe('worker=2\n')
    await home.run(['scale', 'worker-1', ...app])
    expect(await counts()).toBe('worker=1\n')
    expect((await home.run(['process', 'list', ...app])).stdout).toMatch(
      /^worker +started +1 of 1 .* demand_count$/m,
    )
    await home.run(['process', 'unset', 'worker', 'desired_count', ...app])
    expect((await home.run(['process', 'list', ...app])).stdout).toMatch(/ -$/m)
  })

  test('scale of a process that is not there names those that are', async () => {
    const { stderr, code } = await home.run(['scale', 'web=1', ...app])
    expect(stderr).toContain('there are: worker')
    expect(code).toBe(2)
  })

  test('process set needs no name where there is one process, and show tells who set it (TP-31 TP-37)', async () => {
    expect(await home.run(['process', 'set', 'stop_timeout=3s', ...app])).toMatchObject({ code: 0 })
    expect((await home.run(['process', 'show', 'worker', ...app])).stdout).toMatch(
      /^stop_timeout +3s +operator$/m,
    )
    const wrong = await home.run(['process', 'set', 'memory=much', ...app])
    expect(wrong.stderr).toMatch(/^ !     memory must be a number of GB/)
    expect(wrong.code).toBe(2)
  })

  test('a process is made, listed, shown and deleted by hand (TP-17 TP-37 TP-38 TP-39)', async () => {
    const words = ['command=sleep 600', 'stop_timeout=2s', 'rollout.min_up=50ms', 'env.KEY=opensesame']
    const made = await home.run(['process', 'create', 'extra', ...words, ...app])
    expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/extra +create/) })
    expect(made.stdout).toContain('env.KEY=…')
    expect((await home.run(['process', 'list', ...app])).stdout).toMatch(
      /^extra +started +1 of 1 +1 +0 +- .* operator +command, stop_timeout, rollout$/m,
    )
    const shown = await home.run(['process', 'show', 'extra', ...app])
    expect(shown.stdout).toMatch(/^command +sleep 600 +operator$/m)
    expect(shown.stdout).toMatch(/^memory +512 MB +default$/m)
    expect(shown.stdout).toMatch(/^extra\.1-\w+ +up +\d+s +- +0 +-$/m)
    expect(shown.stdout).toMatch(/^\d+s +extra\.1-\w+ is up\n\d+s +extra\.1-\w+ started$/m)
    expect(shown.stdout).not.toContain('opensesame')
    const found = await home.json<RunningProcess>(['process', 'show', 'extra', ...app])
    expect(found).toMatchObject({ origin: 'operator', instances: [{ state: 'up' }] })
    expect(found.events[0]!.text).toMatch(/is up$/)

    const asked = await home.run(['process', 'delete', 'extra', ...app])
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('say so with --yes') })
    const gone = await home.run(['process', 'delete', 'extra', '--yes', ...app])
    expect(gone).toMatchObject({ code: 0, stdout: expect.stringMatching(/extra +remove/) })
    expect(gone.stderr).toContain('gantry env unset KEY --process extra')
    expect(await home.run(['env', 'unset', 'KEY', '--process', 'extra', ...app])).toMatchObject({ code: 0 })
    const configs = await home.run(['process', 'delete', 'worker', ...app])
    expect(configs).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/the config defines worker\n +remove it there and deploy/),
    })
  })

  test('a process that is to be made with what is wrong is refused with all of it (D9 TP-18)', async () => {
    const wrong = await home.run(['process', 'create', 'My_Worker', 'memroy=2', 'cpu=lots', ...app])
    expect(wrong).toMatchObject({ code: 2, stdout: '' })
    expect(wrong.stderr).toMatch(/name of a process must be .*found "My_Worker"/)
    expect(wrong.stderr).toContain('did you mean "my-worker"?')
    expect(wrong.stderr).toContain('did you mean "memory"?')
    expect(wrong.stderr).toContain('cpu must be')
    const failed = await home.run(['process', 'create', 'ends', 'command=echo done', 'env.KEY=1', ...app])
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining('is a task') })
    expect(failed.stderr).toContain('gantry env unset KEY --process ends')
    expect(await home.run(['env', 'unset', 'KEY', '--process', 'ends', ...app])).toMatchObject({ code: 0 })
    const unnamed = await home.run(['process', 'create', 'memory=2', ...app])
    expect(unnamed).toMatchObject({ code: 2, stderr: expect.stringContaining('the name comes first') })
  })

  test('a process that is stopped shows as stopped until it is started (BK-03)', async () => {
    await home.run(['process', 'stop', 'worker', ...app])
    expect((await home.run(['ps', ...app])).stdout).toMatch(/^worker +stopped$/m)
    await home.run(['process', 'start', 'worker', ...app])
    expect((await home.run(['ps', ...app])).stdout).toMatch(/^worker\.1-\w+ +up/m)
  })

  test('restart replaces the instances', async () => {
    const instance = async () =>
      (await home.json<Running>(['ps', 'worker', ...app])).processes[0]!.instances[0]!.id
    const before = await instance()
    expect(await home.run(['process', 'restart', 'worker', ...app])).toMatchObject({ code: 0 })
    expect(await instance()).not.toBe(before)
  })

  test('variables are set from arguments and from standard input, and never shown', async () => {
    const set = await home.run(['env', 'set', 'GREETING=hello you', ...app])
    expect(set.stderr).toContain('gantry process restart')
    const secret = await home.run(['env', 'set', 'API_KEY', '--secret', ...app], { input: 'opensesame\n' })
    expect(secret).toMatchObject({ code: 0, stdout: '' })

    const listed = await home.run(['env', 'list', ...app])
    expect(listed.stdout).toMatch(/^API_KEY +yes +all/m)
    expect(listed.stdout).toMatch(/^GREETING +no +all/m)
    expect(listed.stdout).not.toMatch(/opensesame|hello you/)

    const length = await home.run(['run', ...app, 'echo "$GREETING ${#API_KEY}"'])
    expect(length).toEqual({ stdout: 'hello you 10\n', stderr: '', code: 0 })

    expect(await home.run(['env', 'unset', 'GREETING', 'API_KEY', ...app])).toMatchObject({ code: 0 })
    expect(await home.json(['env', 'list', ...app])).toEqual([])
    expect(await home.run(['env', 'unset', 'GREETING', ...app])).toMatchObject({ code: 2 })
  })

  test('variables of one process: what cannot be one is refused, and one that does not run is doubted', async () => {
    const set = (process: string) => home.run(['env', 'set', 'LEVEL=debug', '--process', process, ...app])
    expect(await set('wrker/../x')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"wrker/../x" cannot be the name of a process'),
    })
    const doubted = await set('wrker')
    expect(doubted.code).toBe(0)
    expect(doubted.stderr).toContain('no process wrker runs: it gets them once there is one; there is worker')
    expect((await set('worker')).stderr).not.toContain('no process')
    for (const process of ['wrker', 'worker']) {
      const unset = ['env', 'unset', 'LEVEL', '--process', process, ...app]
      expect(await home.run(unset)).toMatchObject({ code: 0 })
    }
  })

  test('the warning about secrets on the command line does not repeat them', async () => {
    const { stderr } = await home.run(['env', 'set', 'KEY=opensesame', '--secret', ...app])
    expect(stderr).toContain('could see that value')
    expect(stderr).not.toContain('opensesame')
  })

  test('run gives the exit code of the command', async () => {
    expect(await home.run(['run', ...app, 'echo out; exit 7'])).toEqual({
      stdout: 'out\n',
      stderr: '',
      code: 7,
    })
    const { stdout } = await home.run(['run', '--json', ...app, 'echo out'])
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([{ line: 'out' }, { exit_code: 0, reason: null }])
  })

  test('run takes a program and its options word by word, with or without --', async () => {
    const [plain, dashed] = await Promise.all([
      home.run(['run', ...app, 'printf', '%s|', '-la', 'a b', '$HOME', '--json']),
      home.run(['run', ...app, '--', 'printf', '%s|', '-n', '--json']),
    ])
    const warned = expect.stringContaining('--json is given to printf')
    expect(plain).toEqual({ stdout: '-la|a b|$HOME|--json|\n', stderr: warned, code: 0 })
    expect(dashed).toEqual({ stdout: '-n|--json|\n', stderr: '', code: 0 })
  })

  test('a variable without a value is refused, and an empty one can be asked for', async () => {
    const none = await home.run(['env', 'set', 'EMPTY', ...app], { input: '' })
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toBe(
      ' !     no value was given for EMPTY\n       if it is to be empty, say so: gantry env set EMPTY=\n',
    )
    expect(await home.json(['env', 'list', ...app])).not.toContainEqual(
      expect.objectContaining({ name: 'EMPTY' }),
    )
    expect(await home.run(['env', 'set', 'EMPTY=', ...app])).toMatchObject({ code: 0 })
    await home.run(['env', 'unset', 'EMPTY', ...app])
  })

  test('Ctrl-C stops a command that runs', async () => {
    const child = home.start(['run', ...app, 'trap "exit 0" TERM; echo ready; sleep 60 & wait'])
    await child.until('stdout', 'ready')
    child.kill('SIGINT')
    expect((await child.ended).code).toBe(130)
  })

  test('logs have time and instance, and following them ends with 0 on Ctrl-C (BK-03 SW-38)', async () => {
    const { stdout } = await home.run(['logs', 'worker', '-n', '2', ...app])
    expect(stdout).toMatch(/^(?:\d{4}-[\d:.T-]+Z worker\.\d+-\w+ \| tick\n){2}$/)
    const child = home.start(['logs', '-f', '-n', '1', ...app])
    await child.until('stdout', 'tick\n')
    child.kill('SIGINT')
    expect((await child.ended).code).toBe(0)
  })

  test('logs are narrowed to an instance, to a time and to a deployment', async () => {
    const [line] = (await home.run(['logs', 'worker', '-n', '1', '--json', ...app])).stdout.split('\n')
    const { instance } = JSON.parse(line!) as LogLine
    const [own, nobody, late, first, unknown, bad] = await Promise.all([
      home.run(['logs', '--instance', instance, '--since', '1h', '-n', '3', '--json', ...app]),
      home.run(['logs', '--instance', 'worker.9-000000', ...app]),
      home.run(['logs', '--since', '2999-01-01T00:00:00+02:00', ...app]),
      home.run(['logs', 'worker', '--deployment', '1', '-n', '10000', '--json', ...app]),
      home.run(['logs', '--deployment', '999', ...app]),
      home.run(['logs', '--since', 'yesterday', ...app]),
    ])
    const read = ({ stdout }: Ended): LogLine[] =>
      stdout
        .trimEnd()
        .split('\n')
        .map((each) => JSON.parse(each) as LogLine)
    expect(read(own).map((each) => each.instance)).toEqual([instance, instance, instance])
    expect(nobody).toMatchObject({
      code: 0,
      stdout: '',
      stderr: expect.stringContaining('nothing was written'),
    })
    expect(late).toMatchObject({ code: 0, stdout: '' })
    const { started_at } = await home.json<Deployment>(['deployment', 'show', '1', ...app])
    const ofFirst = read(first)
    expect(ofFirst.length).toBeGreaterThan(0)
    expect(ofFirst.every(({ time }) => time >= started_at!)).toBe(true)
    const next = (await home.json<Deployment[]>(['deployment', 'list', ...app])).find(
      ({ number }) => number === 2,
    )
    if (next?.started_at != null) expect(ofFirst.at(-1)!.time < next.started_at).toBe(true)
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('has no deployment #999') })
    expect(bad).toMatchObject({ code: 2, stderr: expect.stringContaining('how long ago, as in 10m') })
  })

  test('a deployment is cancelled, and one that has ended is not', async () => {
    const slow = await home.newApp('slow', TICKS.replace('50ms', '60s'))
    const deploying = home.start(['deploy'], { cwd: slow.folder })
    await expect
      .poll(async () => home.json(['deployment', 'list', '--app', 'slow']))
      .toMatchObject([{ status: 'running' }])
    expect(await home.run(['deployment', 'cancel', '1', '--app', 'slow'])).toMatchObject({
      code: 0,
      stderr: '#1 is being cancelled: gantry deployment logs 1 --app slow -f\n',
    })
    expect((await deploying.ended).code).toBe(1)
    expect(await home.json(['deployment', 'show', '1', '--app', 'slow'])).toMatchObject({
      status: 'cancelled',
    })
    expect(await home.run(['deployment', 'cancel', '1', ...app])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('has ended'),
    })
  })

  test('deployments and releases are listed and shown', async () => {
    const [list, show, logs, releases, release, unknown] = await Promise.all([
      home.run(['deployment', 'list', ...app]),
      home.run(['deployment', 'show', '#1', ...app]),
      home.run(['deployment', 'logs', '1', ...app]),
      home.run(['release', 'list', ...app]),
      home.run(['release', 'show', 'v1', ...app]),
      home.run(['deployment', 'show', '999', ...app]),
    ])
    expect(list.stdout).toMatch(/^#1 +succeeded +v1 +\w{7} +cli deploy +\w+ +first$/m)
    expect(show.stdout).toMatch(/^title +first$/m)
    expect(logs.stdout).toContain('-----> Released v1')
    expect(releases.stdout).toMatch(/^v1 +#1 +\w{7}/m)
    expect(release.stdout).toMatch(/^release +v1\ndeployment +#1\ntitle +first\n/)
    expect(release.stdout).toMatch(/^process:worker +[0-9a-f]{12}$/m)
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('has no deployment #999') })
  })

  test('rollback wants a yes, and says that migrations and the branch stay', async () => {
    const asked = await home.run(['rollback', 'v1', ...app])
    expect(asked).toMatchObject({ code: 2, stderr: expect.stringContaining('Migrations are not undone') })
    const { stdout, stderr, code } = await home.run(['rollback', 'v1', '--yes', ...app])
    expect(stdout).toContain('rollback to v1')
    expect(stderr).toMatch(
      /The branch stays where it is: the next push, or `gantry deploy`, goes on from there\n$/,
    )
    expect(code).toBe(0)
    expect(stderr).not.toContain('does not keep its image')
    expect(await home.run(['rollback', 'v9', '--yes', ...app])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('busy has no release v9'),
    })
  })

  test('rollback says which image of an operator does not stay', async () => {
    const pinned = await home.run(['process', 'set', 'worker', 'image=release:v1', ...app])
    expect(pinned, pinned.stdout + pinned.stderr).toMatchObject({ code: 0 })
    const { stderr } = await home.run(['rollback', 'v1', ...app])
    expect(stderr).toContain(
      'worker does not keep its image release:v1, which an operator set: it gets that of v1',
    )
  })
})
