import type { IncomingMessage } from 'node:http'

export type GitService = 'git-receive-pack' | 'git-upload-pack'

/** What a request wants, as its address says. `app` is text from outside: look it up, never make a path of it. */
export interface GitRequest {
  app: string
  service: GitService
  step: 'advertise' | 'rpc'
}

/** Reads `/<app>.git/info/refs?service=…` and `/<app>.git/<service>`; null for every other address and method. */
export function parseGitRequest(method: string, url: string): GitRequest | null {
  const [path = '', query = ''] = url.split('?', 2)
  const [, app, rest] =
    /^\/([a-z0-9-]+)\.git\/(info\/refs|git-receive-pack|git-upload-pack)$/.exec(path) ?? []
  if (app === undefined || rest === undefined) return null
  if (isService(rest)) return method === 'POST' ? { app, service: rest, step: 'rpc' } : null
  const service = new URLSearchParams(query).get('service')
  return method === 'GET' && isService(service) ? { app, service, step: 'advertise' } : null
}

function isService(text: string | null): text is GitService {
  return text === 'git-receive-pack' || text === 'git-upload-pack'
}

/** The variable that tells git which protocol the client speaks; text from outside, so only what is known. */
export function protocolVariables(request: IncomingMessage): Record<string, string> {
  const version = request.headers['git-protocol']
  return typeof version === 'string' && /^version=[012]$/.test(version) ? { GIT_PROTOCOL: version } : {}
}
