import { systemClock } from '../app/clock.ts'
import { UserError } from '../app/errors.ts'
import type { AppEntry } from '../server/apps.ts'
import type { AppOptions, ServerOptions } from './app-option.ts'
import { Client, path } from './client.ts'
import type { Control } from './control.ts'
import { openEngine, readEngineConfig } from './engine-config.ts'
import { note } from './output.ts'
import { defaultServer, namedServer, type NamedServer } from './remote.ts'
import { endpointOf } from './remote-endpoint.ts'
import { ServerControl } from './server-control.ts'
import { appOfUrl, urlOfRemote } from './user-git.ts'

export interface ConnectOptions {
  /** Whether git may ask for a token; default: when somebody sits at a terminal. */
  ask?: boolean
}

/** The server that the options, the environment or the checkout mean, else that of this machine. */
export async function connect(options: ServerOptions, io: ConnectOptions = {}): Promise<Client> {
  const remote = await urlOfRemote(options.dir ?? '.')
  return open(namedServer(options, process.env, remote) ?? defaultServer(), options, io)
}

/**
 * The app that is meant, where it runs. A server that is named, by an option, the environment or a git remote `gantry`,
 * comes first; else a config that says `engine: ecs` means that there is none, and this process does the work.
 *
 * @throws ConfigError when the config of the checkout is needed and wrong
 */
export async function connectToApp(options: AppOptions, io: ConnectOptions = {}): Promise<Control> {
  const remote = (await urlOfRemote(options.dir)) ?? ''
  const [app, named] = [appOfUrl(remote), namedServer(options, process.env, remote)]
  const config = named !== null || app !== null ? null : await readEngineConfig(options)
  if (config !== null) return connectToEngine(config, options)
  const server = named ?? defaultServer()
  const client = await open(server, options, io)
  return connectToServer(client, options, (server.kind === 'remote' ? server.app : null) ?? app)
}

async function open(
  server: NamedServer,
  { dir = '.', verbose }: ServerOptions,
  { ask = process.stdin.isTTY && process.stderr.isTTY }: ConnectOptions,
): Promise<Client> {
  const endpoint = await endpointOf(server, { folder: dir, ask })
  if (verbose) {
    const where =
      endpoint.kind === 'home'
        ? `the server of ${endpoint.home} (${server.why})`
        : `${endpoint.name}; the token is from ${endpoint.tokenSource}`
    note(`       Speaks to ${where}`)
  }
  return new Client(endpoint, () => note(' !     the connection to the server broke: trying again'))
}

async function connectToEngine(
  config: NonNullable<Awaited<ReturnType<typeof readEngineConfig>>>,
  { dir, verbose }: AppOptions,
): Promise<Control> {
  if (verbose) note('       Speaks to AWS (engine: ecs in gantry.yml)')
  const [{ EngineControl }, { engine, ...remote }] = await Promise.all([
    import('./engine-control.ts'),
    openEngine(config),
  ])
  const { name, environment } = config
  return new EngineControl({ engine, remote, app: { name, environment }, folder: dir, clock: systemClock })
}

async function connectToServer(client: Client, options: AppOptions, named: string | null): Promise<Control> {
  const app = options.app || named || (await onlyApp(client))
  if (options.environment) await checkEnvironment(client, app, options.environment)
  return new ServerControl(client, app, options.dir)
}

/** An app of a server has one environment, and it is not for a command to choose it. */
async function checkEnvironment(client: Client, app: string, wanted: string): Promise<void> {
  const { environment } = await client.get<AppEntry>(path`/apps/${app}`)
  if (wanted === environment) return
  throw new UserError(`${app} has no environment ${wanted} on this server, only ${environment}`, {
    hint: `leave --environment out, or change what it is: gantry app set ${app} environment=${wanted}`,
  })
}

async function onlyApp(client: Client): Promise<string> {
  const apps = await client.list<AppEntry>(path`/apps`)
  const [only, ...others] = apps.map(({ name }) => name)
  if (only === undefined)
    throw new UserError('the server has no apps yet', { hint: 'make one: gantry app create NAME' })
  if (others.length === 0) return only
  throw new UserError(`which app? There are ${[only, ...others].join(', ')}`, {
    hint: 'name it with --app NAME or GANTRY_APP, or run this in a checkout that has a git remote `gantry`',
  })
}
