import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

type Environment = Readonly<Record<string, string | undefined>>

/** The user's own, for git with its hooks and helpers, without what is meant for Gantry alone. */
export function gitEnvironment({ GANTRY_TOKEN: _token, ...others }: Environment): Environment {
  return others
}

/**
 * What the user's own git says about their checkout, under their own settings; null when it fails, as it does outside
 * of one.
 */
export async function askGit(folder: string, args: readonly string[]): Promise<string | null> {
  try {
    return (await run('git', ['-C', folder, ...args], { env: gitEnvironment(process.env) })).stdout
  } catch {
    return null
  }
}

/** The address of the remote named `gantry` of a checkout, as git would use it; null without one. */
export async function urlOfRemote(folder: string): Promise<string | null> {
  return (await askGit(folder, ['remote', 'get-url', 'gantry']))?.trim() || null
}

/** The app that this remote belongs to, or null. */
export async function appOfRemote(folder: string): Promise<string | null> {
  return appOfUrl((await urlOfRemote(folder)) ?? '')
}

/** `hello` for `http://any:TOKEN@localhost:7070/hello.git`. */
export function appOfUrl(url: string): string | null {
  return /\/([a-z0-9]+(?:-[a-z0-9]+)*)\.git\/?$/.exec(url.trim())?.[1] ?? null
}

/** The folder that a checkout begins at; null outside of one. */
export async function checkoutRoot(folder: string): Promise<string | null> {
  const root = (await askGit(folder, ['rev-parse', '--show-toplevel']))?.replace(/\n$/, '')
  return root ? root : null
}

/** Whether the work tree has changes that no commit holds; new files count. */
export async function hasUncommitted(folder: string): Promise<boolean> {
  return ((await askGit(folder, ['status', '--porcelain'])) ?? '') !== ''
}
