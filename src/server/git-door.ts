import type { RequestHandler } from 'express'

import { clean } from '../report/clean.ts'
import { limitRequests } from './api/limits.ts'
import type { Context } from './context.ts'
import { parseGitRequest } from './git/git-request.ts'
import type { PushReceiver } from './git/receive.ts'
import { may } from './identity.ts'
import { identify } from './port-app.ts'

/**
 * Lets git in: every request, the advertisement as well as the one that carries objects, is authorised by itself, before
 * a byte of its body is read. Whether an app exists is told only to those who may use it.
 */
export function createGitDoor(context: Context, receiver: PushReceiver): RequestHandler {
  const limit = limitRequests()
  return async (request, response, next) => {
    const wanted = parseGitRequest(request.method, request.originalUrl)
    if (wanted === null) {
      next()
      return
    }
    const identity = identify(context, request, response)
    if (identity === null) return
    response.locals['identity'] = identity
    // Each may start a git of its own.
    let isWithin = false
    await limit(request, response, () => (isWithin = true))
    if (!isWithin) return
    const permission = wanted.service === 'git-receive-pack' ? 'push' : 'fetch'
    if (!may(identity, permission, wanted.app)) {
      context.log.info({ app: clean(wanted.app), token: clean(identity.name), permission }, 'token refused')
      response.status(403).type('text/plain').send(`this token may not ${permission} ${wanted.app}\n`)
      return
    }
    if (context.apps.find(wanted.app) === null) {
      response
        .status(404)
        .type('text/plain')
        .send(`there is no app ${wanted.app}: make it with \`gantry app create ${wanted.app}\`\n`)
      return
    }
    const repository = context.apps.repository(wanted.app)
    await receiver.handle(request, response, wanted, { app: wanted.app, repository, by: identity.name })
  }
}
