import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'

import packageJson from '../../package.json' with { type: 'json' }
import { systemClock } from '../app/clock.ts'
import { ConfigError, UserError } from '../app/errors.ts'
import { bodyOf, foreign, jsonOf, LARGEST_REFUSAL, listOf, LONGEST_SILENCE, objectOf } from './answer-body.ts'
import { errorOf, mayBeOfAnotherVersion, type Refusal } from './answer-error.ts'
import { lost, LostError, unreachable } from './connection-error.ts'
import { requestTo, type Endpoint } from './endpoint.ts'
import { compareVersions } from './remote-version.ts'
import { reopened } from './remote-stream.ts'
import { serverEvents } from './sse.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A path of the API with every value encoded: a name can never become another path. */
export function path(texts: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return `/api${String.raw({ raw: texts }, ...values.map((value) => encodeURIComponent(value)))}`
}

/** The path with parameters in its query. */
export function withQuery(path: string, parameters: Record<string, string | number | boolean>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) query.set(name, String(value))
  return `${path}?${query.toString()}`
}

/** What a server says about itself. */
export interface ServerInfo {
  url: string
  version: string
}

/** Talks to a server, wherever it is. */
export class Client {
  readonly endpoint: Endpoint
  readonly #onBroken: () => void
  #judged = false

  /** `onBroken` is told when the way to the server breaks and is looked for again. */
  constructor(endpoint: Endpoint, onBroken: () => void = () => {}) {
    this.endpoint = endpoint
    this.#onBroken = onBroken
  }

  async get<T extends object>(path: string): Promise<T> {
    return objectOf(this.endpoint, await this.#json('GET', path)) as T
  }
  async list<T extends object>(path: string): Promise<T[]> {
    return listOf(this.endpoint, await this.#json('GET', path)) as T[]
  }
  /** Sent once more where the connection breaks: the server knows it by its key, and does nothing twice. */
  async post<T extends object>(path: string, body: object = {}): Promise<T> {
    const headers = idempotencyKey()
    const send = async (): Promise<T> =>
      objectOf(this.endpoint, await this.#json('POST', path, body, headers)) as T
    try {
      return await send()
    } catch (error) {
      if (!(error instanceof LostError)) throw error
      this.#onBroken()
      return send()
    }
  }
  async put(path: string, body: object): Promise<void> {
    await this.#json('PUT', path, body)
  }
  async patch<T extends object>(path: string, body: object): Promise<T> {
    return objectOf(this.endpoint, await this.#json('PATCH', path, body)) as T
  }
  delete<T = void>(path: string): Promise<T> {
    return this.#json('DELETE', path) as Promise<T>
  }

  /** Where git and people reach the server, as far as it can be told from here. */
  async url(): Promise<string> {
    if (this.endpoint.kind === 'remote') return this.endpoint.url
    return (await this.get<ServerInfo>(path`/server`)).url
  }

  /** The events of a stream as they come. It ends, without an error, when the signal fires. */
  events<T>(path: string, signal: AbortSignal): AsyncIterable<T> {
    const position = { lastEventId: '' }
    const open = (): AsyncIterable<T> => this.#events('GET', path, { position, signal })
    // What a server of this machine ends does not come back by itself; the way to another one breaks now and then.
    if (this.endpoint.kind === 'home') return open()
    return reopened(open, { clock: systemClock, signal, onBroken: this.#onBroken })
  }

  /** The same of what is begun by asking for it, and is over when nobody listens. */
  eventsOf<T>(path: string, body: object, signal: AbortSignal): AsyncIterable<T> {
    return this.#events('POST', path, { body, position: { lastEventId: '' }, signal })
  }

  async *#events<T>(
    method: 'GET' | 'POST',
    path: string,
    { body, position, signal }: { body?: object; position: { lastEventId: string }; signal: AbortSignal },
  ): AsyncGenerator<T> {
    try {
      const headers: Record<string, string> = method === 'POST' ? idempotencyKey() : {}
      if (position.lastEventId !== '') headers['last-event-id'] = position.lastEventId
      const response = await this.#open(method, path, { body, headers, signal })
      if (!isOf(response, 'text/event-stream')) throw this.#foreign(response)
      // It says something every 15 s, if only that it is there.
      response.setTimeout(LONGEST_SILENCE, () => response.destroy(new Error('it said nothing any more')))
      for await (const { id, data } of serverEvents(response.setEncoding('utf8'))) {
        position.lastEventId = id
        yield objectOf(this.endpoint, jsonOf(this.endpoint, data)) as T
      }
    } catch (error) {
      if (signal.aborted) return
      throw this.#brokenBy(error)
    }
  }

  /** Undefined: the answer is empty. */
  async #json(
    method: Method,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const response = await this.#open(method, path, { body, headers })
    const content = await bodyOf(response).catch((error: unknown) => {
      throw this.#brokenBy(error)
    })
    if (content === '') return undefined
    if (!isOf(response, 'application/json')) throw this.#foreign(response)
    return jsonOf(this.endpoint, content)
  }

  /** What has no end, no Gantry sends: that does not get better by asking again. */
  #brokenBy(error: unknown): UserError {
    if (error instanceof UserError) return error
    return error instanceof RangeError ? foreign(this.endpoint, error.message) : lost(this.endpoint, error)
  }

  async #open(
    method: Method,
    path: string,
    {
      body,
      headers,
      signal,
    }: { body?: object | undefined; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<IncomingMessage> {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const request = requestTo(this.endpoint, path, {
      method,
      headers: {
        ...headers,
        ...(payload !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        }),
      },
      ...(signal && { signal }),
    })
    request.end(payload)
    let response: IncomingMessage
    try {
      const answered = (await once(request, 'response')) as [IncomingMessage]
      response = answered[0]
    } catch (error) {
      throw unreachable(this.endpoint, error as NodeJS.ErrnoException)
    }
    // From here on the response tells; an error without a listener would end the process.
    request.on('error', () => {})
    const { statusCode: status = 0 } = response
    await this.#judge(status)
    if (status < 300) return response
    const content = await bodyOf(response, LARGEST_REFUSAL).catch(() => '')
    const refusal = { status, headers: response.headers, content }
    throw await this.#withVersion(errorOf(this.endpoint, refusal), refusal, path)
  }

  /** Only these say something about the token: whatever stands in front of a server, or for it, answers otherwise. */
  async #judge(status: number): Promise<void> {
    const says = status === 401 || (status >= 200 && status < 300)
    if (!says || this.#judged || this.endpoint.kind === 'home') return
    this.#judged = true
    await this.endpoint.judge?.(status !== 401)
  }

  /** Says so where the server is of another version than this program, and may have failed for it. */
  async #withVersion(problem: UserError, refusal: Refusal, asked: string): Promise<UserError> {
    const about = path`/server`
    if (asked === about || problem instanceof ConfigError || !mayBeOfAnotherVersion(refusal)) return problem
    const difference = compareVersions(packageJson.version, await this.#version(about))
    if (difference === null) return problem
    const Same = problem.constructor as new (...args: ConstructorParameters<typeof UserError>) => UserError
    const hint = problem.hint === undefined ? difference : `${problem.hint}; ${difference}`
    return new Same(problem.message, { hint, cause: problem })
  }

  /** Empty where it does not say. */
  async #version(about: string): Promise<string> {
    try {
      const { version } = await this.get<Partial<Record<keyof ServerInfo, unknown>>>(about)
      return typeof version === 'string' ? version : ''
    } catch {
      return ''
    }
  }

  #foreign({ headers }: IncomingMessage): UserError {
    return foreign(this.endpoint, `it sent ${headers['content-type'] ?? 'something without a type'}`)
  }
}

function idempotencyKey(): Record<string, string> {
  return { 'idempotency-key': randomUUID() }
}

function isOf({ headers }: IncomingMessage, type: string): boolean {
  return headers['content-type']?.startsWith(type) ?? false
}
