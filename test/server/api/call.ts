import { once } from 'node:events'
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import type { World } from '../../e2e/world.ts'

export interface Request {
  method?: string
  /** Behind `/api`. */
  path: string
  /** Null: none. Undefined: who owns the machine, over the control socket. */
  token?: string | null
  /** As JSON, unless it is a text already. */
  body?: unknown
  headers?: Record<string, string>
  /** The address that it comes from: who guesses tokens from one has to wait. */
  from?: string
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** What the text is as JSON; undefined where it is none. */
  body: unknown
}

export async function call(world: World, wanted: Request): Promise<Answer> {
  const response = await open(world, wanted)
  const content = await text(response)
  return {
    status: response.statusCode!,
    headers: response.headers,
    text: content,
    body: response.headers['content-type']?.startsWith('application/json') ? JSON.parse(content) : undefined,
  }
}

/** The answer as it comes, for streams. */
export async function open(
  { home, url }: World,
  { method = 'GET', path, token, body, headers = {}, from }: Request,
): Promise<IncomingMessage> {
  const { hostname, port } = new URL(url)
  const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
  const sent = request({
    ...(token === undefined ? { socketPath: join(home, 'control.sock') } : { hostname, port }),
    ...(from !== undefined && { localAddress: from }),
    method,
    path: `/api${path}`,
    agent: false,
    headers: {
      // Node sends none with a GET by itself.
      ...(payload !== undefined && {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(payload),
      }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...headers,
    },
  })
  sent.end(payload)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return response
}

/** A new token, and its id. */
export async function makeToken(
  world: World,
  settings: { name?: string; scope?: string; app?: string | null },
): Promise<{ id: string; token: string }> {
  return world.api('POST', '/tokens', { name: 'test', ...settings })
}

/** The events of a stream that has ended. */
export function eventsIn(stream: string): { id: string | null; data: unknown }[] {
  return stream
    .split('\n\n')
    .filter((block) => block.includes('data: '))
    .map((block) => ({
      id: /^id: (.*)$/m.exec(block)?.[1] ?? null,
      data: JSON.parse(/^data: (.*)$/m.exec(block)![1]!) as unknown,
    }))
}

/** Where the list goes on, behind `/api`. */
export function nextOf({ headers }: Answer): string | null {
  return /^<\/api(.*)>; rel="next"$/.exec(String(headers['link'] ?? ''))?.[1] ?? null
}
