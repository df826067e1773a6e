import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'

import { UserError } from '../app/errors.ts'

export interface ListenOptions {
  host: string
  port: number
  /** Files; both or none. */
  tlsCert: string | null
  tlsKey: string | null
  /** Somebody in front ends TLS and sets X-Forwarded-*. */
  behindProxy: boolean
}

/** Reads `HOST:PORT`, `:PORT`, `PORT` and `[::1]:PORT`. */
export function parseListen(text: string): { host: string; port: number } {
  const match = /^(?:(\[[0-9a-fA-F:.]+\]|[^:]*):)?(\d{1,5})$/.exec(text)
  const port = Number(match?.[2])
  if (match === null || port > 65_535) {
    throw new UserError(`cannot listen on ${JSON.stringify(text)}`, {
      hint: 'write HOST:PORT, as in 127.0.0.1:7070',
    })
  }
  const host = (match[1] ?? '').replaceAll(/[[\]]/g, '')
  return { host: host === '' ? '127.0.0.1' : host, port }
}

/**
 * Makes the server for the port. Tokens and what apps send must not cross a network in the clear, so anything but
 * loopback wants TLS, here or in front.
 */
export async function createPortServer(
  options: ListenOptions,
): Promise<{ server: Server; scheme: 'http' | 'https' }> {
  const { tlsCert, tlsKey, host, behindProxy } = options
  if (tlsCert !== null && tlsKey !== null) {
    const [cert, key] = await Promise.all([readFile(tlsCert), readFile(tlsKey)])
    return { server: createHttpsServer({ cert, key, shouldUpgradeCallback: isWebSocket }), scheme: 'https' }
  }
  if (tlsCert !== null || tlsKey !== null) throw new UserError('--tls-cert and --tls-key go together')
  if (!isLoopback(host) && !behindProxy) {
    throw new UserError(
      `${host} can be reached from other machines, and tokens would cross the network in the clear`,
      {
        hint: 'give --tls-cert and --tls-key, or --behind-proxy when something in front ends TLS',
      },
    )
  }
  return {
    server: createHttpServer({ shouldUpgradeCallback: isWebSocket }),
    scheme: 'http',
  }
}

/** Other upgrades are offers that may be passed over: Java's client offers HTTP/2 with every request. */
export function isWebSocket(request: IncomingMessage): boolean {
  return request.headers.upgrade?.toLowerCase() === 'websocket'
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
}

/** Starts to listen; rejects when the address is taken. Resolves with the port, for a port of 0. */
export async function listen(
  server: Server,
  where: { host: string; port: number } | { path: string },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new UserError(`the address ${show(where)} is taken`, { cause: error })
          : error,
      )
    })
    server.listen(where, () => resolve())
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

function show(where: { host: string; port: number } | { path: string }): string {
  return 'path' in where ? where.path : `${where.host}:${where.port}`
}

/** Stops listening and ends what is still open after a moment. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), 1_000)
  await closed
  clearTimeout(timer)
}
