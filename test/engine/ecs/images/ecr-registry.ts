import { once } from 'node:events'
import {
  createServer,
  request as send,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

import { ACCOUNT, type FakeAws } from '../../../fakes/aws/fake-aws.ts'
import { AwsError } from '../../../fakes/aws/aws-error.ts'
import { LOGIN, Registry } from './registry.ts'

/** The password that the fake hands out; the registry behind has one of its own. */
export const ECR_PASSWORD = `password-of-${ACCOUNT}`
const ECR_LOGIN = `Basic ${Buffer.from(`AWS:${ECR_PASSWORD}`).toString('base64')}`
const MANIFEST = /^\/v2\/(.+)\/manifests\/([^/]+)$/

/**
 * The registry of the fake AWS: a real one, to which `docker push` goes, behind the rules of ECR. Repositories are not
 * made by pushing, tags that may not move do not move, and what is pushed is seen by the calls of the API.
 */
export class EcrRegistry {
  readonly host: string
  readonly #registry: Registry
  readonly #server: Server

  private constructor(registry: Registry, server: Server) {
    this.#registry = registry
    this.#server = server
    this.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  static async start(fake: FakeAws): Promise<EcrRegistry> {
    const registry = await Registry.start()
    const server = createServer((request, response) => {
      answer(fake, registry, request, response).catch((error: unknown) => response.destroy(error as Error))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const started = new EcrRegistry(registry, server)
    fake.ecr.host = started.host
    return started
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
    await this.#registry[Symbol.asyncDispose]()
  }
}

async function answer(
  fake: FakeAws,
  registry: Registry,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers.authorization !== ECR_LOGIN) {
    request.resume()
    response.setHeader('www-authenticate', 'Basic realm="ecr"')
    return refuse(response, 401, 'UNAUTHORIZED', 'authentication required')
  }
  const [, repository, reference] = (request.method === 'PUT' && MANIFEST.exec(request.url!)) || []
  if (repository === undefined) return forward(registry, request, response, null)
  const manifest = await buffer(request)
  try {
    fake.ecr.handle('PutImage', {
      repositoryName: repository,
      imageManifest: manifest.toString(),
      imageManifestMediaType: request.headers['content-type'],
      ...(!reference!.startsWith('sha256:') && { imageTag: reference }),
    })
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const code = error.code === 'RepositoryNotFoundException' ? 'NAME_UNKNOWN' : 'TAG_INVALID'
    return refuse(response, 400, code, error.message)
  }
  return forward(registry, request, response, manifest)
}

/** @param body null: as it comes in */
async function forward(
  registry: Registry,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer | null,
): Promise<void> {
  const { method, url, headers } = request
  const onward = send(`http://${registry.host}${url}`, {
    method,
    headers: { ...headers, authorization: `Basic ${LOGIN}` },
  })
  if (body === null) request.pipe(onward)
  else onward.end(body)
  const [answer] = (await once(onward, 'response')) as [IncomingMessage]
  response.writeHead(answer.statusCode!, answer.headers)
  answer.pipe(response)
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ errors: [{ code, message }] }))
}
