import { chmod, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'

import { GIT_REMOTE } from '../../src/cli/remote.ts'
import { endpointOf } from '../../src/cli/remote-endpoint.ts'
import { parseRemoteUrl } from '../../src/cli/remote-url.ts'
import type { DeployEvent } from '../../src/deploy/events.ts'
import type { LogLine } from '../../src/engine/logs.ts'
import type { Running } from '../../src/engine/running.ts'
import { World } from '../e2e/world.ts'
import { Checkout } from './checkout.ts'
import { CutProxy } from './cut-proxy.ts'
import { gantry, startGantry, startServer, temporaryFolder, type GantryOptions } from './gantry.ts'
import { config, TestHome } from './test-home.ts'

const COUNTS = config('i=0; while :; do i=$((i + 1)); echo "line $i"; sleep 0.02; done')

const folder = await temporaryFolder(afterAll)
const checkout = new Checkout(await temporaryFolder(afterAll))
const tokens: Record<string, string> = {}
let home: TestHome

beforeAll(async () => {
  const server = await startServer(folder)
  home = new TestHome(folder, server.url)
  await home.run(['app', 'create', 'shop'])
  for (const scope of ['read', 'push', 'operate', 'admin']) {
    const of = scope === 'admin' ? [] : ['--app', 'shop']
    tokens[scope] = (await home.run(['token', 'create', '--scope', scope, ...of])).stdout.trim()
  }
  checkout.commit('first', { 'gantry.yml': COUNTS })
  expect(await home.run(['deploy', '--app', 'shop', '-C', checkout.folder])).toMatchObject({ code: 0 })
  return async () => {
    await server.stop()
  }
})

/** The environment of somebody on another machine, who has a token. */
const as = (scope: string, url = home.url): Record<string, string> => ({
  GANTRY_SERVER: url,
  GANTRY_TOKEN: tokens[scope]!,
})
const run = (scope: string, args: readonly string[], options: GantryOptions = {}) =>
  gantry(args, { ...options, env: { ...as(scope), ...options.env } })

describe('with GANTRY_SERVER and a token', () => {
  test('to push, a commit is planned and deployed, and nothing else may be changed', async () => {
    const cwd = checkout.folder
    checkout.commit('second', { 'gantry.yml': COUNTS.replace('0.02', '0.01') })
    const planned = await run('push', ['plan', '--app', 'shop'], { cwd })
    expect(planned).toMatchObject({ code: 0, stdout: expect.stringMatching(/~ worker +update/) })
    const deployed = await run('push', ['deploy', '--app', 'shop', '--json'], { cwd })
    expect(deployed.stderr).toContain('Released v2')
    expect(JSON.parse(deployed.stdout)).toMatchObject({ number: 2, status: 'succeeded', by: 'push shop' })
    const { stderr, code } = await run('push', ['scale', 'worker=2'])
    expect(stderr).toMatch(/this needs .*operate/)
    expect(code).toBe(2)
    expect(stderr + deployed.stderr + planned.stderr).not.toContain(tokens['push'])
  })

  test('to read, everything is shown and nothing is changed', async () => {
    const { stdout } = await run('read', ['ps', '--json'])
    expect((JSON.parse(stdout) as Running).processes).toMatchObject([{ spec: { name: 'worker' } }])
    const shown = await Promise.all(
      [
        ['logs', '-n', '1'],
        ['deployment', 'list'],
        ['release', 'show', 'v1'],
        ['task', 'list'],
        ['env', 'list'],
      ].map((args) => run('read', args)),
    )
    expect(shown.map(({ code, stderr }) => code === 0 || stderr)).toEqual([true, true, true, true, true])
    const refused = await Promise.all(
      [
        ['env', 'set', 'A=1'],
        ['run', 'true'],
        ['rollback', 'v1', '--yes'],
        ['process', 'stop', 'worker'],
      ].map((args) => run('read', args)),
    )
    expect(refused.map(({ stderr }) => /this needs .*operate/.test(stderr))).toEqual([true, true, true, true])
  })

  test('to operate, it works as on the machine of the server', async () => {
    expect(await run('operate', ['scale', 'worker=2'])).toMatchObject({ code: 0 })
    expect((await run('operate', ['scale'])).stdout).toBe('worker=2\n')
    expect(await run('operate', ['env', 'set', 'GREETING'], { input: 'hello' })).toMatchObject({ code: 0 })
    expect(await run('operate', ['run', 'echo "$GREETING"; exit 7'])).toMatchObject({
      code: 7,
      stdout: 'hello\n',
    })
    const task = await run('operate', ['task', 'create', 'echo done', '--wait'])
    expect(task).toMatchObject({ code: 0, stdout: expect.stringContaining('done') })
    expect(await run('operate', ['process', 'unset', 'worker', 'demand_count'])).toMatchObject({ code: 0 })
    const { stderr, code } = await run('operate', ['token', 'list'])
    expect({ stderr, code }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/this needs .*admin/),
    })
  })

  test('of an admin, apps and tokens are made from afar', async () => {
    const made = await run('admin', ['app', 'create', 'far'])
    expect(made.stdout).toContain(`git remote add gantry ${home.url.replace('//', '//any:TOKEN@')}/far.git`)
    const token = await run('admin', ['token', 'create', '--app', 'far', '--scope', 'read'])
    expect(token.stdout).toMatch(/^gantry_/)
    expect(
      (await gantry(['ps'], { env: { ...as('admin'), GANTRY_TOKEN: token.stdout.trim() } })).stderr,
    ).toBe('nothing was deployed to far yet\n')
    expect(await run('admin', ['app', 'delete', 'far', '--yes'])).toMatchObject({ code: 0 })
  })

  test('that is none is said with where it is from', async () => {
    const env = { ...as('read'), GANTRY_TOKEN: 'gantry_00_x' }
    const { stderr, code } = await gantry(['ps'], { env })
    expect(stderr).toContain(`${home.url} (GANTRY_SERVER) does not accept the token from GANTRY_TOKEN`)
    expect(stderr).toContain('gantry token create')
    expect(stderr).not.toContain('gantry_00_x')
    expect(code).toBe(2)
    const none = await gantry(['ps'], { env: { GANTRY_SERVER: home.url } })
    expect(none.stderr).toContain(`there is no token for ${home.url} (GANTRY_SERVER)`)
    const odd = await gantry(['ps'], { env: { ...as('read'), GANTRY_TOKEN: 'a\nb: c' } })
    expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining('characters that no token has') })
  })

  test('-v says which server it is, beside what is printed', async () => {
    const { stdout, stderr } = await run('read', ['ps', '-v', '--json'])
    expect(stderr).toBe(`       Speaks to ${home.url} (GANTRY_SERVER); the token is from GANTRY_TOKEN\n`)
    expect(JSON.parse(stdout)).toBeTypeOf('object')
    const local = await home.run(['app', 'list', '--verbose'])
    expect(local.stderr).toBe(`       Speaks to the server of ${folder} (GANTRY_HOME)\n`)
  })
})

describe('the git remote of a checkout', () => {
  async function cloned(url: string): Promise<Checkout> {
    const clone = new Checkout(await temporaryFolder())
    clone.git('remote', 'add', 'gantry', `${url}/shop.git`)
    return clone
  }

  test('names server, app and token', async () => {
    const { folder: cwd } = await cloned(home.url.replace('//', `//any:${tokens['read']}@`))
    const { stdout, stderr } = await gantry(['scale', '-v'], { cwd })
    expect(stdout).toBe('worker=1\n')
    expect(stderr).toBe(
      `       Speaks to ${home.url} (the git remote gantry); the token is from the git remote\n`,
    )
  })

  test('is less than GANTRY_SERVER, and its app is meant nonetheless', async () => {
    const { folder: cwd } = await cloned('https://elsewhere.invalid')
    expect(await run('operate', ['scale'], { cwd })).toMatchObject({ code: 0, stdout: 'worker=1\n' })
  })

  test("gets the token that git's credential helper has, which forgets one that is not accepted", async () => {
    const clone = await cloned(home.url)
    const { folder: cwd } = clone
    const store = join(cwd, '.git/credentials')
    const keep = async (token: string) => {
      await writeFile(store, `${home.url.replace('//', `//ada:${token}@`)}\n`)
      await chmod(store, 0o600)
    }
    clone.git('config', 'credential.helper', `store --file=${store}`)
    await keep(tokens['read']!)
    const { stdout, stderr } = await gantry(['scale', '-v'], { cwd })
    expect(stdout).toBe('worker=1\n')
    expect(stderr).toContain("the token is from git's credential helper")

    await keep('gantry_00_x')
    expect((await gantry(['scale'], { cwd })).stderr).toContain("the token from git's credential helper")
    expect((await gantry(['scale'], { cwd })).stderr).toContain('there is no token for')
  })

  test('is not asked for on a terminal that is not there', async () => {
    const { folder: cwd } = await cloned(home.url)
    const asker = join(cwd, 'ask')
    await writeFile(asker, '#!/bin/sh\necho gantry_asked\n', { mode: 0o755 })
    const { stderr } = await gantry(['ps'], { cwd, env: { GIT_ASKPASS: asker, SSH_ASKPASS: asker } })
    expect(stderr).toContain('there is no token for')
  })

  test('that means the server of the own home is used as its owner', async () => {
    const { port } = new URL(home.url)
    const named = parseRemoteUrl(`http://any:${tokens['push']}@localhost:${port}/shop.git`)!
    const search = { folder: tmpdir(), ask: false }
    const server = { kind: 'remote', why: GIT_REMOTE, ...named } as const
    expect(await endpointOf(server, search, folder)).toMatchObject({ kind: 'home', home: folder })
    const other = await temporaryFolder()
    expect(await endpointOf(server, search, other)).toMatchObject({ kind: 'remote', token: tokens['push'] })
    const asked = { ...server, why: 'GANTRY_SERVER' }
    expect(await endpointOf(asked, search, folder)).toMatchObject({ kind: 'remote' })
  })
})

describe('over a connection that breaks', () => {
  async function proxied() {
    const proxy = await CutProxy.to(home.url)
    onTestFinished(() => proxy[Symbol.asyncDispose]())
    return { proxy, env: as('operate', proxy.url) }
  }

  test('lines of logs are neither lost nor doubled, and Ctrl-C ends them well', async () => {
    const { proxy, env } = await proxied()
    const logs = startGantry(['logs', '-f', '-n', '1', '--json'], { env })
    let texts: string[] = []
    for (let cuts = 0; cuts < 3; cuts++) {
      const before = texts.length
      await expect
        .poll(() => {
          texts = logs.said('stdout').trimEnd().split('\n')
          return texts.length
        })
        .toBeGreaterThan(before + 20)
      proxy.cut()
    }
    const stopAt = texts.length + 20
    await expect.poll(() => logs.said('stdout').split('\n').length).toBeGreaterThan(stopAt)
    logs.kill('SIGINT')
    const { stdout, stderr, code } = await logs.ended
    expect(code).toBe(0)
    expect(stderr.split('the connection to the server broke: trying again').length - 1).toBe(3)
    const numbers = stdout
      .trimEnd()
      .split('\n')
      .map((each) => Number((JSON.parse(each) as LogLine).text.replace('line ', '')))
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index))
  })

  test('a deployment is watched to its end, each event once', async () => {
    const { proxy, env } = await proxied()
    checkout.commit('slow', {
      'gantry.yml': `${COUNTS}tasks: {migrate: {command: 'for i in 1 2 3 4 5 6 7 8; do echo step $i; sleep 0.4; done', run: pre_deploy}}\n`,
    })
    expect(await run('push', ['plan', '--app', 'shop'], { cwd: checkout.folder })).toMatchObject({ code: 0 })
    const sha = checkout.git('rev-parse', 'HEAD')
    const deploying = startGantry(['deploy', sha, '--app', 'shop'], { env })
    await deploying.until('stdout', 'step 2')
    proxy.cut()
    const { stdout, stderr, code } = await deploying.ended
    expect(stderr).toContain('trying again')
    expect(stdout.match(/step \d/g)).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `step ${n}`))
    expect(stdout.match(/Released v\d+/g)).toHaveLength(1)
    expect(code).toBe(0)
    const events = await gantry(['deployment', 'logs', '1', '--json'], { env })
    expect(events.code).toBe(0)
    const types = events.stdout
      .trim()
      .split('\n')
      .map((each) => (JSON.parse(each) as DeployEvent).type)
    expect(types.at(-1)).toBe('deployment.finished')
  })

  test('a deployment goes on when Ctrl-C ends the watching', async () => {
    checkout.commit('waits', { 'gantry.yml': COUNTS.replace('50ms', '60s').replace('line', 'Line') })
    await run('push', ['plan', '--app', 'shop'], { cwd: checkout.folder })
    const child = startGantry(['deploy', checkout.git('rev-parse', 'HEAD')], {
      env: { ...as('operate'), GANTRY_APP: 'shop' },
    })
    const said = await child.until('stdout', 'worker.1 starting')
    child.kill('SIGINT')
    const { stderr, code } = await child.ended
    expect({ said, code }).toMatchObject({ code: 130 })
    const [, number = ''] = /gantry deployment cancel (\d+) --app shop/.exec(stderr) ?? []
    expect(await run('operate', ['deployment', 'cancel', number])).toMatchObject({ code: 0 })
    expect((await run('operate', ['deployment', 'logs', '-f', number])).stdout).toContain('cancelled')
  })

  test('those who follow go on when the server was started anew', async () => {
    await using world = await World.create()
    const clone = await world.createApp('shop')
    expect(await clone.deploy({ 'gantry.yml': COUNTS })).toMatchObject({ ok: true })
    const env = { GANTRY_SERVER: world.url, GANTRY_TOKEN: clone.token }
    const logs = startGantry(['logs', '-f', '-n', '1'], { env })
    await logs.until('stdout', 'line ')
    await world.stop()
    await world.start()
    const before = logs.said('stdout').split('\n').length
    await expect.poll(() => logs.said('stdout').split('\n').length).toBeGreaterThan(before + 10)
    logs.kill('SIGINT')
    expect((await logs.ended).code).toBe(0)
  })

  test('a command that runs once is an error, as it cannot be known how it ended', async () => {
    const { proxy, env } = await proxied()
    const child = startGantry(['run', 'echo ready; sleep 60'], { env })
    await child.until('stdout', 'ready')
    proxy.cut()
    expect(await child.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the connection to the server broke'),
    })
  })
})
