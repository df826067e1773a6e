import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

import packageJson from '../../package.json' with { type: 'json' }
import { systemClock } from '../app/clock.ts'
import { ConfigError, UserError } from '../app/errors.ts'
import { errorOf, mayBeOfAnotherVersion, type Refusal } from './answer-error.ts'
import { lost, LostError, noGantry, unreachable } from './connection-error.ts'
import { requestTo, type Endpoint } from './endpoint.ts'
import { compareVersions } from './remote-version.ts'
import { reopened } from './remote-stream.ts'
import { serverEvents } from './sse.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Milliseconds; a server says something every 15 s on a stream, if only that it is there. */
const LONGEST_SILENCE = 60_000

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

  get<T>(path: string): Promise<T> {
    return this.#json('GET', path)
  }
  /** Sent once more where the connection breaks: the server knows it by its key, and does nothing twice. */
  async post<T>(path: string, body: object = {}): Promise<T> {
    const headers = idempotencyKey()
    try {
      return await this.#json('POST', path, body, headers)
    } catch (error) {
      if (!(error instanceof LostError)) throw error
      this.#onBroken()
      return this.#json('POST', path, body, headers)
    }
  }
  put(path: string, body: object): Promise<void> {
    return this.#json('PUT', path, body)
  }
  patch<T>(path: string, body: object): Promise<T> {
    return this.#json('PATCH', path, body)
  }
  delete<T = void>(path: string): Promise<T> {
    return this.#json('DELETE', path)
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
      response.setTimeout(LONGEST_SILENCE, () => response.destroy(new Error('it said nothing any more')))
      for await (const { id, data } of serverEvents(response.setEncoding('utf8'))) {
        position.lastEventId = id
        yield JSON.parse(data) as T
      }
    } catch (error) {
      if (signal.aborted) return
      throw error instanceof UserError ? error : lost(this.endpoint, error)
    }
  }

  async #json<T>(
    method: Method,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const response = await this.#open(method, path, { body, headers })
    const content = await text(response).catch((error: unknown) => {
      throw lost(this.endpoint, error)
    })
    if (content === '') return undefined as T
    if (!isOf(response, 'application/json')) throw this.#foreign(response)
    return JSON.parse(content) as T
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
    await this.#judge(status !== 401)
    if (status < 300) return response
    const refusal = { status, headers: response.headers, content: await text(response).catch(() => '') }
    throw await this.#withVersion(errorOf(this.endpoint, refusal), refusal, path)
  }

  async #judge(accepted: boolean): Promise<void> {
    if (this.#judged || this.endpoint.kind === 'home') return
    this.#judged = true
    await this.endpoint.judge?.(accepted)
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
      return (await this.get<Partial<ServerInfo> | undefined>(about))?.version ?? ''
    } catch {
      return ''
    }
  }

  #foreign(response: IncomingMessage): UserError {
    const type = response.headers['content-type'] ?? 'something without a type'
    const { endpoint } = this
    return noGantry(endpoint.kind === 'home' ? endpoint.socketPath : endpoint.name, `it sent ${type}`)
  }
}

function idempotencyKey(): Record<string, string> {
  return { 'idempotency-key': randomUUID() }
}

function isOf({ headers }: IncomingMessage, type: string): boolean {
  return headers['content-type']?.startsWith(type) ?? false
}
