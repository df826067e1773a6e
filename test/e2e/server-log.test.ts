import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { execa } from 'execa'
import { expect, it, onTestFinished, vi } from 'vitest'

import { gantry, startGantry } from '../cli/gantry.ts'
import { remove, temporaryFolder } from '../engine/local/home.ts'

const author = ['-c', 'user.name=Test', '-c', 'user.email=t@example.com']

it('the log of the server tells what happens to it and to apps, without secrets and titles', async () => {
  const folder = await temporaryFolder()
  const [home, checkout] = [join(folder, 'home'), join(folder, 'checkout')]
  const server = startGantry(['server', '--home', home, '--listen', '127.0.0.1:0', '--log-level', 'info'])
  onTestFinished(async () => {
    server.kill('SIGTERM')
    await server.ended
    await remove(folder)
  })
  const url = (await server.until('stdout', '\n')).trim().replace('listening on ', '')
  const logged = (): Record<string, unknown>[] =>
    server
      .said('stderr')
      .split('\n')
      .flatMap((line) => (line.startsWith('{') ? [JSON.parse(line) as Record<string, unknown>] : []))
  const find = (msg: string) => logged().find((line) => line['msg'] === msg)

  await gantry(['app', 'create', 'shop', '--home', home])
  const { stdout } = await gantry(['token', 'create', '--app', 'shop', '--home', home])
  const token = /gantry_[0-9a-f]{12}_\S{43}/.exec(stdout)![0]
  const git = (...args: string[]) => execa('git', [...author, ...args], { cwd: checkout, reject: false })
  const remote = `${url.replace('://', `://any:${token}@`)}/shop.git`
  await mkdir(checkout)
  await git('init', '--quiet', '--initial-branch', 'main')
  await writeFile(join(checkout, 'Procfile'), 'worker: sleep 2; exit 7\n')
  await git('add', '.')
  await git('commit', '--quiet', '--message', 'A title that says much')
  expect((await git('push', remote, 'main')).exitCode).toBe(0)
  await server.until('stderr', 'instance lost')

  await writeFile(join(checkout, 'Procfile'), 'worker: exit 3\n')
  await git('commit', '--quiet', '--all', '--message', 'Another title')
  expect((await git('push', remote, 'main')).exitCode).toBe(1)
  expect((await git('push', remote, 'main:refs/gantry/mine')).exitCode).toBe(1)
  for (let tries = 0; tries < 3; tries += 1) {
    const authorization = `Bearer ${token.slice(0, -1)}`
    expect((await fetch(`${url}/api/apps`, { headers: { authorization } })).status).toBe(401)
  }
  await vi.waitFor(() => expect(find('wrong token refused')).toBeDefined())
  server.kill('SIGTERM')
  const { code, stderr } = await server.ended
  expect(code).toBe(0)

  const commit = expect.stringMatching(/^[0-9a-f]{40}$/)
  const app = { app: 'shop', environment: 'default' }
  expect(find('started')).toMatchObject({ level: 30, url, apps: 0 })
  expect(find('deployment started')).toMatchObject({ ...app, deployment: 1, kind: 'deploy', commit })
  expect(find('deployment ended')).toMatchObject({ ...app, deployment: 1, outcome: 'succeeded', release: 1 })
  expect(find('instance lost')).toMatchObject({
    ...app,
    instance: expect.stringMatching(/^worker\.1-/),
    reason: 'exit 7',
  })
  expect(find('instance failed')).toMatchObject({ ...app, deployment: 2, level: 40 })
  expect(logged().findLast((line) => line['msg'] === 'deployment ended')).toMatchObject({
    ...app,
    deployment: 2,
    outcome: 'rolled_back',
    reason: expect.stringContaining('exit 3'),
  })
  expect(find('push refused')).toMatchObject({ app: 'shop', ref: 'refs/gantry/mine', refs: 1 })
  const refused = logged().filter((line) => line['msg'] === 'wrong token refused')
  expect(refused).toEqual([expect.objectContaining({ level: 40, count: 1, address: '127.0.0.1' })])
  expect(
    logged()
      .slice(-2)
      .map((line) => line['msg']),
  ).toEqual(['stopping', 'stopped'])
  expect(stderr).not.toContain(token.slice(20, 60))
  expect(stderr).not.toContain('title')
})
