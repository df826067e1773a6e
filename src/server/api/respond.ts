import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'

import { ConfigError, NotFoundError, UserError } from '../../app/errors.ts'
import { may, type Identity, type Permission } from '../identity.ts'

export class Forbidden extends UserError {}

/** Who asks, as the door has found out. Every route calls `allow`; one that does not has no identity to work with. */
export function allow(request: Request, permission: Permission): Identity {
  const identity = request.res?.locals['identity'] as Identity | undefined
  const app = typeof request.params['app'] === 'string' ? request.params['app'] : null
  if (identity === undefined || !may(identity, permission, app)) {
    throw new Forbidden(`this needs the permission to ${permission}${app === null ? '' : ` ${app}`}`, {
      hint: 'use a token with another scope: `gantry token create --scope …`',
    })
  }
  return identity
}

/** Sends a stream of Server-Sent Events; each item is the JSON of one event. */
export async function sendEvents(
  response: Response,
  source: (signal: AbortSignal) => AsyncIterable<unknown>,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  if (response.closed) gone.abort()
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  response.flushHeaders()
  // A comment now and then tells both ends that the other is there.
  const heartbeat = setInterval(() => response.write(':\n\n'), 15_000)
  try {
    for await (const item of source(gone.signal)) {
      if (gone.signal.aborted) break
      if (!response.write(`data: ${JSON.stringify(item)}\n\n`)) {
        await new Promise<void>((resolve) => {
          response.once('drain', resolve)
          response.once('close', resolve)
        })
      }
    }
    response.end()
  } finally {
    clearInterval(heartbeat)
  }
}

export const notFound: RequestHandler = (request, response) => {
  response
    .status(404)
    .json({ error: { message: `there is no ${request.method} ${request.path}`, hint: null } })
}

/** The one place where an error becomes an answer. */
export function errorAnswer(log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, _next) => {
    const expected = error instanceof UserError
    if (!expected && !isClientError(error)) log.error({ err: error }, 'request failed')
    if (response.headersSent) {
      response.destroy()
      return
    }
    if (expected) {
      response.status(statusOf(error)).json({
        error: {
          message: error.message,
          hint: error.hint ?? null,
          ...(error instanceof ConfigError ? { diagnostics: error.diagnostics } : {}),
        },
      })
      return
    }
    if (isClientError(error)) {
      response.status(error.status).json({ error: { message: error.message, hint: null } })
      return
    }
    response
      .status(500)
      .json({ error: { message: 'a bug in Gantry: see the log of the server', hint: null } })
  }
}

function statusOf(error: UserError): number {
  if (error instanceof Forbidden) return 403
  return error instanceof NotFoundError ? 404 : 400
}

/** What express's body parser rejects: bad JSON, a body that is too large. */
function isClientError(error: unknown): error is Error & { status: number } {
  return (
    error instanceof Error && 'status' in error && Number(error.status) >= 400 && Number(error.status) < 500
  )
}
