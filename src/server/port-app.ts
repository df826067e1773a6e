import express, { type Express, type RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'

import { createApi } from './api/api.ts'
import type { Context } from './context.ts'
import { credentialsOf, type Identity } from './identity.ts'

/** Wrong tokens from one address, before it has to wait. */
const WRONG_TOKENS = { windowMs: 5 * 60_000, limit: 30 }

/** What the control host of the TCP port serves: git and the API, both by token. */
export function createPortApp(context: Context, gitDoor: RequestHandler, behindProxy: boolean): Express {
  const app = express()
  app.disable('x-powered-by')
  // One proxy in front: the address that it saw is the client's.
  app.set('trust proxy', behindProxy ? 1 : false)
  app.use(
    rateLimit({
      ...WRONG_TOKENS,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      skipSuccessfulRequests: true,
      // Requests under way count as well, and a token of 256 bits is not guessed: only who has none has to wait.
      skip: (request) => typeof credentialsOf(request, context.tokens) === 'object',
      requestWasSuccessful: (_request, response) => response.locals['wrongToken'] !== true,
      message: 'too many wrong tokens: wait a few minutes\n',
    }),
  )
  app.use(gitDoor)
  app.use(createApi(context, (request, response) => identify(context, request, response)))
  return app
}

const REFUSED_TIMEOUT_MS = 5_000

/** Who sends this request; answers with 401 itself when nobody. */
export function identify(
  context: Context,
  request: express.Request,
  response: express.Response,
): Identity | null {
  const credentials = credentialsOf(request, context.tokens)
  if (typeof credentials === 'object') return credentials
  if (credentials === 'wrong') response.locals['wrongToken'] = true
  // What it may still be sending is not worth reading.
  request.socket.setTimeout(REFUSED_TIMEOUT_MS, () => request.socket.destroy())
  response
    .status(401)
    .set('connection', 'close')
    .set('www-authenticate', 'Basic realm="gantry"')
    .type('text/plain')
    .send(
      credentials === 'none'
        ? 'a token is needed: http://any:TOKEN@HOST/APP.git, or an Authorization header\n'
        : 'this token is not valid: make one with `gantry token create`\n',
    )
  return null
}
