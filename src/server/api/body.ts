import type { IncomingMessage } from 'node:http'

import express, { type Request, type RequestHandler } from 'express'

import { HttpError } from './failure.ts'

const LARGEST_BODY = '1mb'

/** Milliseconds for all of it: the port has no limit of its own, as a push may take long. */
const LONGEST_WAIT_MS = 30_000

/** Without a type, a body is taken for JSON: to pass over what somebody has sent would be worse. */
function isJson({ headers }: IncomingMessage): boolean {
  const type = headers['content-type']
  return !type || /^application\/json\s*(?:;|$)/i.test(type)
}

export function readBody(longestWait = LONGEST_WAIT_MS): RequestHandler {
  const read = express.json({ limit: LARGEST_BODY, type: isJson })
  return (request, response, next) => {
    const timer = setTimeout(() => {
      response.set('connection', 'close')
      next(new HttpError(408, `the body took longer than ${longestWait / 1_000} s`))
    }, longestWait)
    read(request, response, (error: unknown) => {
      // What comes after the answer is nobody's any more.
      if (response.headersSent) return
      clearTimeout(timer)
      next(error)
    })
  }
}

/** @throws HttpError with 415 for one that is not JSON */
export function bodyOf(request: Request): unknown {
  // Null: it has none.
  if (isJson(request) || request.is('application/json') === null) return request.body
  throw new HttpError(415, 'the body must be JSON', { hint: 'say so: content-type: application/json' })
}
