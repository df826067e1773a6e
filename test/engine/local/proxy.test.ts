import { once } from 'node:events'
import { Agent, request, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { connect, createServer, type AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Upstream } from '../../../src/engine/local/proxy/router.ts'
import { ask, begin, capitals, startApp, startFront, type App, type Front } from './proxy-setup.ts'

let front: Front
const apps: App[] = []

beforeEach(async () => {
  front = await startFront()
})
afterEach(async () => {
  await Promise.all([front.close(), ...apps.splice(0).map((app) => app.kill())])
})

async function serve(handler: RequestListener, onUpgrade?: Parameters<typeof startApp>[1]): Promise<App> {
  const app = await startApp(handler, onUpgrade)
  apps.push(app)
  front.serve(app)
  return app
}

/** What the app gets: the request line, the headers as they are on the wire, and the body. */
const mirror: RequestListener = (req, res) => void reflect(req, res)

async function reflect(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = await text(req)
  res.end(JSON.stringify({ method: req.method, url: req.url, headers: req.headers, body }))
}

async function mirrored(
  options: Parameters<typeof ask>[1],
): Promise<{ method: string; url: string; headers: Record<string, string>; body: string }> {
  return JSON.parse((await ask(front.port, options)).body)
}

/** Nothing listens there, as after a crash. */
async function deadUpstream(instance: string): Promise<Upstream> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return { instance, port }
}

describe('a request', () => {
  it('reaches the app with its method, path, host, headers and body', async () => {
    await serve(mirror)
    const headers = { host: 'shop.localhost:8080', 'x-custom': 'some thing', cookie: 'a=1; b=2' }
    const got = await mirrored({ method: 'PUT', path: '/a%20b//c?d=%2F&e', headers, body: 'hello' })
    expect(got).toMatchObject({ method: 'PUT', url: '/a%20b//c?d=%2F&e', headers, body: 'hello' })
  })

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'keeps its body with %s, of known length or not',
    async (method) => {
      await serve(mirror)
      expect(await mirrored({ method, body: 'known', headers: { 'content-length': '5' } })).toMatchObject({
        method,
        body: 'known',
      })
      const chunked = { 'transfer-encoding': 'chunked' }
      expect(await mirrored({ method, body: chunks('un', 'known'), headers: chunked })).toMatchObject({
        method,
        body: 'unknown',
      })
      expect(await mirrored({ method })).toMatchObject({ method, body: '' })
    },
  )

  it('says where it came from, and does not believe the client about that', async () => {
    await serve(mirror)
    const lies = {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'evil',
      'x-forwarded-port': '1',
      forwarded: 'for=6.6.6.6',
      'x-real-ip': '6.6.6.6',
      x_forwarded_for: '6.6.6.6',
    }
    const { headers } = await mirrored({ headers: { ...lies, host: 'shop.localhost' } })
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'shop.localhost',
    })
    expect(
      Object.keys(headers)
        .filter((name) => /forwarded|real/.test(name))
        .sort(),
    ).toEqual(['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto'])
  })

  it('keeps what a trusted proxy in front says', async () => {
    await front.close()
    front = await startFront({ trustForwarded: true })
    await serve(mirror)
    const said = {
      'x-forwarded-for': '1.2.3.4',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'shop.example.com',
      'x-forwarded-port': '443',
    }
    const { headers } = await mirrored({ headers: said })
    expect(headers).toMatchObject({ ...said, 'x-forwarded-for': '1.2.3.4, 127.0.0.1' })
    expect((await mirrored({ headers: { host: 'h' } })).headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'h',
    })
  })

  it('leaves the headers of one connection behind, in both directions', async () => {
    await serve((req, res) => {
      res.setHeader('connection', 'close, x-hop')
      res.setHeader('x-hop', '1')
      res.setHeader('keep-alive', 'timeout=99')
      res.setHeader('x-stays', '1')
      mirror(req, res)
    })
    const hop = {
      connection: 'keep-alive, x-secret',
      'x-secret': '1',
      te: 'trailers',
      'keep-alive': '1',
      'proxy-authorization': 'x',
      upgrade: 'h2c',
    }
    const answer = await ask(front.port, { headers: { ...hop, upgrade: '' } })
    const { headers } = JSON.parse(answer.body)
    for (const name of ['x-secret', 'te', 'keep-alive', 'proxy-authorization', 'upgrade'])
      expect(headers).not.toHaveProperty(name)
    expect(headers.connection).toBe('keep-alive')
    expect(answer.headers).not.toHaveProperty('x-hop')
    expect(answer.headers).toMatchObject({ 'x-stays': '1', connection: 'keep-alive' })
    expect(answer.headers['keep-alive']).not.toBe('timeout=99')
  })

  it('does not cost the client its connection', async () => {
    await serve(mirror)
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const ports = new Set<unknown>()
    agent.on('free', (socket) => ports.add(socket.localPort))
    for (let n = 0; n < 3; n++) await ask(front.port, { agent, method: 'POST', body: 'x' })
    expect(ports.size).toBe(1)
    agent.destroy()
  })

  it('with the whole URL reaches the app with its path', async () => {
    await serve(mirror)
    expect((await mirrored({ path: 'http://shop.localhost/x?y' })).url).toBe('/x?y')
    expect((await mirrored({ path: 'http://shop.localhost' })).url).toBe('/')
  })

  it('is streamed as it comes', async () => {
    const seen: string[] = []
    let wake = (): void => {}
    await serve((req, res) => {
      req.on('data', (chunk: Buffer) => {
        seen.push(chunk.toString())
        wake()
      })
      req.on('end', () => res.end())
    })
    async function* slowly(): AsyncGenerator<Buffer> {
      for (const part of ['one', 'two']) {
        const arrived = new Promise<void>((resolve) => (wake = resolve))
        yield Buffer.from(part)
        await arrived
      }
    }
    await ask(front.port, { method: 'POST', body: slowly() })
    expect(seen).toEqual(['one', 'two'])
  })

  it('may expect a 100 before it sends its body', async () => {
    await serve(mirror)
    const req = request({
      port: front.port,
      host: '127.0.0.1',
      method: 'POST',
      agent: false,
      headers: { expect: '100-continue', 'content-length': 2 },
    })
    req.flushHeaders()
    await once(req, 'continue')
    req.end('hi')
    const [res] = (await once(req, 'response')) as [IncomingMessage]
    const got = JSON.parse(await text(res))
    expect(got.body).toBe('hi')
    expect(got.headers).not.toHaveProperty('expect')
  })
})

describe('an answer', () => {
  it('comes back with its status, headers and body', async () => {
    await serve((_req, res) => {
      res
        .writeHead(418, 'Short And Stout', {
          'set-cookie': ['a=1', 'b=2'],
          location: '/x',
          'content-type': 'text/tea',
        })
        .end('tea')
    })
    const answer = await begin(front.port)
    expect([answer.statusCode, answer.statusMessage]).toEqual([418, 'Short And Stout'])
    expect(answer.headers).toMatchObject({
      'set-cookie': ['a=1', 'b=2'],
      location: '/x',
      'content-type': 'text/tea',
    })
    expect(await text(answer)).toBe('tea')
  })

  it.each([204, 304])('of %i has no body', async (status) => {
    await serve((_req, res) => res.writeHead(status, { etag: '"1"' }).end())
    expect(await ask(front.port)).toMatchObject({ status, body: '', headers: { etag: '"1"' } })
  })

  it('to HEAD keeps its length', async () => {
    await serve((_req, res) => res.writeHead(200, { 'content-length': 1234 }).end())
    expect(await ask(front.port, { method: 'HEAD' })).toMatchObject({
      body: '',
      headers: { 'content-length': '1234' },
    })
  })

  it('may come before the whole request', async () => {
    await serve((_req, res) => res.writeHead(413).end('too much'))
    const body = 'x'.repeat(300_000)
    expect(await ask(front.port, { method: 'POST', body })).toMatchObject({ status: 413, body: 'too much' })
  })

  it('of events is seen to have begun before the first, and each event at once', async () => {
    let send = (_event: string): void => {}
    const app = await serve((_req, res) => {
      res.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      send = (event) => res.write(event)
    })
    const answer = await begin(front.port)
    expect(front.router.inFlight(app.instance)).toEqual({ requests: 0, streams: 1 })
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      send(event)
      expect(String((await once(answer, 'data'))[0])).toBe(event)
    }
    answer.destroy()
    await expect.poll(() => front.router.inFlight(app.instance)).toEqual({ requests: 0, streams: 0 })
  })

  it('that breaks off is seen to break off', async () => {
    const app = await serve((_req, res) => {
      res.write('half')
      res.once('drain', () => {})
    })
    const answer = await begin(front.port)
    await once(answer, 'data')
    const failed = once(answer, 'error')
    await app.kill()
    expect(String((await failed)[0])).toMatch(/aborted/)
  })

  it('does not come when the app hangs up: 502', async () => {
    const app = await serve((req) => void req.socket.destroy())
    expect(await ask(front.port)).toMatchObject({
      status: 502,
      body: `app shop: ${app.instance} broke off the connection\n`,
    })
    expect(front.router.inFlight(app.instance)).toEqual({ requests: 0, streams: 0 })
  })

  it('that is not HTTP is a 502', async () => {
    for (const wire of [
      'HTTP/1.1 099 X\r\ncontent-length: 0\r\n\r\n',
      'hello\r\n\r\n',
      'HTTP/1.1 101 X\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n',
    ]) {
      await serve((req) => void req.socket.end(wire))
      expect((await ask(front.port)).status).toBe(502)
    }
  })
})

describe('a client that goes away', () => {
  it('ends the request at the app, before and in the answer', async () => {
    for (const begun of [false, true]) {
      const ended: unknown[] = []
      const app = await serve((_req, res) => {
        if (begun) res.write('x')
        res.on('close', () => ended.push(res.writableFinished))
        arrived()
      })
      let arrived = (): void => {}
      const there = new Promise<void>((resolve) => (arrived = resolve))
      const req = request({ port: front.port, host: '127.0.0.1', agent: false })
      req.on('error', () => {})
      req.on('response', (res) => res.on('error', () => {}))
      req.end()
      await there
      req.destroy()
      await expect.poll(() => ended).toEqual([false])
      await expect.poll(() => front.router.inFlight(app.instance)).toEqual({ requests: 0, streams: 0 })
    }
  })

  it('in its body ends the request at the app', async () => {
    const errors: unknown[] = []
    await serve((req) => {
      req.on('error', (error) => errors.push(error.message))
      req.once('data', () => client.destroy())
    })
    const client = connect(front.port, '127.0.0.1')
    client.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf')
    await expect.poll(() => errors).toEqual(['aborted'])
  })
})

describe('instances that are not there', () => {
  it('are passed over: the request goes to one that accepts, with its body', async () => {
    const app = await startApp(mirror)
    apps.push(app)
    front.serve(await deadUpstream('web.1-dead'), await deadUpstream('web.2-dead'), app)
    for (let n = 0; n < 6; n++) {
      expect(await mirrored({ method: 'POST', body: 'x'.repeat(100_000) })).toMatchObject({
        body: 'x'.repeat(100_000),
      })
    }
  })

  it('are a 503 that says so when there is no other', async () => {
    const expected = {
      status: 503,
      body: 'app shop has no running instance of web\n',
      headers: { 'retry-after': '2' },
    }
    expect(await ask(front.port)).toMatchObject(expected)
    front.serve(await deadUpstream('web.1-dead'))
    expect(await ask(front.port, { method: 'POST', body: 'x' })).toMatchObject(expected)
    expect(front.router.inFlight('web.1-dead')).toEqual({ requests: 0, streams: 0 })
  })

  it('of a process that is not public are a 404', async () => {
    await serve(mirror)
    front.router.expose('shop', 'web', false)
    expect(await ask(front.port)).toMatchObject({ status: 404, body: 'nothing answers at this address\n' })
  })
})

describe('a WebSocket', () => {
  async function open(): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${front.port}/chat?x=1`)
    await once(socket, 'open')
    return socket
  }
  const reply = async (socket: WebSocket): Promise<unknown> =>
    ((await once(socket, 'message')) as [MessageEvent])[0].data

  it('carries messages both ways', async () => {
    const app = await serve(mirror, capitals)
    const socket = await open()
    for (const word of ['hello', 'again']) {
      socket.send(word)
      expect(await reply(socket)).toBe(word.toUpperCase())
    }
    expect(front.router.inFlight(app.instance)).toEqual({ requests: 0, streams: 1 })
    socket.close()
    await once(socket, 'close')
    await expect.poll(() => front.router.inFlight(app.instance)).toEqual({ requests: 0, streams: 0 })
  })

  it('is asked for with path, host and where it came from', async () => {
    let asked: IncomingMessage | undefined
    await serve(mirror, (req, socket) => {
      asked = req
      capitals(req, socket)
    })
    const socket = await open()
    expect(asked?.url).toBe('/chat?x=1')
    expect(asked?.headers).toMatchObject({
      host: `127.0.0.1:${front.port}`,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
    })
    socket.close()
    await once(socket, 'close')
  })

  it('closes when the app ends, and at the app when the client goes', async () => {
    const closed: string[] = []
    const app = await serve(mirror, (req, socket) => {
      socket.on('close', () => closed.push('app'))
      capitals(req, socket)
    })
    const socket = connect(front.port, '127.0.0.1')
    socket.write(
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n',
    )
    await once(socket, 'data')
    socket.destroy()
    await expect.poll(() => closed).toEqual(['app'])
    const other = await open()
    const over = once(other, 'close')
    await app.kill()
    await over
  })

  it('goes to an instance that accepts', async () => {
    const app = await startApp(mirror, capitals)
    apps.push(app)
    front.serve(await deadUpstream('web.1-dead'), app)
    for (let n = 0; n < 2; n++) {
      const socket = await open()
      socket.close()
      await once(socket, 'close')
    }
  })

  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'x',
    'sec-websocket-version': '13',
  }

  it('that the app refuses gets the whole of its answer', async () => {
    const app = await serve(mirror, (_req, socket) => {
      socket.end(`HTTP/1.1 401 No\r\ncontent-length: 200000\r\nx-why: because\r\n\r\n${'x'.repeat(200_000)}`)
    })
    const answer = await ask(front.port, { headers: upgrade })
    expect(answer).toMatchObject({ status: 401, headers: { 'x-why': 'because' } })
    expect(answer.body).toHaveLength(200_000)
    await expect.poll(() => front.router.inFlight(app.instance)).toEqual({ requests: 0, streams: 0 })
  })

  it('is a 503 without an instance, and any other upgrade a 400', async () => {
    expect(await ask(front.port, { headers: upgrade })).toMatchObject({
      status: 503,
      headers: { 'retry-after': '2' },
      body: 'app shop has no running instance of web\n',
    })
    await serve(mirror, capitals)
    expect(await ask(front.port, { headers: { ...upgrade, upgrade: 'tcp' } })).toMatchObject({ status: 400 })
  })
})

async function* chunks(...parts: string[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield Buffer.from(part)
}
