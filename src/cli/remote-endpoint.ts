import { Client, path, type ServerInfo } from './client.ts'
import { homeEndpoint, type Endpoint, type HomeEndpoint } from './endpoint.ts'
import { homeFolder } from './home.ts'
import { GIT_REMOTE, type NamedServer } from './remote.ts'
import type { CredentialSearch } from './remote-credential.ts'
import { findToken } from './remote-token.ts'
import { checkClear, isHere, isSameHere } from './remote-url.ts'

/**
 * How a server is reached. One that a git remote names and whose home is this user's own is reached as its owner: the
 * token in the remote is for pushing.
 *
 * @throws UserError when there is no token for it, or it would go in the clear
 */
export async function endpointOf(
  server: NamedServer,
  search: CredentialSearch,
  ownHome = homeFolder(undefined),
): Promise<Endpoint> {
  if (server.kind === 'home') return homeEndpoint(server.home, server.isDefault)
  const { url, why } = server
  const name = `${url} (${why})`
  checkClear(url, isSet(process.env['GANTRY_ALLOW_HTTP']))
  const own = why === GIT_REMOTE && !process.env['GANTRY_TOKEN'] ? await servedFrom(ownHome, url) : null
  if (own !== null) return own
  const { token, source, judge } = await findToken({ ...server, name }, search)
  return { kind: 'remote', url, name, token, tokenSource: source, judge }
}

/** The home, where its server is the one at this address. */
async function servedFrom(home: string, url: string): Promise<HomeEndpoint | null> {
  if (!isHere(url)) return null
  try {
    const endpoint = homeEndpoint(home)
    const info = await new Client(endpoint).get<ServerInfo>(path`/server`)
    return isSameHere(info.url, url) ? endpoint : null
  } catch {
    return null
  }
}

function isSet(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}
