import { Agent, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

import { createProxyServer, proxyUpgrade } from 'httpxy'

import { dial } from '../loopback.ts'
import { endToEnd, requestHeaders } from './headers.ts'
import type { HostRoute } from './hosts.ts'
import { refuse, refuseUpgrade, type Refusal } from './refusal.ts'
import type { Passage, Router } from './router.ts'

/** Milliseconds. A process that is alive accepts at once, even when it is busy, until its backlog is full. */
const CONNECT_TIMEOUT = 10_000

const RETRY_AFTER = 2

/** The same for an app that does not exist: which ones do is nobody's business. */
export const NOTHING_HERE = 'nothing answers at this address'

export interface ProxyOptions {
  /** Believe X-Forwarded-* of the client: only behind a proxy that sets them. */
  trustForwarded?: boolean
}

interface Connection {
  passage: Passage
  socket: Socket
}

/**
 * Carries requests to the instances of apps.
 *
 * A connection is made before anything of a request is read. So an instance that refuses costs nothing: the request,
 * whatever it is, goes to the next one. Each request has its own connection, because one that is kept open may be
 * closed by the instance at the moment when a request is sent on it.
 */
export class Proxy {
  readonly #router: Router
  readonly #trustForwarded: boolean
  readonly #http = createProxyServer()
  readonly #passages = new WeakMap<IncomingMessage, Passage>()

  constructor(router: Router, options: ProxyOptions = {}) {
    this.#router = router
    this.#trustForwarded = options.trustForwarded ?? false
    this.#http.on('proxyRes', (answer, req, res) => this.#answer(answer, res, this.#passages.get(req)))
  }

  /** Resolves when it is over, however it went. */
  async handleRequest(req: IncomingMessage, res: ServerResponse, route: HostRoute): Promise<void> {
    const connection = await this.#connect(route)
    if ('status' in connection) return refuse(res, connection)
    const { passage, socket } = connection
    this.#passages.set(req, passage)
    const chunked = req.headers['transfer-encoding'] !== undefined
    req.headers = {
      ...requestHeaders(req, this.#trustForwarded),
      ...(chunked ? { 'transfer-encoding': 'chunked' } : {}),
      // It is closed after the answer; but told so, many a server closes it before it has read the whole body.
      connection: 'keep-alive',
    }
    req.url = originForm(req.url)
    const broken = {
      status: 502,
      text: `app ${route.app}: ${passage.upstream.instance} broke off the connection`,
    }
    socket.once('close', () => {
      if (!res.headersSent) refuse(res, broken)
    })
    try {
      if (res.destroyed) return
      const agent = new OpenConnection(socket)
      await this.#http.web(req, res, { target: targetOf(passage), agent, selfHandleResponse: true })
    } catch {
      refuse(res, broken)
    } finally {
      passage.end()
      socket.destroy()
    }
  }

  async handleUpgrade(req: IncomingMessage, stream: Duplex, head: Buffer, route: HostRoute): Promise<void> {
    const client = stream as Socket
    // Its close is what is waited for.
    client.on('error', () => {})
    if (!isWebSocket(req))
      return refuseUpgrade(client, { status: 400, text: 'the only upgrade here is websocket' })
    const connection = await this.#connect(route)
    if ('status' in connection) return refuseUpgrade(client, connection)
    const { passage, socket } = connection
    req.headers = {
      ...requestHeaders(req, this.#trustForwarded),
      connection: 'Upgrade',
      upgrade: 'websocket',
    }
    req.url = originForm(req.url)
    // The app's end comes as our finish, an answer without an upgrade too.
    const over = firstOf(client, 'end', 'finish', 'close')
    const agent = new OpenConnection(socket)
    const upgraded = proxyUpgrade(targetOf(passage), req, client, head, { agent, xfwd: false })
    // What goes wrong is on its way to the client, or the client is gone.
    upgraded.then(passage.becomeStream, () => {})
    await over
    passage.end()
    socket.destroySoon()
    client.destroySoon()
  }

  async #connect({ app, process }: HostRoute): Promise<Connection | Refusal> {
    const name = process ?? this.#router.main(app)
    if (name === null) return { status: 404, text: NOTHING_HERE }
    if (!this.#router.isPublic(app, name)) return { status: 404, text: NOTHING_HERE }
    const refused = new Set<string>()
    while (true) {
      const passage = this.#router.enter(app, name, refused)
      if (passage === null) {
        return { status: 503, text: `app ${app} has no running instance of ${name}`, retryAfter: RETRY_AFTER }
      }
      try {
        return { passage, socket: await dial(passage.upstream.port, AbortSignal.timeout(CONNECT_TIMEOUT)) }
      } catch {
        passage.end()
        refused.add(passage.upstream.instance)
      }
    }
  }

  #answer(answer: IncomingMessage, res: ServerResponse, passage: Passage | undefined): void {
    if (answer.headers['content-type']?.startsWith('text/event-stream')) passage?.becomeStream()
    answer.once('close', () => passage?.end())
    try {
      res.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers))
    } catch {
      // Node's parser takes some answers that its server does not send.
      answer.destroy()
      return refuse(res, { status: 502, text: 'the answer of the app is not HTTP' })
    }
    // A stream whose first byte comes late must be seen to have begun.
    res.flushHeaders()
    answer.pipe(res)
  }
}

/** An agent with one connection, which is already there. */
class OpenConnection extends Agent {
  readonly #socket: Socket

  constructor(socket: Socket) {
    super()
    this.#socket = socket
  }
  override createConnection(): Socket {
    return this.#socket
  }
}

function targetOf({ upstream }: Passage): { host: string; port: number } {
  return { host: 'localhost', port: upstream.port }
}

/** A client that takes us for its forward proxy sends the whole URL. */
function originForm(url = '/'): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '')
}

function isWebSocket(req: IncomingMessage): boolean {
  return req.method === 'GET' && req.headers.upgrade?.toLowerCase() === 'websocket'
}

function firstOf(socket: Socket, ...events: string[]): Promise<void> {
  return new Promise((resolve) => {
    for (const event of events) socket.once(event, () => resolve())
    if (socket.closed) resolve()
  })
}
