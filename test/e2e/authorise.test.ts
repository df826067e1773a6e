import { request } from 'node:http'
import { once } from 'node:events'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { shop } from './apps.ts'
import { World, type Checkout } from './world.ts'

let world: World
let checkout: Checkout
beforeAll(async () => {
  world = await World.create()
  checkout = await world.createApp('shop')
  await world.createApp('other')
  const { ok, output } = await checkout.deploy(shop('1'))
  expect(ok, output).toBe(true)
})
afterAll(() => world[Symbol.asyncDispose]())

interface Call {
  method?: string
  path: string
  token?: string | null
  basic?: boolean
  host?: string
  body?: string | Buffer
  type?: string
}

let client = 1
let localAddress = ''
beforeEach(() => {
  client += 1
  localAddress = `127.0.${client >> 8}.${client & 255}`
})

async function call({
  method = 'GET',
  path,
  token = null,
  basic,
  host,
  body,
  type,
}: Call): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(world.url)
  const authorization = basic ? `Basic ${Buffer.from(`any:${token}`).toString('base64')}` : `Bearer ${token}`
  const sent = request({
    hostname,
    port,
    method,
    path,
    agent: false,
    // Who guesses wrong has to wait; each test is somebody else.
    localAddress,
    headers: {
      host: host ?? `${hostname}:${port}`,
      'content-type': type ?? 'application/json',
      ...(token === null ? {} : { authorization }),
    },
  })
  sent.end(method === 'GET' ? undefined : body)
  const [response] = (await once(sent, 'response')) as [AsyncIterable<Buffer> & { statusCode: number }]
  return { status: response.statusCode, text: Buffer.concat(await Array.fromAsync(response)).toString() }
}

const token = async (settings: object): Promise<string> =>
  (await world.api<{ token: string }>('POST', '/tokens', { name: 'test', ...settings })).token

describe('the git door', () => {
  const POST = '/shop.git/git-receive-pack'
  const GET = '/shop.git/info/refs?service=git-receive-pack'
  const type = 'application/x-git-receive-pack-request'

  it.each([
    ['GET', GET],
    ['POST', POST],
    ['GET', '/shop.git/info/refs?service=git-upload-pack'],
    ['POST', '/shop.git/git-upload-pack'],
  ])('wants a token on the advertisement and on the request: %s %s', async (method, path) => {
    expect((await call({ method, path, type, body: '0000' })).status).toBe(401)
    expect((await call({ method, path, type, body: '0000', token: 'wrong', basic: true })).status).toBe(401)
  })

  it.each([GET, POST])('refuses a push by a token that may only read: %s', async (path) => {
    const reader = await token({ scope: 'read', app: 'shop' })
    const method = path === POST ? 'POST' : 'GET'
    expect((await call({ method, path, type, body: '0000', token: reader, basic: true })).status).toBe(403)
  })

  it.each([GET, POST])(
    'refuses the token of another app, and does not tell which apps exist: %s',
    async (path) => {
      const foreign = await token({ scope: 'push', app: 'other' })
      const method = path === POST ? 'POST' : 'GET'
      const answer = await call({ method, path, type, body: '0000', token: foreign, basic: true })
      const nowhere = await call({
        method,
        path: path.replace('shop', 'nowhere'),
        type,
        body: '0000',
        token: foreign,
        basic: true,
      })
      expect([answer.status, nowhere.status]).toEqual([403, 403])
    },
  )

  it('refuses a revoked token', async () => {
    const { id, token: text } = await world.api<{ id: string; token: string }>('POST', '/tokens', {
      app: 'shop',
    })
    expect((await call({ path: GET, token: text, basic: true })).status).toBe(200)
    await world.api('DELETE', `/tokens/${id}`)
    expect((await call({ path: GET, token: text, basic: true })).status).toBe(401)
  })

  it.each([
    '/../shop.git',
    '/shop.git/../other.git',
    '/%2e%2e/shop.git',
    '/shop.git/HEAD',
    '/shop.git/config',
    '/Shop.git',
  ])('serves no path but its own: %s', async (path) => {
    const admin = await token({ scope: 'admin' })
    const answer = await call({
      path: `${path}/info/refs?service=git-upload-pack`,
      token: admin,
      basic: true,
    })
    expect(answer.status).toBe(404)
    expect(answer.text).not.toContain('refs/heads')
  })
})

it('tokens are kept as hashes and never shown again', async () => {
  const text = await token({ scope: 'read' })
  expect(JSON.stringify(await world.api('GET', '/tokens'))).not.toContain(text.split('_').slice(2).join('_'))
})

it('a request for a name that is not served here is misdirected', async () => {
  expect((await call({ path: '/healthz', host: 'evil.example.com' })).status).toBe(421)
  expect((await call({ path: '/healthz' })).status).toBe(200)
  expect((await call({ path: '/', host: 'nowhere.localhost' })).status).toBe(404)
})

it('an app cannot be reached under the names of the server, nor the server under those of an app', async () => {
  expect((await call({ path: '/api/apps', host: `shop.localhost` })).text).toContain('"version":"1"')
})

it('who guesses tokens has to wait', async () => {
  await using guarded = await World.create()
  const before = world
  world = guarded
  try {
    const statuses: number[] = []
    for (let guess = 0; guess < 32; guess += 1) {
      statuses.push(
        (await call({ path: '/api/tokens', token: `gantry_000000000000_${'x'.repeat(43)}` })).status,
      )
    }
    expect(statuses[0]).toBe(401)
    expect(statuses.at(-1)).toBe(429)
  } finally {
    world = before
  }
})
