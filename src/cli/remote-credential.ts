import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

import type { ServerUrl } from './remote-url.ts'
import { gitEnvironment } from './user-git.ts'

export interface CredentialSearch {
  /** The checkout: its settings may name a credential helper. */
  folder: string
  /** Whether git may ask on the terminal. */
  ask: boolean
}

export interface Credential {
  password: string
  /** All that git said of it, to be told back. */
  description: string
}

/** What git has as the password for a server (git-credential(1)); null when it has none. */
export async function askCredential(
  { url, app, user }: ServerUrl,
  search: CredentialSearch,
): Promise<Credential | null> {
  const { protocol, host, pathname } = new URL(url)
  const wanted = {
    protocol: protocol.replace(':', ''),
    host,
    // Git leaves it out itself unless credential.useHttpPath is set.
    ...(app !== null && { path: `${pathname}/${app}.git`.replace(/^\/+/, '') }),
    ...(user !== null && { username: user }),
  }
  // A line break would say something of its own to git.
  if (Object.values(wanted).some((value) => /[\0\r\n]/.test(value))) return null
  const description = Object.entries(wanted).map(([name, value]) => `${name}=${value}\n`)
  const said = await tellGit('fill', `${description.join('')}\n`, search)
  const password = /^password=(.+)$/m.exec(said ?? '')?.[1]
  return password === undefined ? null : { password, description: said! }
}

/** Has git keep what was accepted, where it may have been asked for, and forget what was not. */
export async function judgeCredential(
  { description }: Credential,
  search: CredentialSearch,
  accepted: boolean,
): Promise<void> {
  if (!accepted) await tellGit('reject', description, search)
  else if (search.ask) await tellGit('approve', description, search)
}

/** What git answers; null when it fails. */
async function tellGit(
  verb: 'fill' | 'approve' | 'reject',
  input: string,
  { folder, ask }: CredentialSearch,
): Promise<string | null> {
  const git = spawn('git', ['-C', folder, 'credential', verb], {
    env: credentialEnvironment(process.env, ask),
    // It asks on the terminal itself; that it may not is what it would say here.
    stdio: ['pipe', 'pipe', ask ? 'inherit' : 'ignore'],
  })
  git.stdin.on('error', () => {})
  git.stdin.end(input)
  try {
    const [output, [code]] = await Promise.all([text(git.stdout), once(git, 'close')])
    return code === 0 ? output : null
  } catch {
    return null
  }
}

/** The user's own, as their helpers need it. */
export function credentialEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  ask: boolean,
): Record<string, string | undefined> {
  const others = gitEnvironment(env)
  if (ask) return others
  // An empty GIT_ASKPASS keeps git from core.askPass and SSH_ASKPASS, too; the last one is Git Credential Manager's.
  return { ...others, GIT_TERMINAL_PROMPT: '0', GIT_ASKPASS: '', GCM_INTERACTIVE: 'never' }
}
