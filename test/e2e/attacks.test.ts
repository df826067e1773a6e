import { once } from 'node:events'
import { connect } from 'node:net'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { afterAll, beforeAll, expect, it } from 'vitest'

import { findOwned } from '../../src/engine/local/identity.ts'
import { SHOP, shop } from './apps.ts'
import { World } from './world.ts'

const isRoot = process.getuid?.() === 0
let world: World
beforeAll(async () => void (world = await World.create()))
afterAll(() => world[Symbol.asyncDispose]())

const isHealthy = async (): Promise<boolean> => (await fetch(`${world.url}/healthz`)).ok

const uidOf = async (app: string): Promise<number> => {
  const { processes } = await world.running(app)
  const pid = processes[0]!.instances[0]!.pid!
  return Number(/^Uid:\t(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))![1])
}

it('an upgrade that is reset before it is answered does not end the server', async () => {
  const { hostname, port } = new URL(world.url)
  for (const host of ['localhost', 'nobody.example.com', 'nowhere.localhost']) {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    socket.write(`GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    socket.resetAndDestroy()
    await once(socket, 'close')
  }
  expect(await isHealthy()).toBe(true)
})

it.each(['%'.repeat(20_000), 'a'.repeat(60_000), `${'x'.repeat(3_000)} ümläut`])(
  'a secret of any length is filtered, and ends nothing',
  async (value) => {
    const name = `long-${value.length}`
    const checkout = await world.createApp(name)
    await world.api('PUT', `/apps/${name}/variables/KEY`, { value, secret: true })
    const task = `tasks: {say: {command: 'printf "%s\\n" "$KEY" | cut -c1-8000; exit 1', run: pre_deploy}}\n`
    const { output } = await checkout.deploy(shop('1', `${SHOP}${task}`))
    expect(output).toContain('[secret]')
    expect(output).not.toContain(value.slice(0, 40))
    expect(await isHealthy()).toBe(true)
  },
)

it('a tree that is deep and wide at once does not keep the server from answering', async () => {
  const checkout = await world.createApp('deep')
  const folder = Array.from({ length: 400 }, () => 'd').join('/')
  await checkout.commit(
    Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`${folder}/${index}`, ''])),
  )
  let slowest = 0
  const push = checkout.push()
  const over = new AbortController()
  void push.finally(() => over.abort())
  while (!over.signal.aborted) {
    const began = performance.now()
    await isHealthy()
    slowest = Math.max(slowest, performance.now() - began)
  }
  // Two hundred thousand folders to look at would take it many seconds.
  expect(slowest).toBeLessThan(3_000)
})

it('a page of another site cannot use the credentials that a browser keeps', async () => {
  const response = await fetch(`${world.url}/api/apps`, { headers: { 'sec-fetch-site': 'cross-site' } })
  expect(response.status).toBe(403)
})

it('whether an app exists is not told to those without a token', async () => {
  await world.createApp('hidden')
  const [hidden, nowhere] = [await world.open('hidden'), await world.open('nowhere')]
  expect(hidden).toEqual(nowhere)
})

it('many open streams with a valid token do not lock anybody out', async () => {
  const checkout = await world.createApp('streams')
  await checkout.deploy(shop('1'))
  const { token } = await world.api<{ token: string }>('POST', '/tokens', { scope: 'read', app: 'streams' })
  const abort = new AbortController()
  const follow = (): Promise<Response> =>
    fetch(`${world.url}/api/apps/streams/logs?follow=true`, {
      headers: { authorization: `Bearer ${token}` },
      signal: abort.signal,
    })
  const statuses = (await Promise.all(Array.from({ length: 40 }, follow))).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set([200]))
  abort.abort()
})

it('a build that buries folders deeper than a path can name is deleted all the same', async () => {
  const checkout = await world.createApp('buried')
  const dig = `for i in $(seq 500); do mkdir ddddddddddddddd && cd ddddddddddddddd || exit 1; done; exit 3`
  const { ok } = await checkout.deploy(shop('1', `build: {command: '${dig}'}\n${SHOP}`))
  expect(ok).toBe(false)
  expect(await readdir(join(world.home, 'apps', 'buried', 'images'))).toEqual([])
  await world.api('DELETE', '/apps/buried')
})

it.skipIf(!isRoot)('what a deleted app has left running is ended, and its user is nobody else', async () => {
  const evil = await world.createApp('evil')
  const daemon = `(setsid env -i /bin/sleep 600 &) ; exec node worker.mjs`
  await evil.deploy(shop('1', `processes: {worker: {command: "${daemon}"}}\n`))
  const uid = await uidOf('evil')
  expect(findOwned(new Set([uid])).length).toBeGreaterThan(1)
  await world.api('DELETE', '/apps/evil')
  expect(findOwned(new Set([uid]))).toEqual([])
  const bank = await world.createApp('bank')
  await bank.deploy(shop('1'))
  expect(await uidOf('bank')).not.toBe(uid)
})
