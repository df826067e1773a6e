import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface FakeComment {
  id: number
  issue: number
  user: { login: string }
  body: string
}

export interface FakePull {
  number: number
  /** Null: not merged. */
  merged_at: string | null
  merge_commit_sha: string
  base: { ref: string }
}

export interface FakeDeployment {
  id: number
  ref: string
  environment: string
  task: string
  statuses: { state: string; description: string; log_url: string }[]
}

type Permission = 'pull-requests' | 'deployments'

interface Request {
  method: string
  url: URL
  body: Record<string, unknown>
  /** What the pattern of the route has found in the path. */
  parts: string[]
}

interface Answer {
  status: number
  body: unknown
  headers?: Record<string, string>
}

/** Who writes with the token of a workflow: https://docs.github.com/actions/concepts/security/github_token */
const BOT = 'github-actions[bot]'

/** GitHub's API as far as the Action uses it, with state, for one repository: `GITHUB_API_URL`. */
export class FakeGitHub {
  readonly comments: FakeComment[] = []
  readonly deployments: FakeDeployment[] = []
  /** By the commit that they are asked for. */
  readonly pulls = new Map<string, FakePull[]>()
  /** Every request so far: `POST /repos/acme/shop/deployments`. */
  readonly requests: string[] = []
  /** What the token may write. On pull requests from forks: nothing. */
  permissions = new Set<Permission>(['pull-requests', 'deployments'])
  /** Answers instead of what comes next, for as long as it is set. */
  broken: Answer | null = null
  readonly #repository: string
  readonly #server: Server
  #id = 100

  private constructor(repository: string) {
    this.#repository = repository
    this.#server = createServer((message, response) => void this.#serve(message, response))
  }

  static async start(repository = 'acme/shop'): Promise<FakeGitHub> {
    const fake = new FakeGitHub(repository)
    fake.#server.listen(0, '127.0.0.1')
    await once(fake.#server, 'listening')
    return fake
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  /** Somebody writes a comment on the page. */
  say(issue: number, body: string, login = 'octocat'): FakeComment {
    const comment = { id: this.#id++, issue, user: { login }, body }
    this.comments.push(comment)
    return comment
  }

  async #serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '/', this.url)
    const method = message.method ?? 'GET'
    this.requests.push(`${method} ${url.pathname}`)
    const content = await text(message)
    const body = content === '' ? {} : (JSON.parse(content) as Record<string, unknown>)
    const answer = this.broken ?? this.#answer({ method, url, body, parts: [] })
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(JSON.stringify(answer.body))
  }

  #answer(request: Request): Answer {
    const { method, url } = request
    for (const [pattern, handle] of this.#routes) {
      const [verb, path = ''] = pattern.split(' ')
      const whole = `^${path.replace(':repo', `/repos/${this.#repository}`).replaceAll(':id', '([^/]+)')}$`
      const match = new RegExp(whole).exec(url.pathname)
      if (verb === method && match !== null) return handle({ ...request, parts: match.slice(1) })
    }
    return { status: 404, body: { message: 'Not Found' } }
  }

  readonly #routes: [string, (request: Request) => Answer][] = [
    ['POST /graphql', () => ok({ data: { viewer: { login: BOT } } })],
    ['GET :repo/commits/:id/pulls', ({ parts: [sha = ''] }) => ok(this.pulls.get(sha) ?? [])],
    ['GET :repo/issues/:id/comments', (request) => this.#list(request)],
    [
      'POST :repo/issues/:id/comments',
      ({ parts: [issue], body }) =>
        this.#allowed('pull-requests', () => created(this.say(Number(issue), String(body['body']), BOT))),
    ],
    [
      'PATCH :repo/issues/comments/:id',
      ({ parts: [id], body }) =>
        this.#allowed('pull-requests', () => {
          const comment = this.comments.find((each) => each.id === Number(id))
          if (comment === undefined) return { status: 404, body: { message: 'Not Found' } }
          comment.body = String(body['body'])
          return ok(comment)
        }),
    ],
    [
      'POST :repo/deployments',
      ({ body }) =>
        this.#allowed('deployments', () => {
          const { ref, environment, task } = body as unknown as FakeDeployment
          const deployment = { id: this.#id++, ref, environment, task, statuses: [] }
          this.deployments.push(deployment)
          return created(deployment)
        }),
    ],
    [
      'POST :repo/deployments/:id/statuses',
      ({ parts: [id], body }) =>
        this.#allowed('deployments', () => {
          const { state, description, log_url } = body as unknown as FakeDeployment['statuses'][number]
          this.deployments
            .find((each) => each.id === Number(id))!
            .statuses.push({ state, description, log_url })
          return created({})
        }),
    ],
  ]

  /** Pages as GitHub does: https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
  #list({ url, parts: [issue] }: Request): Answer {
    const size = Number(url.searchParams.get('per_page') ?? 30)
    const page = Number(url.searchParams.get('page') ?? 1)
    const all = this.comments.filter((each) => each.issue === Number(issue))
    const next = new URL(url)
    next.searchParams.set('page', String(page + 1))
    const more = all.length > page * size
    return {
      status: 200,
      body: all.slice((page - 1) * size, page * size),
      ...(more && { headers: { link: `<${next.href}>; rel="next"` } }),
    }
  }

  #allowed(permission: Permission, answer: () => Answer): Answer {
    if (this.permissions.has(permission)) return answer()
    return { status: 403, body: { message: 'Resource not accessible by integration' } }
  }
}

function ok(body: unknown): Answer {
  return { status: 200, body }
}

function created(body: unknown): Answer {
  return { status: 201, body }
}
