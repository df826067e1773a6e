import express, { type Express, type RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'

import { createApi } from './api/api.ts'
import { failure } from './api/failure.ts'
import type { Context } from './context.ts'
import { credentialsOf, type Identity } from './identity.ts'
import { logWrongTokens } from './log.ts'

/** Wrong tokens from one address, before it has to wait. */
const WRONG_TOKENS = { windowMs: 5 * 60_000, limit: 30 }

/** What the control host of the TCP port serves: git and the API, both by token. */
export function createPortApp(context: Context, gitDoor: RequestHandler, behindProxy: boolean): Express {
  const app = express()
  app.disable('x-powered-by')
  // One proxy in front: the address that it saw is the client's.
  app.set('trust proxy', behindProxy ? 1 : false)
  app.use(logWrongTokens(context.log, context.clock))
  app.use(
    rateLimit({
      ...WRONG_TOKENS,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
      skipSuccessfulRequests: true,
      // Who has gone already has no address any more.
      keyGenerator: ({ ip }) => ipKeyGenerator(ip ?? 'gone'),
      // Requests under way count as well, and a token of 256 bits is not guessed: only who has none has to wait.
      skip: (request) => typeof credentialsOf(request, context.tokens) === 'object',
      requestWasSuccessful: (_request, response) => response.locals['wrongToken'] !== true,
      handler: (request, response) =>
        refuse(request, response, {
          status: 429,
          message: 'too many wrong tokens',
          hint: 'wait a few minutes, and make a new one with `gantry token create`',
        }),
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
  response.set('connection', 'close').set('www-authenticate', 'Basic realm="gantry"')
  refuse(request, response, {
    status: 401,
    ...(credentials === 'none'
      ? { message: 'a token is needed', hint: 'http://any:TOKEN@HOST/APP.git, or an Authorization header' }
      : { message: 'this token is not valid', hint: 'make one with `gantry token create`' }),
  })
  return null
}

/** Git shows what it is told as it is; programs want it as all other answers of the API. */
function refuse(
  request: express.Request,
  response: express.Response,
  { status, message, hint }: { status: number; message: string; hint: string },
): void {
  response.status(status)
  if (request.path.startsWith('/api')) response.json(failure(message, hint))
  else response.type('text/plain').send(`${message}: ${hint}\n`)
}
