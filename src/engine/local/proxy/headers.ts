import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'

// RFC 9110 §7.6.1 and what older software uses: these speak of one connection, not of the message.
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** The headers that go on to the other side, without those of this connection. */
export function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase())
  const dropped = new Set([...HOP_BY_HOP, ...named])
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)))
}

/**
 * A request's headers as the instance gets them, with where it came from. What the client itself says about that is
 * believed only behind a proxy that is trusted to have checked it.
 */
export function requestHeaders(req: IncomingMessage, trustForwarded: boolean): IncomingHttpHeaders {
  const passed = endToEnd(req.headers)
  // The server has answered it already.
  delete passed.expect
  const said = trustForwarded ? req.headers : {}
  if (!trustForwarded) for (const name of Object.keys(passed)) if (isForwarded(name)) delete passed[name]
  const address = req.socket.remoteAddress?.replace(/^::ffff:/, '') ?? 'unknown'
  const before = said['x-forwarded-for']
  return {
    ...passed,
    'x-forwarded-for': before === undefined ? address : `${String(before)}, ${address}`,
    'x-forwarded-proto':
      said['x-forwarded-proto'] ?? ((req.socket as TLSSocket).encrypted ? 'https' : 'http'),
    'x-forwarded-host': said['x-forwarded-host'] ?? req.headers.host ?? '',
  }
}

/** With underscores too: CGI and WSGI make them one with hyphens. */
function isForwarded(name: string): boolean {
  const hyphens = name.replaceAll('_', '-')
  return hyphens.startsWith('x-forwarded-') || hyphens === 'forwarded' || hyphens === 'x-real-ip'
}
