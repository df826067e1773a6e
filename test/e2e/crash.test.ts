import { readFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'

import { expect, it } from 'vitest'

import type { Deployment } from '../../src/engine/ledger.ts'
import { Repository } from '../../src/git/repository.ts'
import { SHOP, shop, web } from './apps.ts'
import { isAlive, World } from './world.ts'

const pidsOf = async (world: World, app: string): Promise<number[]> =>
  (await world.running(app)).processes.flatMap(({ instances }) => instances.map((each) => each.pid ?? 0))

it('a server that was killed brings back exactly what ran, and leaves nothing of before', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('back')
  await checkout.deploy(shop('1', SHOP.replace('node worker.mjs,', 'node worker.mjs, demand_count: 2,')))
  const before = await pidsOf(world, 'back')
  expect(before).toHaveLength(3)
  await world.kill()
  await world.start()
  await expect.poll(async () => (await world.open('back')).status).toBe(200)
  await expect.poll(async () => (await world.up('back'))['worker']).toHaveLength(2)
  expect(before.filter(isAlive)).toEqual([])
  expect(new Set(world.inhabitants())).toEqual(new Set(await pidsOf(world, 'back')))
})

it('a process that left its group and its session is found as well', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('daemon')
  const daemon = `setsid sleep 4321 & exec node worker.mjs`
  await checkout.deploy(shop('1', SHOP.replace('node worker.mjs,', `'${daemon}',`)))
  const all = world.inhabitants()
  expect(all.length).toBeGreaterThan(2)
  await world.kill()
  await world.start()
  expect(all.filter(isAlive)).toEqual([])
})

it('a stranger that got a recorded pid is left alone', async () => {
  await using world = await World.create()
  await world.kill()
  const stranger = spawn('sleep', ['600'], { detached: true, stdio: 'ignore' })
  const db = new DatabaseSync(join(world.home, 'gantry.db'))
  const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  const row = db.prepare(
    'INSERT INTO children (secret, name, pid, start_time, boot_id) VALUES (?, ?, ?, ?, ?)',
  )
  row.run('s1', 'another start time', stranger.pid!, '1', bootId)
  const startTime = readFileSync(`/proc/${stranger.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[19]!
  row.run('s2', 'another boot', stranger.pid!, startTime, 'boot-of-yesterday')
  db.close()
  await world.start()
  expect(isAlive(stranger.pid!)).toBe(true)
  stranger.kill('SIGKILL')
})

it('killed at random moments of a deployment, it marks it, cleans up, and the next push converges', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('moments')
  const config = `${SHOP}tasks: {migrate: {command: 'sleep 0.1', run: pre_deploy}}\n`
  await checkout.deploy(shop('0', config))
  for (let round = 1; round <= 6; round += 1) {
    await checkout.commit({ 'web.mjs': web(String(round)) })
    const push = checkout.start()
    await delay(Math.random() * 900)
    await world.kill()
    const { exitCode } = await push
    await world.start()
    const latest = async (): Promise<Deployment> => (await world.deployments('moments'))[0]!
    await expect.poll(async () => (await latest()).finished_at, { timeout: 20_000 }).not.toBeNull()
    const last = await latest()
    expect(['interrupted', 'succeeded']).toContain(last.status)
    // Nothing runs twice, and what answers is one whole version.
    await expect.poll(async () => (await world.open('moments')).status, { timeout: 10_000 }).toBe(200)
    const version = Number((JSON.parse((await world.open('moments')).body) as { version: string }).version)
    if (last.status === 'succeeded') expect(version).toBeLessThanOrEqual(round)
    const again = await checkout.push()
    expect(again.ok, `${exitCode} ${again.output}`).toBe(true)
    expect(JSON.parse((await world.open('moments')).body)).toMatchObject({ version: String(round) })
    expect(new Set(world.inhabitants())).toEqual(new Set(await pidsOf(world, 'moments')))
  }
}, 90_000)

it('an outcome whose branch did not move is repaired at the next start', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('repair')
  const commit = await checkout.commit(shop('1'))
  await checkout.push()
  await world.kill()
  const repository = new Repository(join(world.home, 'repositories', 'repair.git'))
  const zero = '0'.repeat(40)
  await repository.updateRefs([{ ref: 'refs/heads/main', from: commit, to: zero }], 'test', 'undo')
  const db = new DatabaseSync(join(world.home, 'gantry.db'))
  db.prepare('INSERT INTO ref_moves (app, number, ref, old_id, new_id) VALUES (?, ?, ?, ?, ?)').run(
    'repair',
    1,
    'refs/heads/main',
    zero,
    commit,
  )
  db.close()
  await world.start()
  await expect.poll(() => checkout.git('ls-remote', checkout.remote, 'refs/heads/main')).toContain(commit)
})

/** An app whose recovery after a crash waits for `flag`, on a server that was killed while it was deployed. */
async function cutOff(world: World, name: string): Promise<{ flag: string }> {
  const checkout = await world.createApp(name)
  const flag = join(world.folder, `${name}-flag`)
  const check = `health_check: {command: test -f ${flag}, interval: 1s, start_period: 60s}`
  const config = `processes: {worker: {command: node worker.mjs, ${check}}}\n`
  await writeFile(flag, '')
  expect((await checkout.deploy(shop('1', config))).ok).toBe(true)
  const wait = `tasks: {wait: {command: sleep 60, run: post_deploy}}\n`
  await checkout.commit(shop('2', `env: {NEW: "1"}\n${config}${wait}`))
  const pushed = checkout.start()
  const lines = (): Promise<string> => world.text(`/apps/${name}/logs?process=task.wait`)
  await expect.poll(lines, { timeout: 10_000 }).toContain('started by')
  await rm(flag)
  await world.kill()
  await pushed
  return { flag }
}

it('while one app is slow to recover, the server answers for the others', async () => {
  await using world = await World.create()
  await (await world.createApp('fine')).deploy(shop('1'))
  const { flag } = await cutOff(world, 'slow')
  await world.start()
  const status = async (): Promise<string> => (await world.deployments('slow'))[0]!.status
  await expect.poll(async () => (await world.open('fine')).status).toBe(200)
  expect(await status()).toBe('running')
  await writeFile(flag, '')
  await expect.poll(status, { timeout: 10_000 }).toBe('interrupted')
  expect(new Set(world.inhabitants())).toEqual(
    new Set([...(await pidsOf(world, 'slow')), ...(await pidsOf(world, 'fine'))]),
  )
})

it('a server that stops while an app recovers leaves nothing of it running, and the next one goes on', async () => {
  await using world = await World.create()
  const { flag } = await cutOff(world, 'slow')
  await world.start()
  await expect.poll(() => world.inhabitants().length).toBe(2)
  await world.stop()
  expect(world.inhabitants()).toEqual([])
  const db = new DatabaseSync(join(world.home, 'gantry.db'))
  const unfinished = db.prepare('SELECT number FROM deployments WHERE finished_at IS NULL').all()
  db.close()
  expect(unfinished).toEqual([{ number: 2 }])
  await writeFile(flag, '')
  await world.start()
  await expect
    .poll(async () => (await world.deployments('slow'))[0]!.status, { timeout: 10_000 })
    .toBe('interrupted')
  const [worker] = (await world.running('slow')).processes
  expect(worker).toMatchObject({ spec: { env: {} }, instances: [{ state: 'up' }] })
  expect(new Set(world.inhabitants())).toEqual(new Set(await pidsOf(world, 'slow')))
})

it('a second server on the same home is refused', async () => {
  await using world = await World.create()
  const second = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), world.home, '0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = (await Array.fromAsync(second.stderr)).join('')
  expect(output).toContain('another Gantry server uses this home')
})

it('a server that is stopped in order stops what runs, and starts it again', async () => {
  await using world = await World.create()
  const checkout = await world.createApp('order')
  await checkout.deploy(shop('1'))
  const before = world.inhabitants()
  await world.stop()
  expect(before.filter(isAlive)).toEqual([])
  await world.start()
  await expect.poll(async () => (await world.open('order')).status).toBe(200)
})
