import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import type { AuditEntry } from '../../../src/server/audit.ts'
import { shop } from '../../e2e/apps.ts'
import { World } from '../../e2e/world.ts'
import { call, makeToken, type Answer } from './call.ts'

let world: World
let token: string
let commit: string
beforeAll(async () => {
  world = await World.create()
  token = (await makeToken(world, { scope: 'admin' })).token
  const checkout = await world.createApp('shop')
  expect((await checkout.deploy(shop('1'))).ok).toBe(true)
  commit = await checkout.git('rev-parse', 'HEAD')
})
afterAll(() => world[Symbol.asyncDispose]())

const post = (path: string, key: string, body: unknown, by = token): Promise<Answer> =>
  call(world, { method: 'POST', path, token: by, body, headers: { 'idempotency-key': key } })

const deploy = (key: string, body: unknown = { commit }): Promise<Answer> =>
  post('/apps/shop/deployments', key, body)

const newest = async (): Promise<number> => (await world.deployments('shop'))[0]!.number

test('a POST that comes again is carried out once, and told so', async () => {
  const first = await deploy('again')
  expect([first.status, first.headers['idempotency-replayed']]).toEqual([202, undefined])
  // The same, written otherwise.
  const second = await deploy('again', { allow_remove: false, commit })
  expect([second.status, second.headers['idempotency-replayed']]).toEqual([202, 'true'])
  expect(second.body).toEqual(first.body)
  expect(await newest()).toBe((first.body as { number: number }).number)
  const entries = await world.api<AuditEntry[]>('GET', '/apps/shop/audit')
  expect(entries.filter(({ action }) => action === 'deployment.create')).toHaveLength(1)
})

test('several at once are carried out once', async () => {
  const before = await newest()
  const answers = await Promise.all(Array.from({ length: 5 }, () => deploy('at-once')))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(await newest()).toBe(before + 1)
})

test('a key is good for one request', async () => {
  await deploy('one-request')
  const other = await deploy('one-request', { commit, rebuild: true })
  expect(other.status).toBe(422)
  expect(other.text).toContain('another request')
  expect((await post('/apps/shop/rollbacks', 'one-request', {})).status).toBe(422)
  const cancel = (number: number) => post(`/apps/shop/deployments/${number}/cancel`, 'cancel', {})
  expect([(await cancel(1)).status, (await cancel(2)).status]).toEqual([400, 422])
  const somebodyElse = (await makeToken(world, { scope: 'operate' })).token
  expect((await post('/apps/shop/deployments', 'one-request', { commit }, somebodyElse)).status).toBe(202)
})

test('what was refused before anything was looked at may be mended; what was refused later is refused again', async () => {
  expect((await deploy('mended', { comit: commit })).status).toBe(400)
  expect((await deploy('mended')).status).toBe(202)
  const missing = { commit: 'f'.repeat(40) }
  const refused = await deploy('refused', missing)
  expect(refused.status).toBe(404)
  const again = await deploy('refused', missing)
  expect([again.status, again.text]).toEqual([404, refused.text])
  expect(again.headers['idempotency-replayed']).toBe('true')
})

test('a key that is none is refused', async () => {
  expect((await deploy('x'.repeat(256))).status).toBe(400)
  expect((await deploy('two words')).status).toBe(400)
})

test('a token is not kept with the answer that gave it', async () => {
  const made = await post('/tokens', 'token', { name: 'once', scope: 'read' })
  expect(made.status).toBe(201)
  const secret = (made.body as { token: string }).token.slice('gantry_0123456789ab_'.length)
  const again = await post('/tokens', 'token', { name: 'once', scope: 'read' })
  expect(again.status).toBe(409)
  expect(again.text).not.toContain(secret)
  for (const file of ['gantry.db', 'gantry.db-wal']) {
    expect((await readFile(join(world.home, file))).includes(secret)).toBe(false)
  }
})

test('a command whose output was streamed does not run again', async () => {
  const body = { command: 'echo ran >> "$HOME/runs"' }
  expect((await post('/apps/shop/runs', 'stream', body)).status).toBe(200)
  const again = await post('/apps/shop/runs', 'stream', body)
  expect(again.status).toBe(409)
  expect(again.text).toContain('list of tasks')
  const count = await post('/apps/shop/runs', 'count', { command: 'wc -l < "$HOME/runs"' })
  expect(count.text).toContain('{"line":"1"}')
})

test('a restart forgets nothing', async () => {
  const first = await deploy('kept')
  await world.finished('shop', await newest())
  const before = await newest()
  await world.kill()
  await world.start()
  expect((await deploy('kept')).text).toBe(first.text)
  expect(await newest()).toBe(before)
})

test('what a crash has cut off is told as such, and is not done again', async () => {
  const begun = join(world.folder, 'begun')
  const bin = join(world.folder, 'bin')
  await mkdir(bin)
  const git = `#!/bin/sh\nPATH='${process.env['PATH']}'\ncase "$*" in *init*) : > '${begun}'; sleep 5;; esac\nexec git "$@"\n`
  await writeFile(join(bin, 'git'), git, { mode: 0o755 })
  await world.stop()
  await world.start({ PATH: `${bin}:${process.env['PATH']}` })
  const cutOff = post('/apps', 'cut-off', { name: 'late' }).catch((error: Error) => error)
  await expect.poll(() => existsSync(begun)).toBe(true)
  await world.kill()
  expect(await cutOff).toBeInstanceOf(Error)
  await world.start()
  const again = await post('/apps', 'cut-off', { name: 'late' })
  expect(again.status).toBe(409)
  expect(again.body).toMatchObject({
    error: { message: expect.stringContaining('in the middle'), hint: expect.stringContaining('new') },
  })
  expect((await call(world, { path: '/apps/late' })).status).toBe(404)
  expect((await post('/apps', 'another', { name: 'late' })).status).toBe(201)
})
