import type { ErrorRequestHandler, RequestHandler } from 'express'
import type { Logger } from 'pino'

import { answerTo, failure, ownFault } from './failure.ts'

export const notFound: RequestHandler = (request, response) => {
  response.status(404).json(failure(`there is no ${request.method} ${request.path}`))
}

/** Seconds after which a server that stops is back, as a rule. */
const BACK_AFTER = 5

/** The one place where an error becomes an answer. */
export function errorAnswer(log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _request, response, _next) => {
    const answer = answerTo(error)
    if (answer === null) log.error({ err: error }, 'request failed')
    if (response.headersSent) {
      response.destroy()
      return
    }
    const { status, body } = answer ?? ownFault(error)
    if (status === 503) response.set('retry-after', String(BACK_AFTER))
    response.status(status).json(body)
  }
}
