import { createHash } from 'node:crypto'
import {
  type Agent,
  createServer,
  request,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Duplex } from 'node:stream'

import { Proxy, type ProxyOptions } from '../../../src/engine/local/proxy/proxy.ts'
import { Router, type Upstream } from '../../../src/engine/local/proxy/router.ts'

export interface Front {
  router: Router
  port: number
  /** Starts an instance and routes `shop`'s `web` to exactly these. */
  serve(...instances: Upstream[]): void
  close(): Promise<void>
}

/** A server whose every request goes through a proxy to the process `web` of the app `shop`. */
export async function startFront(options: ProxyOptions = {}): Promise<Front> {
  const router = new Router()
  router.expose('shop', 'web', true)
  const proxy = new Proxy(router, options)
  const route = { app: 'shop', process: null }
  const server = createServer((req, res) => void proxy.handleRequest(req, res, route))
  server.on('upgrade', (req, socket, head) => void proxy.handleUpgrade(req, socket, head, route))
  const port = await listen(server)
  return {
    router,
    port,
    serve: (...instances) => router.set('shop', 'web', instances),
    close: () => stop(server),
  }
}

export interface App extends Upstream {
  server: Server
  /** Ends it the hard way, as SIGKILL does. */
  kill(): Promise<void>
}

let count = 0

export async function startApp(
  handler: RequestListener,
  onUpgrade?: (req: IncomingMessage, socket: Socket) => void,
): Promise<App> {
  const server = createServer(handler)
  const sockets = new Set<Duplex>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  if (onUpgrade !== undefined) server.on('upgrade', (req, socket) => onUpgrade(req, socket as Socket))
  const port = await listen(server)
  const kill = async (): Promise<void> => {
    const gone = stop(server)
    for (const socket of sockets) socket.destroy()
    await gone
  }
  return { instance: `web.1-${++count}`, port, server, kill }
}

export interface Answer {
  status: number
  headers: IncomingMessage['headers']
  body: string
}

export interface Asking {
  method?: string
  path?: string
  headers?: Record<string, string | string[]>
  body?: string | AsyncIterable<Buffer>
  agent?: Agent
}

/** Rejects when the answer breaks off. */
export async function ask(port: number, options: Asking = {}): Promise<Answer> {
  const response = await begin(port, options)
  return { status: response.statusCode!, headers: response.headers, body: await text(response) }
}

/** The answer as soon as its head is there. */
export function begin(port: number, { body, ...options }: Asking = {}): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port, agent: false, ...options }, resolve)
    req.on('error', reject)
    if (body === undefined || typeof body === 'string') req.end(body)
    else void send(body)
    async function send(chunks: AsyncIterable<Buffer>): Promise<void> {
      for await (const chunk of chunks) req.write(chunk)
      req.end()
    }
  })
}

/** Answers a WebSocket handshake and sends back each short text message in capitals (RFC 6455). */
export function capitals(req: IncomingMessage, socket: Socket): void {
  const accept = createHash('sha1')
    .update(`${req.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64')
  socket.on('error', () => {})
  socket.on('end', () => socket.end())
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
  )
  let buffered = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk])
    while (buffered.length >= 6 && buffered.length >= 6 + (buffered[1]! & 0x7f)) {
      const length = buffered[1]! & 0x7f
      const mask = buffered.subarray(2, 6)
      const payload = buffered.subarray(6, 6 + length).map((byte, i) => byte ^ mask[i % 4]!)
      const isClose = (buffered[0]! & 0x0f) === 8
      buffered = buffered.subarray(6 + length)
      if (isClose) socket.end(Buffer.from([0x88, 0]))
      else {
        const reply = Buffer.from(Buffer.from(payload).toString().toUpperCase())
        socket.write(Buffer.concat([Buffer.from([0x81, reply.length]), reply]))
      }
    }
  })
}

export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function stop(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
