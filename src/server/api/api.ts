import express, { type Express } from 'express'
import helmet from 'helmet'

import type { Context } from '../context.ts'
import type { Identity } from '../identity.ts'
import { readBody } from './body.ts'
import { failure } from './failure.ts'
import { limitRequests, limitStreams } from './limits.ts'
import { errorAnswer, notFound } from './respond.ts'
import { isStream } from './route.ts'
import { ROUTES } from './routes.ts'
import { expressPath, serve } from './serve.ts'

/** Whose request this is. It answers by itself and gives null when nobody's. */
export type Authenticate = (request: express.Request, response: express.Response) => Identity | null

/** A browser that was given a token by Basic authentication would send it for any page: pages of others get nothing. */
const sameSiteOnly: express.RequestHandler = (request, response, next) => {
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') next()
  else response.status(403).json(failure('requests from other sites are refused'))
}

/**
 * The HTTP API. The control socket and the TCP port serve the same routes; they differ in how they find out who asks.
 */
export function createApi(context: Context, authenticate: Authenticate): Express {
  const api = express()
  api.disable('x-powered-by')
  api.use(helmet())
  api.get('/healthz', (_request, response) => void response.json({ status: 'ok' }))
  api.use(sameSiteOnly)
  api.use((request, response, next) => {
    const identity = authenticate(request, response)
    if (identity === null) return
    response.locals['identity'] = identity
    next()
  })
  api.use(limitRequests())
  api.use(readBody())
  api.use('/api', routerOf(context))
  api.use(notFound)
  api.use(errorAnswer(context.log))
  return api
}

export function routerOf(context: Context): express.Router {
  const router = express.Router()
  const streams = limitStreams()
  for (const route of ROUTES) {
    const limits = isStream(route) ? [streams] : []
    router[route.method](expressPath(route.path), ...limits, serve(route, context))
  }
  return router
}
