import { createHash } from 'node:crypto'

import type { Request, RequestHandler, Response } from 'express'

import { CancelledError, UserError } from '../../app/errors.ts'
import { idOf } from '../apps.ts'
import type { Context } from '../context.ts'
import type { Ticket } from '../idempotency.ts'
import { allow } from './allow.ts'
import { bodyOf } from './body.ts'
import { answerTo, HttpError, ownFault } from './failure.ts'
import { parse } from './input.ts'
import { isOnce, type AboutApp, type Call, type Route, type Written } from './route.ts'

const LONGEST_EVENT_ID = 200
const KEY = /^[\x21-\x7e]{1,255}$/

/** The path as express has it. */
export function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1')
}

/** Carries a route out: who asks, what exactly, once, and written down. In this order, so that nobody learns too much. */
export function serve(route: Route, context: Context): RequestHandler {
  return async (request, response) => {
    const call = await callOf(route, context, request, response)
    const key = isOnce(route) ? keyOf(request) : null
    if (key === null) return carryOut(route, call, response, null)
    const judged = await context.idempotency.judge(call.identity.id, key, fingerprint(request, call))
    switch (judged.kind) {
      case 'new':
        return carryOut(route, call, response, judged)
      case 'answered':
        response.status(judged.answer.status).set('idempotency-replayed', 'true')
        if (judged.answer.body === null) response.end()
        else response.json(judged.answer.body)
        return
      case 'taken':
        throw new HttpError(422, 'this Idempotency-Key was sent with another request', {
          hint: 'take a new key for every request; only the same one sent again has the same',
        })
      case 'cut_off':
        throw new HttpError(409, 'the server ended in the middle of this request, and did not do it again', {
          hint: 'look what became of it; to do it again, send it with a new Idempotency-Key',
        })
    }
  }
}

async function callOf(route: Route, context: Context, request: Request, response: Response): Promise<Call> {
  const identity = allow(request, response, route.needs)
  const { app: name, ...params } = request.params
  const app = typeof name === 'string' ? context.apps.get(name) : null
  return {
    context,
    // Handlers of a path without an app look at neither.
    engine: app === null ? (null as never) : (await context.engines.of(app)).engine,
    identity,
    of: app === null ? (null as never) : { app, id: idOf(app) },
    params: parse(route.params, params),
    query: parse(route.query, request.query),
    body: parse(route.body, bodyOf(request)),
    lastEventId: request.get('last-event-id')?.slice(0, LONGEST_EVENT_ID) ?? null,
  }
}

function keyOf(request: Request): string | null {
  const key = request.get('idempotency-key')
  if (key === undefined || KEY.test(key)) return key ?? null
  throw new UserError('an Idempotency-Key has 1 to 255 visible ASCII characters')
}

/** Equal for what asks for the same, however it is written. */
function fingerprint({ method, originalUrl }: Request, { body }: Call): string {
  return createHash('sha256')
    .update(JSON.stringify([method, originalUrl, body]))
    .digest('hex')
}

async function carryOut(route: Route, call: Call, response: Response, ticket: Ticket | null): Promise<void> {
  const { answer, change } = await handled(route, call, ticket)
  try {
    if (change !== null) writeDown(route, call, change)
  } finally {
    // It was carried out, even where that cannot be written down.
    ticket?.keep(route.answer.keep(answer))
  }
  await route.answer.send(response, answer)
}

function writeDown(route: Route, { identity, of, context }: Call, change: Written): void {
  const app = change.app ?? (of as AboutApp | null)?.app.name ?? null
  context.audit.write({ who: identity.name, token: identity.id, app, action: route.id }, change)
}

/** A key whose request was refused keeps that answer: the same again would be refused as well. */
async function handled(route: Route, call: Call, ticket: Ticket | null): ReturnType<Route['handle']> {
  try {
    return await route.handle(call)
  } catch (error) {
    if (error instanceof CancelledError) ticket?.forget()
    else ticket?.keep(answerTo(error) ?? ownFault(error))
    throw error
  }
}
