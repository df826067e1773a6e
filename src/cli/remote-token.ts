import { UserError } from '../app/errors.ts'
import type { RemoteEndpoint } from './endpoint.ts'
import { askCredential, judgeCredential, type CredentialSearch } from './remote-credential.ts'
import type { ServerUrl } from './remote-url.ts'

export interface FoundToken {
  token: string
  /** For people. */
  source: string
  /** To be told once whether the server takes it: whoever keeps it then keeps or forgets it. */
  judge: ((accepted: boolean) => Promise<void>) | null
}

/**
 * The token for a server: what GANTRY_TOKEN says, what the address holds, or what git knows, by its credential helpers
 * or by asking.
 *
 * @throws UserError when there is none
 */
export async function findToken(
  server: ServerUrl & Pick<RemoteEndpoint, 'name'>,
  search: CredentialSearch,
): Promise<FoundToken> {
  const named = process.env['GANTRY_TOKEN']?.trim()
  if (named) return { ...checked(named, 'GANTRY_TOKEN'), judge: null }
  if (server.token !== null) return { ...checked(server.token, 'the git remote'), judge: null }
  const found = await askCredential(server, search)
  if (found !== null) {
    const judge = (accepted: boolean): Promise<void> => judgeCredential(found, search, accepted)
    return { ...checked(found.password, "git's credential helper"), judge }
  }
  throw new UserError(`there is no token for ${server.name}`, {
    hint: 'make one on the server, `gantry token create --scope operate`, and put it into GANTRY_TOKEN or have git remember it as the password for that address',
  })
}

/** What could end a header is no token, and is not shown. */
function checked(token: string, source: string): Pick<FoundToken, 'token' | 'source'> {
  if (/^[\x21-\x7e]+$/.test(token)) return { token, source }
  throw new UserError(`the token from ${source} has characters that no token has`)
}
