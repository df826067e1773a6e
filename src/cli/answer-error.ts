import type { IncomingHttpHeaders } from 'node:http'

import { ConfigError, NotFoundError, UserError } from '../app/errors.ts'
import { clean } from '../report/clean.ts'
import { LostError, noGantry, ServerError } from './connection-error.ts'
import type { Endpoint, RemoteEndpoint } from './endpoint.ts'
import { parseError } from './error-body.ts'

/** What a server answered that is no success. */
export interface Refusal {
  status: number
  headers: IncomingHttpHeaders
  content: string
}

/** Something in front of the server, which does not answer itself. */
const GATEWAY = new Set([502, 503, 504])

/** Characters of an answer in plain text. */
const LONGEST_TEXT = 300

/** The error that the server had, as if it had been thrown here; or what else an answer means. */
export function errorOf(endpoint: Endpoint, { status, headers, content }: Refusal): UserError {
  const body = parseError(content)
  if (endpoint.kind === 'remote') {
    const own = remoteError(endpoint, status, headers, body === null ? content : '')
    if (own !== null) return own
    if (body === null && status < 500) return noGantry(endpoint.name, `it answered ${status}`)
  }
  const { message, hint, diagnostics } = body ?? {}
  if (diagnostics !== undefined) return new ConfigError(diagnostics)
  const options = { hint }
  if (GATEWAY.has(status))
    return new LostError(message ?? `the server cannot be reached (${status})`, options)
  if (status >= 500) return new ServerError(message ?? `the server failed (${status})`, options)
  if (status === 404) return new NotFoundError(message ?? 'the server does not know this', options)
  return new UserError(message ?? `the server refused this (${status})`, options)
}

/** What is said of the way to a server, and of who may go it. Text is what it said in other words than JSON. */
function remoteError(
  { name, tokenSource }: RemoteEndpoint,
  status: number,
  headers: IncomingHttpHeaders,
  text: string,
): UserError | null {
  if (status >= 300 && status < 400) {
    return new UserError(`${name} sends one on to ${clean(headers.location ?? 'nowhere', LONGEST_TEXT)}`, {
      hint: 'a token is not taken there: if that is the server, name it as GANTRY_SERVER or in the git remote',
    })
  }
  if (status === 401 && (headers['www-authenticate'] ?? '').includes('realm="gantry"')) {
    return new UserError(`${name} does not accept the token from ${tokenSource}`, {
      hint: 'it may have been revoked: make one with `gantry token create` on the server, and put it into GANTRY_TOKEN',
    })
  }
  if (status === 421) {
    return new UserError(`${name}: ${clean(text, LONGEST_TEXT)}`, {
      hint: 'start the server with --host and that name',
    })
  }
  if (status === 429 && text !== '') return new UserError(`${name}: ${clean(text, LONGEST_TEXT)}`)
  return null
}

/** Whether an error may be due to the server being of another version than this program. */
export function mayBeOfAnotherVersion({ status, content }: Refusal): boolean {
  const unknownRoute = status === 404 && /^there is no [A-Z]+ \//.test(parseError(content)?.message ?? '')
  return status === 400 || status === 405 || status === 500 || unknownRoute
}
