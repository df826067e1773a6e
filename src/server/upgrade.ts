import { ServerResponse, type IncomingMessage, type RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** A connection that is about to leave HTTP. */
export interface Upgrade {
  socket: Duplex
  /** What came behind the request. */
  head: Buffer
}

interface Waiting extends Upgrade {
  response: ServerResponse
}

const waiting = new WeakMap<IncomingMessage, Waiting>()

/**
 * Takes a request that wants to leave HTTP through the same routes as any other, with all that they refuse. The route
 * that lets it leave takes the connection; whatever else is answered ends it.
 */
export function routeUpgrade(
  listener: RequestListener,
  request: IncomingMessage,
  { socket, head }: Upgrade,
): void {
  // Nobody else listens once a connection has left HTTP: a reset would end the server.
  socket.on('error', () => {})
  const response = new ServerResponse(request)
  response.shouldKeepAlive = false
  response.assignSocket(socket as Socket)
  response.on('finish', () => socket.end(() => socket.destroy()))
  waiting.set(request, { socket, head, response })
  listener(request, response)
}

/** The connection of a request, from now on for whoever takes it; null: it does not want to leave HTTP. */
export function takeUpgrade(request: IncomingMessage): Upgrade | null {
  const found = waiting.get(request)
  if (found === undefined) return null
  waiting.delete(request)
  found.response.detachSocket(found.socket as Socket)
  return found
}
