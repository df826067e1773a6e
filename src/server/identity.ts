import type { IncomingMessage } from 'node:http'

import type { Scope, TokenEntry, Tokens } from './tokens.ts'

/** Who asks. */
export interface Identity {
  /** Of the token. */
  id: string
  /** For people and the audit trail. */
  name: string
  scope: Scope
  /** Null: all apps. */
  app: string | null
}

/** Whoever may open the control socket owns the home: file permissions have decided that. */
export const OWNER: Identity = { id: 'owner', name: 'owner', scope: 'admin', app: null }

/** What a request needs. `fetch` and `push` are git's. */
export type Permission = 'read' | 'fetch' | 'push' | 'operate' | 'admin'

const GRANTS: Record<Scope, readonly Permission[]> = {
  read: ['read', 'fetch'],
  push: ['read', 'fetch', 'push'],
  operate: ['read', 'operate'],
  admin: ['read', 'fetch', 'push', 'operate', 'admin'],
}

/** App null: something that concerns no single app. */
export function may(identity: Identity, permission: Permission, app: string | null): boolean {
  return GRANTS[identity.scope].includes(permission) && (identity.app === null || identity.app === app)
}

export type Credentials = 'none' | 'wrong' | TokenEntry

/** Reads Bearer and Basic; for Basic the password is the token and the name is anything. */
export function credentialsOf(request: IncomingMessage, tokens: Tokens): Credentials {
  const header = request.headers.authorization
  if (header === undefined) return 'none'
  const [scheme = '', value = ''] = header.split(' ', 2)
  const token =
    scheme.toLowerCase() === 'bearer'
      ? value
      : scheme.toLowerCase() === 'basic'
        ? Buffer.from(value, 'base64')
            .toString('utf8')
            .replace(/^[^:]*:/, '')
        : ''
  return tokens.verify(token) ?? 'wrong'
}
