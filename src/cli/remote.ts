import { UserError } from '../app/errors.ts'
import { homeFolder } from './home.ts'
import { parseRemoteUrl, parseServerUrl, type ServerUrl } from './remote-url.ts'

/** A server that somebody has named, and how. */
export type NamedServer = { why: string } & (
  | { kind: 'home'; home: string; isDefault?: true }
  | ({ kind: 'remote' } & ServerUrl)
)

export const GIT_REMOTE = 'the git remote gantry'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Which server is meant: that of an option, of GANTRY_SERVER or GANTRY_HOME, or of the git remote `gantry`, in this
 * order; null when nothing names one.
 *
 * @param remote the address of the git remote; null without one
 * @throws UserError for an address that is none
 */
export function namedServer(
  { server, home }: { server?: string | undefined; home?: string | undefined },
  env: Environment,
  remote: string | null,
): NamedServer | null {
  // Commander reads the variables, too: what differs from them was said as an option.
  const homeByOption = home !== undefined && home !== env['GANTRY_HOME']
  const serverByOption = server !== undefined && server !== env['GANTRY_SERVER']
  if (homeByOption && serverByOption) {
    throw new UserError('--server and --home name a server each', { hint: 'leave one of them out' })
  }
  if (server && (serverByOption || !homeByOption)) {
    const why = serverByOption ? '--server' : 'GANTRY_SERVER'
    return { kind: 'remote', why, ...parseServerUrl(server, why) }
  }
  if (home) return { kind: 'home', why: homeByOption ? '--home' : 'GANTRY_HOME', home: homeFolder(home) }
  const url = parseRemoteUrl(remote ?? '')
  return url && { kind: 'remote', why: GIT_REMOTE, ...url }
}

/** The server of the home that is meant where nothing names one. */
export function defaultServer(): NamedServer {
  return { kind: 'home', why: 'nothing names another one', home: homeFolder(undefined), isDefault: true }
}
