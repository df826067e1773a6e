import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { UserError } from '../app/errors.ts'
import { gitEnvironment } from './environment.ts'
import type { GitSetting } from './environment.ts'
import { oneLine } from './hostile-text.ts'

const STDERR_KEPT = 4096

export interface GitOptions {
  settings?: readonly GitSetting[]
  by?: string
  /** Further variables of its environment. */
  variables?: Readonly<Record<string, string>>
  /** Given to its standard input; without it the input is empty. */
  input?: string
  signal?: AbortSignal | undefined
}

/** Git ended with an exit code that its caller did not expect. */
export class GitError extends Error {
  readonly exitCode: number | null
  readonly stderr: string

  constructor(command: string, exitCode: number | null, stderr: string) {
    super(`git ${command} failed (${exitCode ?? 'killed'}): ${oneLine(stderr, 300)}`)
    this.exitCode = exitCode
    this.stderr = stderr
  }
}

/**
 * Runs git on a repository and gives its output, which must be small: callers know what they ask for.
 *
 * @throws GitError on any exit code but 0; UserError when a partial clone lacks what is asked for
 */
export async function git(
  gitDir: string | null,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Buffer> {
  return await streamGit(gitDir, args, options, (stdout) => buffer(stdout))
}

/**
 * Runs git and lets `use` read its output as it comes. When `use` is done or throws, git is killed if it still runs:
 * that is how reading something endless is cut short.
 *
 * @throws GitError on any exit code but 0, unless `use` stopped it
 */
export async function streamGit<T>(
  gitDir: string | null,
  args: readonly string[],
  options: GitOptions,
  use: (stdout: Readable) => Promise<T>,
): Promise<T> {
  const { signal } = options
  signal?.throwIfAborted()
  const child = spawn('git', gitDir === null ? args : ['--git-dir', gitDir, ...args], {
    env: { ...gitEnvironment(options.settings, options.by), ...options.variables },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(signal && { signal, killSignal: 'SIGKILL' as const }),
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (stderr.length < STDERR_KEPT) stderr += text.slice(0, STDERR_KEPT)
  })
  // A git that ends early closes its input; its exit code says why.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('close', (code) => resolve(code))
    child.once('error', reject)
  })
  // Also awaited below; a rejection in between must not count as unhandled.
  ended.catch(() => {})

  const command = args[0] ?? ''
  try {
    const result = await use(child.stdout)
    const exitCode = await ended
    if (exitCode !== 0) throw failure(command, exitCode, stderr)
    return result
  } catch (error) {
    child.kill('SIGKILL')
    // A child is closed only when its output is, read or not.
    child.stdout.destroy()
    const outcome = await ended.catch((failure: Error) => failure)
    signal?.throwIfAborted()
    if (outcome instanceof Error) throw outcome
    // Output that ends too early is the consequence; what git said is the cause.
    if (outcome !== null && outcome !== 0) throw failure(command, outcome, stderr)
    throw error
  }
}

function failure(command: string, exitCode: number | null, stderr: string): Error {
  const cause = new GitError(command, exitCode, stderr)
  if (!stderr.includes('from promisor remote')) return cause
  return new UserError('the repository is a partial clone and lacks what is needed', {
    hint: 'clone it without --filter: nothing is fetched here',
    cause,
  })
}
