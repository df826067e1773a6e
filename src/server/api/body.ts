import type { IncomingMessage } from 'node:http'

import express, { type Request, type RequestHandler } from 'express'

import { HttpError } from './failure.ts'

const LARGEST_BODY = '1mb'

/** Without a type, a body is taken for JSON: to pass over what somebody has sent would be worse. */
function isJson({ headers }: IncomingMessage): boolean {
  const type = headers['content-type']
  return !type || /^application\/json\s*(?:;|$)/i.test(type)
}

export function readBody(): RequestHandler {
  return express.json({ limit: LARGEST_BODY, type: isJson })
}

/** @throws HttpError with 415 for one that is not JSON */
export function bodyOf(request: Request): unknown {
  // Null: it has none.
  if (isJson(request) || request.is('application/json') === null) return request.body
  throw new HttpError(415, 'the body must be JSON', { hint: 'say so: content-type: application/json' })
}
