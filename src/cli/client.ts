import { once } from 'node:events'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { ConfigError, NotFoundError, UserError, type Diagnostic } from '../app/errors.ts'
import { eventData } from './sse.ts'

/** macOS allows 104 bytes with the NUL, Linux 108; the system would cut a longer path silently. */
const LONGEST_SOCKET_PATH = 103

/** The server failed, or went away in the middle: nothing that other input would change. */
export class ServerError extends UserError {}

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

/** Talks to the server of a home over its Unix socket: whoever may open that is its owner, and needs no token. */
export class Client {
  readonly #home: string
  readonly #socketPath: string

  constructor(home: string) {
    this.#home = home
    this.#socketPath = join(home, 'control.sock')
    if (Buffer.byteLength(this.#socketPath) > LONGEST_SOCKET_PATH) {
      throw new UserError(`the path of the server's socket is too long: ${this.#socketPath}`, {
        hint: `${LONGEST_SOCKET_PATH} bytes are allowed: choose a shorter --home, or reach it by a symbolic link`,
      })
    }
  }

  get<T>(path: string): Promise<T> {
    return this.#json('GET', path)
  }
  post<T>(path: string, body: object = {}): Promise<T> {
    return this.#json('POST', path, body)
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

  /** The events of a stream as they come. It ends, without an error, when the signal fires. */
  async *events<T>(
    method: 'GET' | 'POST',
    path: string,
    body: object | null,
    signal: AbortSignal,
  ): AsyncGenerator<T> {
    try {
      const response = await this.#open(method, path, body ?? undefined, signal)
      for await (const data of eventData(response.setEncoding('utf8'))) yield JSON.parse(data) as T
    } catch (error) {
      if (signal.aborted) return
      throw error instanceof UserError ? error : this.#lost(error)
    }
  }

  async #json<T>(method: Method, path: string, body?: object): Promise<T> {
    const response = await this.#open(method, path, body)
    const content = await text(response).catch((error: unknown) => {
      throw this.#lost(error)
    })
    return (content === '' ? undefined : JSON.parse(content)) as T
  }

  async #open(method: Method, path: string, body?: object, signal?: AbortSignal): Promise<IncomingMessage> {
    const payload = body === undefined ? undefined : JSON.stringify(body)
    const request = httpRequest({
      socketPath: this.#socketPath,
      method,
      path,
      headers:
        payload === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) },
      ...(signal && { signal }),
    })
    request.end(payload)
    let response: IncomingMessage
    try {
      const answered = (await once(request, 'response')) as [IncomingMessage]
      response = answered[0]
    } catch (error) {
      throw this.#unreachable(error as NodeJS.ErrnoException)
    }
    // From here on the response tells; an error without a listener would end the process.
    request.on('error', () => {})
    if (response.statusCode! < 400) return response
    throw errorOf(response.statusCode!, await text(response).catch(() => ''))
  }

  #unreachable(error: NodeJS.ErrnoException): UserError {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ECONNREFUSED') {
      return new UserError(`no Gantry server runs for this home: ${this.#home}`, {
        hint: `start one: gantry server --home ${this.#home}`,
        cause: error,
      })
    }
    if (error.code === 'EACCES' || error.code === 'EPERM') {
      return new UserError(`the server of ${this.#home} belongs to another user`, {
        hint: 'run this as that user, or name your own with --home or GANTRY_HOME',
        cause: error,
      })
    }
    return this.#lost(error)
  }

  #lost(cause: unknown): ServerError {
    return new ServerError('the connection to the server broke', {
      hint: `is it still running? its log says more; its home is ${this.#home}`,
      cause,
    })
  }
}

/** The error that the server had, as if it had been thrown here. */
function errorOf(status: number, content: string): UserError {
  const { message, hint, diagnostics } = parseError(content)
  if (diagnostics !== undefined) return new ConfigError(diagnostics)
  const options = { hint: hint ?? undefined }
  if (status >= 500) return new ServerError(message ?? `the server failed (${status})`, options)
  if (status === 404) return new NotFoundError(message ?? 'the server does not know this', options)
  return new UserError(message ?? `the server refused this (${status})`, options)
}

interface ErrorBody {
  message?: string
  hint?: string | null
  diagnostics?: Diagnostic[]
}

function parseError(content: string): ErrorBody {
  try {
    return (JSON.parse(content) as { error?: ErrorBody }).error ?? {}
  } catch {
    return {}
  }
}
