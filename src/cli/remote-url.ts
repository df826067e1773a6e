import { UserError } from '../app/errors.ts'
import { isLoopback } from '../server/listen.ts'
import { appOfUrl } from './user-git.ts'

/** The address of a server, as somebody wrote it. */
export interface ServerUrl {
  /** `https://gantry.example.com`, also with a path; no slash at its end. */
  url: string
  /** What `/NAME.git` at its end says, as the address of a git remote has it. */
  app: string | null
  /** From `https://USER:TOKEN@…`. */
  user: string | null
  token: string | null
}

/** The server that a git remote is on; null where that is not reached by HTTP, or is none of Gantry's. */
export function parseRemoteUrl(text: string): ServerUrl | null {
  const app = appOfUrl(text)
  if (app === null || !/^https?:\/\//i.test(text.trim()) || !URL.canParse(text.trim())) return null
  return partsOf(new URL(text.trim()), app)
}

/** @throws UserError which never holds what was written: there may be a token in it */
export function parseServerUrl(text: string, source: string): ServerUrl {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null
  if (url === null || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new UserError(`${source} is not the address of a server`, {
      hint: 'write it like https://gantry.example.com or http://127.0.0.1:7070',
    })
  }
  if (url.username !== '' || url.password !== '') {
    throw new UserError(`${source} has a name or a token in it`, {
      hint: 'leave that out, and put the token into GANTRY_TOKEN',
    })
  }
  return partsOf(url, appOfUrl(url.pathname))
}

function partsOf(url: URL, app: string | null): ServerUrl {
  const folder = app === null ? url.pathname : url.pathname.replace(/\/[^/]+\.git\/?$/, '')
  return {
    url: `${url.protocol}//${url.host}${folder.replace(/\/+$/, '')}`,
    app,
    user: decoded(url.username),
    token: decoded(url.password),
  }
}

/** Null for nothing; a `%` that encodes nothing is one, as git takes it. */
function decoded(text: string): string | null {
  try {
    return text === '' ? null : decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Whether a server is on this machine. */
export function isHere(url: string): boolean {
  return isLoopback(new URL(url).hostname.replaceAll(/[[\]]/g, ''))
}

/** Whether two addresses mean the same server of this machine. */
export function isSameHere(one: string, other: string): boolean {
  return isHere(one) && isHere(other) && portOf(one) === portOf(other)
}

function portOf(url: string): string {
  const { protocol, port } = new URL(url)
  return `${protocol}${port}`
}

/**
 * A token in the clear is anybody's who listens on the way.
 *
 * @throws UserError for http:// to another machine, unless that is allowed
 */
export function checkClear(url: string, allowed: boolean): void {
  if (allowed || url.startsWith('https:') || isHere(url)) return
  throw new UserError(`${url} would get the token in the clear`, {
    hint: 'use https://, or say GANTRY_ALLOW_HTTP=1 where nobody can listen on the way',
  })
}
