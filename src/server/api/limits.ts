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

/** Streams of one token at once: each is a connection, and where the app runs elsewhere a call every few seconds. */
export const STREAMS = 50

/** Seconds. */
const RETRY_STREAM_AFTER = 5

/** Each token has its own count of those that are open. */
export function limitStreams(): RequestHandler {
  const open = new Map<string, number>()
  return (_request, response, next) => {
    const identity = identityOf(response)
    const others = open.get(identity.id) ?? 0
    if (identity === OWNER) next()
    else if (others >= STREAMS) {
      const problem = failure(`more than ${STREAMS} streams are open`, 'close those that nobody reads')
      response.status(429).set('retry-after', String(RETRY_STREAM_AFTER)).json(problem)
    } else {
      open.set(identity.id, others + 1)
      response.once('close', () => {
        const left = (open.get(identity.id) ?? 1) - 1
        if (left > 0) open.set(identity.id, left)
        else open.delete(identity.id)
      })
      next()
    }
  }
}

function identityOf({ locals }: Pick<Response, 'locals'>): Identity {
  return locals['identity'] as Identity
}
