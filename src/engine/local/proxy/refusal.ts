import { STATUS_CODES, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** An answer of the proxy's own. */
export interface Refusal {
  status: number
  text: string
  /** Seconds after which another attempt may succeed. */
  retryAfter?: number
}

function headersOf({ text, retryAfter }: Refusal): Record<string, string> {
  return {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text) + 1),
    'Cache-Control': 'no-store',
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
  }
}

/** Where an answer has begun already, the connection is cut: a whole one must not seem to have come. */
export function refuse(res: ServerResponse, refusal: Refusal): void {
  if (res.writableEnded || res.destroyed) return
  if (res.headersSent) res.destroy()
  else res.writeHead(refusal.status, headersOf(refusal)).end(`${refusal.text}\n`)
}

/** The same for a connection that asked for an upgrade. */
export function refuseUpgrade(socket: Socket, refusal: Refusal): void {
  const headers = Object.entries({ ...headersOf(refusal), Connection: 'close' })
  const lines = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    '',
    `${refusal.text}\n`,
  ]
  socket.write(lines.join('\r\n'))
  socket.destroySoon()
}
