import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request as httpRequest } from 'node:http'
import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'

import { onTestFinished } from 'vitest'

import { Repository } from '../../../src/git/repository.ts'
import { gatherFacts } from '../../../src/server/git/facts.ts'
import { parseGitRequest } from '../../../src/server/git/git-request.ts'
import type { GitService } from '../../../src/server/git/git-request.ts'
import { judge } from '../../../src/server/git/judge.ts'
import type { ReceiveRules, Ruling } from '../../../src/server/git/judge.ts'
import { FLUSH, packet } from '../../../src/server/git/pkt-line.ts'
import type { RefAnswer } from '../../../src/server/git/proc-receive.ts'
import { PushReceiver } from '../../../src/server/git/receive.ts'
import type { Push, PushReceiverOptions } from '../../../src/server/git/receive.ts'
import { CLIENT_ENV, git, temporaryFolder } from '../../git/fixtures.ts'
import { withoutSideBand } from './side-band.ts'

export const ZERO = '0'.repeat(40)

export interface Served {
  folder: string
  /** `http://127.0.0.1:…/shop.git` */
  url: string
  repository: Repository
  receiver: PushReceiver
  /** Every push that reached `onPush`. */
  pushes: Push[]
  /** What went to the server's log. */
  failures: unknown[]
  /** How many requests are being answered. */
  running(): number
  /** Resolves when there are none. */
  idle(): Promise<void>
}

interface ServeOptions extends Partial<PushReceiverOptions> {
  rules?: ReceiveRules
  /** Called in the place of a deployment. */
  deploy?: (push: Push, ruling: Ruling & { action: 'deploy' }) => Promise<RefAnswer | void>
}

/** A server of one repository, `shop.git`, which judges pushes as the real one does and deploys nothing. */
export async function serve(options: ServeOptions = {}): Promise<Served> {
  const folder = await temporaryFolder()
  const repository = await Repository.create(join(folder, 'served.git'))
  const { rules = { branch: 'main', allowForce: true }, deploy, ...receiverOptions } = options
  const pushes: Push[] = []
  const failures: unknown[] = []
  const receiver = new PushReceiver({
    hookSocket: join(folder, 'hook'),
    onFailure: (error) => failures.push(error),
    async onPush(push) {
      pushes.push(push)
      const facts = await gatherFacts(repository, push.commands, rules)
      const answers = new Map<string, RefAnswer>()
      for (const [ref, ruling] of judge(push, rules, facts)) {
        answers.set(ref, await carryOut(repository, push, ruling, deploy))
      }
      return answers
    },
    ...receiverOptions,
  })
  await receiver.listen()

  const running = new Set<Promise<void>>()
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    const wanted = parseGitRequest(request.method ?? '', request.url ?? '')
    if (wanted?.app !== 'shop') {
      response.writeHead(404).end()
      return
    }
    const answered = receiver.handle(request, response, wanted, { app: 'shop', repository, by: 'ada' })
    running.add(answered)
    void answered.finally(() => running.delete(answered))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const idle = async () => {
    while (running.size > 0) await Promise.all(running)
  }
  onTestFinished(async () => {
    server.closeAllConnections()
    server.close()
    await receiver.close()
    await idle()
  })
  const url = `http://127.0.0.1:${port}/shop.git`
  return { folder, url, repository, receiver, pushes, failures, running: () => running.size, idle }
}

async function carryOut(
  repository: Repository,
  push: Push,
  ruling: Ruling,
  deploy: ServeOptions['deploy'],
): Promise<RefAnswer> {
  if (ruling.action === 'refuse') return { ok: false, reason: ruling.reason }
  if (ruling.action === 'store') {
    await repository.updateRefs([ruling], push.by, 'push')
    return { ok: true }
  }
  if (ruling.forced) push.write('forced: commits are dropped\n')
  const answer = await deploy?.(push, ruling)
  if (answer !== undefined) return answer
  await repository.updateRefs([{ ref: ruling.ref, from: ruling.from, to: ruling.commit }], push.by, 'push')
  return { ok: true }
}

/** A pusher's checkout with one commit and the served repository as the remote `gantry`. */
export function checkout(served: Served, name = 'work'): string {
  const folder = join(served.folder, name)
  git(served.folder, ['init', '-q', '-b', 'main', folder])
  git(folder, ['remote', 'add', 'gantry', served.url])
  commit(folder, 'first')
  return folder
}

export function commit(folder: string, message: string): string {
  git(folder, ['commit', '-q', '--allow-empty', '-m', message])
  return git(folder, ['rev-parse', 'HEAD'])
}

export interface Pushed {
  code: number | null
  /** What the pusher sees. */
  output: string
}

/** `git push` as a person runs it. */
export async function push(folder: string, ...args: string[]): Promise<Pushed> {
  return run(folder, 'push', ...args)
}

/** Any git that talks to the served repository: the server is in this process, so it must not be waited for in a block. */
export async function run(folder: string, ...args: string[]): Promise<Pushed> {
  return finished(startGit(folder, ...args))
}

export function startGit(folder: string, ...args: string[]): ChildProcess {
  return spawn('git', args, { cwd: folder, env: CLIENT_ENV, stdio: ['ignore', 'pipe', 'pipe'] })
}

export async function finished(child: ChildProcess): Promise<Pushed> {
  let output = ''
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()))
  child.stderr!.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output }
}

export interface RawCommand {
  ref: string | Buffer
  from?: string
  to: string
}

/** The body of a push as a client could make it that keeps to no rules: commands, options, and a pack of these commits. */
export function rawPush(
  folder: string,
  commands: readonly RawCommand[],
  { options = [], capabilities = '' }: { options?: readonly string[]; capabilities?: string } = {},
): Buffer {
  const caps = `report-status side-band-64k ${options.length > 0 ? 'push-options ' : ''}${capabilities}`
  const lines = commands.map(({ ref, from = ZERO, to }, index) => {
    const line = Buffer.concat([Buffer.from(`${from} ${to} `), Buffer.from(ref as string)])
    return packet(index === 0 ? Buffer.concat([line, Buffer.from(`\0${caps}`)]) : line)
  })
  const wanted = [...new Set(commands.map(({ to }) => to).filter((to) => to !== ZERO))]
  const pack = wanted.length === 0 ? Buffer.alloc(0) : packOf(folder, wanted)
  const optionLines = options.length > 0 ? [...options.map((option) => packet(option)), FLUSH] : []
  return Buffer.concat([...lines, FLUSH, ...optionLines, pack])
}

function packOf(folder: string, commits: readonly string[]): Buffer {
  const pack = join(folder, 'raw-push')
  const name = git(folder, ['pack-objects', '--revs', '-q', pack], `${commits.join('\n')}\n`)
  return readFileSync(`${pack}-${name}.pack`)
}

export interface RawResponse {
  status: number
  headers: IncomingHttpHeaders
  received: Buffer
  body: string
}

export async function post(
  served: Served,
  body: Buffer,
  headers: Record<string, string> = {},
  service: GitService = 'git-receive-pack',
): Promise<RawResponse> {
  const type = `application/x-${service}-request`
  const answer = await send('POST', `${served.url}/${service}`, { 'Content-Type': type, ...headers }, body)
  return { ...answer, body: service === 'git-receive-pack' ? withoutSideBand(answer.received) : answer.body }
}

export async function get(
  served: Served,
  path: string,
  headers: Record<string, string> = {},
): Promise<RawResponse> {
  return send('GET', `${served.url}${path}`, headers)
}

/** The beginning of a push, for bodies that come otherwise than at once. */
export function openPush(served: Served, headers: Record<string, string> = {}): ClientRequest {
  const type = 'application/x-git-receive-pack-request'
  const request = httpRequest(`${served.url}/git-receive-pack`, {
    method: 'POST',
    headers: { 'Content-Type': type, ...headers },
  })
  // Connections are cut, here and there.
  request.on('error', () => {})
  return request
}

export async function responseTo(request: ClientRequest): Promise<IncomingMessage> {
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  response.on('error', () => {})
  return response
}

async function send(
  method: string,
  url: string,
  headers: Record<string, string>,
  body?: Buffer,
): Promise<RawResponse> {
  const request = httpRequest(url, { method, headers })
  // After the answer; before it, waiting for the response fails.
  request.on('error', () => {})
  request.end(body)
  const response = await responseTo(request)
  const received = await buffer(response)
  return { status: response.statusCode ?? 0, headers: response.headers, received, body: received.toString() }
}

/** Waits for something to become true, without guessing how long it takes. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve))
}
