import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

import { route } from '../engine/local/proxy/hosts.ts'
import { NOTHING_HERE, type Proxy } from '../engine/local/proxy/proxy.ts'
import type { Apps } from './apps.ts'
import { routeUpgrade } from './upgrade.ts'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export interface DispatchOptions {
  apps: Apps
  proxy: Proxy
  domain: string
  /** More names under which the server itself is reached. */
  hosts: readonly string[]
  control: RequestListener
}

/**
 * Decides by the Host header, before anything else looks at a request: the server's own names go to its routes, app
 * names to the apps. So an app can never answer for the server, nor the server for an app.
 */
export class Dispatch {
  readonly #options: DispatchOptions
  readonly #control: ReadonlySet<string>

  constructor(options: DispatchOptions) {
    this.#options = options
    this.#control = new Set([...LOOPBACK, ...options.hosts.map((host) => host.toLowerCase())])
  }

  request(request: IncomingMessage, response: ServerResponse): void {
    const host = hostOf(request)
    if (this.#control.has(host)) {
      this.#options.control(request, response)
      return
    }
    const target = route(host, { domain: this.#options.domain })
    if (target === null)
      refuse(response, 421, `this server does not answer for ${JSON.stringify(host.slice(0, 100))}`)
    else if (this.#options.apps.find(target.app) === null) refuse(response, 404, NOTHING_HERE)
    else void this.#options.proxy.handleRequest(request, response, target)
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Nobody else listens once a connection has left HTTP: a reset would end the server.
    socket.on('error', () => {})
    const host = hostOf(request)
    if (this.#control.has(host)) {
      routeUpgrade(this.#options.control, request, { socket, head })
      return
    }
    const target = route(host, { domain: this.#options.domain })
    if (target === null || this.#options.apps.find(target.app) === null) {
      const answer = 'HTTP/1.1 421 Misdirected Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n'
      socket.end(answer, () => socket.destroy())
      return
    }
    void this.#options.proxy.handleUpgrade(request, socket, head, target)
  }
}

/** Without its port, in lower case. */
function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
