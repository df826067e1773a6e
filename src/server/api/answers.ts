import type { Response } from 'express'
import { z } from 'zod'

import { encodeCursor, type Page } from './pages.ts'
import { sendEvents, type StreamedEvent } from './events.ts'
import { failure } from './failure.ts'
import type { KeptAnswer } from '../idempotency.ts'

/** How what a handler gives reaches the one who asked, and what the document says about it. */
export interface Answer<Result> {
  status: number
  description: string
  /** Null: no body. */
  content: { type: 'application/json' | 'text/event-stream'; schema: z.ZodType } | null
  /** Name to what it says. */
  headers: Readonly<Record<string, string>>
  /** Whether it is a stream that goes on behind a `Last-Event-ID`. */
  resumes: boolean
  send(response: Response, result: Result): Promise<void> | void
  /** What is sent when the request comes again with its key. */
  keep(result: Result): KeptAnswer
}

export function json<T>(
  schema: z.ZodType<T>,
  { status = 200, description = 'Done.' }: { status?: number; description?: string } = {},
): Answer<T> {
  return {
    status,
    description,
    content: { type: 'application/json', schema },
    headers: {},
    resumes: false,
    send: (response, result) => void response.status(status).json(result),
    keep: (body) => ({ status, body }),
  }
}

/** An answer that is given a single time. `hint`: what to do for who has not got it. */
export function once<T>(answer: Answer<T>, hint: string): Answer<T> {
  const message = 'this request was carried out before, and its answer is given only once'
  return { ...answer, keep: () => ({ status: 409, body: failure(message, hint) }) }
}

export function nothing(description: string): Answer<void> {
  return {
    status: 204,
    description,
    content: null,
    headers: {},
    resumes: false,
    send: (response) => void response.status(204).end(),
    keep: () => ({ status: 204, body: null }),
  }
}

/** A part of a list. Where to go on is in the header. */
export function page<T>(schema: z.ZodType<T>, description: string): Answer<Page<T>> {
  return {
    status: 200,
    description,
    content: { type: 'application/json', schema: z.array(schema) },
    headers: { Link: 'With `rel="next"`, where the list goes on. It is not there at the end.' },
    resumes: false,
    send: (response, { items, next }) => {
      if (next !== null) response.set('link', `<${withCursor(response.req.originalUrl, next)}>; rel="next"`)
      response.json(items)
    },
    keep: ({ items }) => ({ status: 200, body: items }),
  }
}

/** A stream of Server-Sent Events. */
export function events<T>(
  schema: z.ZodType<T>,
  { resumes }: { resumes: boolean },
): Answer<(signal: AbortSignal) => AsyncIterable<StreamedEvent<T>>> {
  return {
    status: 200,
    description: `A stream of Server-Sent Events: the data of each is the JSON of one of these${resumes ? ', its `id` is for `Last-Event-ID`' : ''}.`,
    content: { type: 'text/event-stream', schema },
    headers: {},
    resumes,
    send: sendEvents,
    keep: () => ({ status: 200, body: null }),
  }
}

function withCursor(url: string, next: unknown): string {
  const [path, query = ''] = url.split('?', 2)
  const parameters = new URLSearchParams(query)
  parameters.set('cursor', encodeCursor(next))
  return `${path}?${parameters.toString()}`
}
