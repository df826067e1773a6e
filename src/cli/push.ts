import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

import { path, type Client } from './client.ts'
import { isHere } from './remote-url.ts'
import { gitEnvironment } from './user-git.ts'

export interface PushRequest {
  /** The checkout. */
  folder: string
  app: string
  sha: string
  branch: string
  force: boolean
  /** `rebuild`, `dry-run`, …: what `git push -o` takes. */
  options: readonly string[]
  /** Where git's stderr goes: to the user as it comes, or into the result. */
  stderr: 'inherit' | 'pipe'
  signal: AbortSignal
}

export interface PushResult {
  status: 'pushed' | 'up to date' | 'rejected' | 'refused' | 'failed'
  /** What git says about the branch: `[remote rejected] (deployment #3 failed)`. */
  summary: string
  exitCode: number | null
  /** Empty where it was inherited. */
  stderr: string
}

/** Pushes one commit to the deploy branch of an app, with the user's own git and a token made for this push alone. */
export async function pushCommit(client: Client, request: PushRequest): Promise<PushResult> {
  const { app, sha, branch, force, options, signal } = request
  await using access = await accessTo(client, app)
  const { url } = access
  const args = [
    '-C',
    request.folder,
    'push',
    '--porcelain',
    '--no-follow-tags',
    '--no-signed',
    '--recurse-submodules=no',
    ...options.flatMap((option) => ['-o', option]),
    `${url}/${app}.git`,
    `${force ? '+' : ''}${sha}:refs/heads/${branch}`,
  ]
  const git = spawn('git', args, {
    env: pushEnvironment(process.env, access),
    stdio: ['ignore', 'pipe', request.stderr],
    // A group of its own: git leaves its transport behind when only git itself is stopped.
    detached: true,
  })
  const stop = () => stopGroup(git)
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  try {
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(git.stdout!),
      git.stderr === null ? '' : text(git.stderr),
      once(git, 'close') as Promise<[number | null]>,
    ])
    return { ...readPorcelain(stdout, exitCode), exitCode, stderr }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function stopGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGTERM')
  } catch {
    // It has ended in the same moment.
  }
}

/** With what git reaches a server. */
export interface PushAccess {
  url: string
  token: string
  /** Whether the server is on this machine, where no proxy is on the way. */
  isHere: boolean
}

/** The caller's own token; the owner of a home, who has none, gets one for as long as this is in use. */
async function accessTo(client: Client, app: string): Promise<PushAccess & AsyncDisposable> {
  const { endpoint } = client
  if (endpoint.kind === 'remote') {
    const { url, token } = endpoint
    return { url, token, isHere: isHere(url), [Symbol.asyncDispose]: async () => {} }
  }
  const url = await client.url()
  const wanted = { name: 'cli deploy', scope: 'push', app }
  const { id, token } = await client.post<{ id: string; token: string }>(path`/tokens`, wanted)
  return { url, token, isHere: true, [Symbol.asyncDispose]: () => client.delete(path`/tokens/${id}`) }
}

/**
 * The user's environment, and settings for this push that take precedence over theirs: the token as a header for this
 * server alone, no proxy on the way to one of this machine, nobody who is asked for a password, and only the push
 * options given here.
 */
export function pushEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { url, token, isHere }: PushAccess,
): Record<string, string | undefined> {
  const settings = [
    // An empty value drops what other settings put into the list.
    [`http.${url}/.extraHeader`, ''],
    [`http.${url}/.extraHeader`, `Authorization: Bearer ${token}`],
    ...(isHere ? [[`http.${url}/.proxy`, ''] as const] : []),
    [`http.${url}/.followRedirects`, 'false'],
    ['credential.helper', ''],
    ['push.pushOption', ''],
  ] as const
  // The user may have handed settings over in the same way; ours come after them.
  const first = Number(env['GIT_CONFIG_COUNT'] ?? 0) || 0
  return {
    ...gitEnvironment(env),
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GIT_CONFIG_COUNT: String(first + settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${first + index}`, key],
        [`GIT_CONFIG_VALUE_${first + index}`, value],
      ]),
    ),
  }
}

/**
 * What became of the one ref that was pushed, from the output of `git push --porcelain` (git-push(1), OUTPUT).
 * `rejected`: by this git, which knows that commits would be lost; `refused`: by the server.
 */
export function readPorcelain(
  stdout: string,
  exitCode: number | null,
): Pick<PushResult, 'status' | 'summary'> {
  const [, flag, summary = ''] = /^([ +*!=-])\t[^\t]*\t(.*)$/m.exec(stdout) ?? []
  if (flag === '!') return { status: summary.startsWith('[remote') ? 'refused' : 'rejected', summary }
  if (flag === undefined || exitCode !== 0) return { status: 'failed', summary }
  return { status: flag === '=' ? 'up to date' : 'pushed', summary }
}
