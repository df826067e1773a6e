import type { RequestHandler, Response } from 'express'
import { rateLimit } from 'express-rate-limit'

import { OWNER, type Identity } from '../identity.ts'
import { failure } from './failure.ts'

/** Requests of one token: more than people and their scripts send, and less than what keeps others waiting. */
export const REQUESTS = { windowMs: 60_000, limit: 600 }

/** Each token has its own count; who owns the machine has none. */
export function limitRequests(): RequestHandler {
  return rateLimit({
    ...REQUESTS,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (_request, response) => identityOf(response).id,
    skip: (_request, response) => identityOf(response) === OWNER,
    handler: (_request, response) => {
      response
        .status(429)
        .json(
          failure(`more than ${REQUESTS.limit} requests in a minute`, 'wait as long as `Retry-After` says'),
        )
    },
  })
}

function identityOf({ locals }: Pick<Response, 'locals'>): Identity {
  return locals['identity'] as Identity
}
