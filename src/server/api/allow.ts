import type { Request, Response } from 'express'

import { may, type Identity } from '../identity.ts'
import { HttpError } from './failure.ts'
import type { Needs } from './route.ts'

/**
 * Who asks, as the door has found out. It is asked before anything else is looked at, so that whether an app exists is
 * told only to those who may use it.
 *
 * @throws HttpError with 403
 */
export function allow({ params }: Request, { locals }: Response, needs: Needs): Identity {
  const identity = locals['identity'] as Identity
  const app = typeof params['app'] === 'string' ? params['app'] : null
  // What concerns no app is open to every token: it shows what that may see.
  if (app === null && needs === 'read') return identity
  if (may(identity, needs, app)) return identity
  const wanted = app === null ? 'for all apps' : `for ${app.slice(0, 80)}`
  throw new HttpError(403, `this needs a token that may ${needs} ${wanted}`, {
    hint: 'make one with another scope: `gantry token create --scope …`',
  })
}
