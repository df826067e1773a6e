import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Writable } from 'node:stream'

import { gitEnvironment } from '../../git/environment.ts'
import type { GitSetting } from '../../git/environment.ts'
import { git, GitError } from '../../git/git.ts'
import type { Repository } from '../../git/repository.ts'
import { protocolVariables } from './git-request.ts'
import type { GitService } from './git-request.ts'
import { FLUSH, packet } from './pkt-line.ts'
import { relay } from './relay.ts'
import { BodyError, isGzip, requestBody } from './request-body.ts'
import type { BodyLimits } from './request-body.ts'
import { READ_SETTINGS } from './settings.ts'

/** How git is run for one request. */
export interface ServedGit {
  settings: readonly GitSetting[]
  /** Further variables of its environment. */
  variables: Readonly<Record<string, string>>
  /** Who is written into reflogs. */
  by: string
}

const STDERR_KEPT = 2048
const HEADERS = {
  'Cache-Control': 'no-cache, max-age=0, must-revalidate',
  Expires: 'Fri, 01 Jan 1980 00:00:00 GMT',
  Pragma: 'no-cache',
  // What is sent while a push goes on must not wait in a proxy.
  'X-Accel-Buffering': 'no',
}

/**
 * Shows the refs of a repository: the first request of every push and fetch. The caller has authorised it.
 *
 * @throws GitError when git fails; the client has been told that something did
 */
export async function advertise(
  request: IncomingMessage,
  response: ServerResponse,
  service: GitService,
  repository: Repository,
): Promise<void> {
  const variables = protocolVariables(request)
  const args = [service.replace('git-', ''), '--stateless-rpc', '--http-backend-info-refs', repository.gitDir]
  let refs: Buffer
  try {
    refs = await git(null, args, { settings: READ_SETTINGS, variables })
  } catch (error) {
    refuse(response, 500, `${service} failed`)
    throw error
  }
  // Version 2, which pushes do not have, begins without this line (git: http-backend.c).
  const named = service === 'git-receive-pack' || variables['GIT_PROTOCOL'] !== 'version=2'
  const head = named ? [packet(`# service=${service}\n`), FLUSH] : []
  response.writeHead(200, { ...HEADERS, 'Content-Type': `application/x-${service}-advertisement` })
  response.end(Buffer.concat([...head, refs]))
}

/**
 * The request that carries a push or a fetch. Its body goes to git as it comes and git's answer goes back as it comes;
 * neither is ever in memory as a whole. The caller has authorised it.
 *
 * A pusher who disconnects after the body has come stops nothing. One who disconnects before leaves git with half a
 * pack, which it refuses; it is not killed, because then it would leave its quarantine behind.
 *
 * @throws GitError when git fails; the client has been told that something did
 */
export async function rpc(
  request: IncomingMessage,
  response: ServerResponse,
  service: GitService,
  repository: Repository,
  served: ServedGit,
  limits: BodyLimits,
): Promise<void> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  const type = `application/x-${service}-request`
  if (request.headers['content-type'] !== type || (encoding !== 'identity' && !isGzip(request))) {
    refuse(response, 415, `this address takes ${type}, as it is or as gzip`)
    return
  }
  const child = spawn('git', [service.replace('git-', ''), '--stateless-rpc', repository.gitDir], {
    env: {
      ...gitEnvironment(served.settings, served.by),
      ...protocolVariables(request),
      ...served.variables,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close') as Promise<[code: number | null]>
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < STDERR_KEPT) stderr += text.slice(0, STDERR_KEPT)
  })
  if (service === 'git-upload-pack') response.once('close', () => child.kill())

  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
  response.setHeader('Content-Type', `application/x-${service}-result`)
  const fed = feed(requestBody(request, limits), child.stdin).catch((error: unknown) => {
    const { status, message } =
      error instanceof BodyError ? error : new BodyError(400, 'the request cannot be read')
    if (response.headersSent) response.destroy()
    else refuse(response, status, message)
    // What still comes is read and dropped, else the client would not get to the answer.
    request.socket.setTimeout(limits.idle, () => request.destroy())
    request.resume()
  })
  const [[exitCode]] = await Promise.all([ended, relay(child.stdout, response, limits.idle)])
  const failed = exitCode !== 0 && !response.writableEnded && !response.destroyed
  if (failed && !response.headersSent) refuse(response, 500, `${service} failed`)
  // Half an answer must not look like a whole one.
  else if (failed && exitCode === null) response.destroy()
  else response.end()
  await fed
  if (failed) throw new GitError(service, exitCode, stderr)
}

/** Goes on reading when git does not: the client sends everything before it looks at an answer. */
async function feed(body: AsyncIterable<Buffer>, stdin: Writable): Promise<void> {
  stdin.on('error', () => {})
  try {
    for await (const chunk of body) {
      if (stdin.writable && !stdin.write(chunk)) await taken(stdin)
    }
  } finally {
    stdin.end()
  }
}

async function taken(stdin: Writable): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = () => {
      stdin.off('drain', done).off('close', done)
      resolve()
    }
    stdin.on('drain', done).on('close', done)
  })
}

function refuse(response: ServerResponse, status: number, message: string): void {
  if (response.destroyed || response.writableEnded) return
  response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(`${message}\n`)
}
