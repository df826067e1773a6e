import { HttpResponse, type HttpHandler, type HttpRequest } from '@smithy/core/protocols'
import { ConfiguredRetryStrategy } from '@smithy/core/retry'

import { Aws, ATTEMPTS } from '../../../src/engine/ecs/aws.ts'
import { REGION, type FakeAws } from '../../fakes/aws/fake-aws.ts'
import { VirtualClock } from '../../fakes/virtual-clock.ts'

/** Real milliseconds between two attempts of a call: there are as many as in earnest. */
const PAUSE = 1

/**
 * The clients, talking to the fake without a network in between. Time stands still while they wait for an answer, as
 * nobody sleeps then, and between two attempts; a call that is never answered does not hold it.
 */
export function awsOf(fake: FakeAws, caller?: string): Aws {
  return clientsOf(fake, caller, new Direct(fake))
}

/** The same over HTTP. */
export function awsOverHttp(fake: Pick<FakeAws, 'url'>, caller?: string): Aws {
  return clientsOf(fake, caller)
}

function clientsOf({ url }: Pick<FakeAws, 'url'>, caller = 'gantry', requestHandler?: Direct): Aws {
  return new Aws({
    region: REGION,
    config: {
      endpoint: url,
      credentials: { accessKeyId: 'AKIAFAKE', secretAccessKey: 'fake' },
      userAgentAppId: caller,
      retryStrategy: new ConfiguredRetryStrategy(ATTEMPTS, PAUSE),
      ...(requestHandler !== undefined && { requestHandler }),
    },
  })
}

type HandlerOptions = NonNullable<Parameters<HttpHandler['handle']>[1]>

/** Brings requests to the fake, and fails as the handler of Node does. */
class Direct implements HttpHandler {
  readonly #fake: FakeAws

  constructor(fake: FakeAws) {
    this.#fake = fake
  }

  async handle(request: HttpRequest, options: HandlerOptions = {}): Promise<{ response: HttpResponse }> {
    const abortSignal = options.abortSignal as AbortSignal | undefined
    const { promise: aborted, reject } = Promise.withResolvers<never>()
    const onAbort = (): void => reject(named('AbortError', 'Request aborted'))
    abortSignal?.addEventListener('abort', onAbort)
    if (abortSignal?.aborted) onAbort()
    try {
      return { response: await Promise.race([this.#answer(request), aborted]) }
    } finally {
      abortSignal?.removeEventListener('abort', onAbort)
    }
  }

  async #answer(request: HttpRequest): Promise<HttpResponse> {
    const { clock } = this.#fake
    const release = clock instanceof VirtualClock ? clock.hold() : () => {}
    const answer = await this.#fake.answer(headOf(request), bodyOf(request))
    const mayRetry = answer === 'reset' || (answer !== 'hang' && answer.status >= 400)
    if (mayRetry) setTimeout(release, 3 * PAUSE)
    else release()
    if (answer === 'hang') return new Promise<never>(() => {})
    if (answer === 'reset') throw named('TimeoutError', 'socket hang up', { code: 'ECONNRESET' })
    const { status, headers, body } = answer
    return new HttpResponse({ statusCode: status, headers, body: Buffer.from(body) })
  }

  updateHttpClientConfig(): void {}

  httpHandlerConfigs(): object {
    return {}
  }
}

function headOf({ method, path, query, headers }: HttpRequest) {
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([name, values]) =>
      [values].flat().map((value): [string, string] => [name, value ?? '']),
    ),
  )
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  return {
    method,
    url: search.size === 0 ? path : `${path}?${search.toString()}`,
    headers: Object.fromEntries(named),
  }
}

function bodyOf({ body }: HttpRequest): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : ((body ?? '') as string)
}

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more })
}
