import { request as httpRequest, type ClientRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { join } from 'node:path'

import { UserError } from '../app/errors.ts'

/** The server of a home, by its Unix socket: whoever may open that is its owner, and needs no token. */
export interface HomeEndpoint {
  kind: 'home'
  home: string
  socketPath: string
  /** Nobody has named it: nothing names any other. */
  isDefault: boolean
}

/** A server by its address. */
export interface RemoteEndpoint {
  kind: 'remote'
  /** `https://gantry.example.com`, also with a path; no slash at its end. */
  url: string
  /** The same with what names it, for people. */
  name: string
  token: string
  /** Where the token is from, for people. */
  tokenSource: string
  /** Told with the first answer whether the server takes the token. */
  judge: ((accepted: boolean) => Promise<void>) | null
}

/** How one server is reached. */
export type Endpoint = HomeEndpoint | RemoteEndpoint

/** macOS allows 104 bytes with the NUL, Linux 108; the system would cut a longer path silently. */
const LONGEST_SOCKET_PATH = 103

/** Milliseconds for a connection to be made. */
const CONNECT_TIMEOUT = 10_000

/** Milliseconds between two looks at whether the other end of a quiet connection is still there. */
const KEEP_ALIVE = 30_000

/** @throws UserError when the system could not open its socket */
export function homeEndpoint(home: string, isDefault = false): HomeEndpoint {
  const socketPath = join(home, 'control.sock')
  if (Buffer.byteLength(socketPath) > LONGEST_SOCKET_PATH) {
    throw new UserError(`the path of the server's socket is too long: ${socketPath}`, {
      hint: `${LONGEST_SOCKET_PATH} bytes are allowed: choose a shorter --home, or reach it by a symbolic link`,
    })
  }
  return { kind: 'home', home, socketPath, isDefault }
}

export interface RequestParts {
  method: string
  headers: Readonly<Record<string, string | number>>
  signal?: AbortSignal
}

/** Begins a request to a server. A redirect is an answer like any other: it is never followed. */
export function requestTo(endpoint: Endpoint, path: string, parts: RequestParts): ClientRequest {
  if (endpoint.kind === 'home') return httpRequest({ ...parts, socketPath: endpoint.socketPath, path })
  const send = endpoint.url.startsWith('https:') ? httpsRequest : httpRequest
  const headers = { ...parts.headers, ...authorization(endpoint) }
  const request = send(`${endpoint.url}${path}`, { ...parts, headers })
  request.on('socket', (socket) => {
    socket.setKeepAlive(true, KEEP_ALIVE)
    if (!socket.connecting) return
    const timer = setTimeout(() => {
      request.destroy(Object.assign(new Error('connecting took too long'), { code: 'ETIMEDOUT' }))
    }, CONNECT_TIMEOUT)
    socket.once('connect', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  })
  return request
}

/** What a WebSocket to a path of the server is opened with. */
export function webSocketTo(
  endpoint: Endpoint,
  path: string,
): { url: string; headers: Record<string, string> } {
  if (endpoint.kind === 'home') return { url: `ws+unix:${endpoint.socketPath}:${path}`, headers: {} }
  return { url: `${endpoint.url.replace(/^http/, 'ws')}${path}`, headers: authorization(endpoint) }
}

function authorization({ token }: RemoteEndpoint): Record<string, string> {
  return { authorization: `Bearer ${token}` }
}
