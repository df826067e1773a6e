import { systemClock } from '../app/clock.ts'
import { UserError } from '../app/errors.ts'
import type { AppEntry } from '../server/apps.ts'
import type { AppOptions } from './app-option.ts'
import { Client, path } from './client.ts'
import type { Control } from './control.ts'
import { openEngine, readEngineConfig } from './engine-config.ts'
import { homeFolder } from './home.ts'
import { ServerControl } from './server-control.ts'
import { appOfRemote } from './user-git.ts'

/** The server of a home. */
export function connect({ home }: { home?: string | undefined }): Client {
  return new Client(homeFolder(home))
}

/**
 * The app that is meant, where it runs. A home or a git remote `gantry` mean a server; else a config that says
 * `engine: ecs` means that there is none, and this process does the work.
 *
 * @throws ConfigError when the config of the checkout is needed and wrong
 */
export async function connectToApp(options: AppOptions): Promise<Control> {
  const remote = await appOfRemote(options.dir)
  const config = options.home || remote !== null ? null : await readEngineConfig(options)
  if (config === null) return connectToServer(options, remote)
  const [{ EngineControl }, { engine, ...remoteControl }] = await Promise.all([
    import('./engine-control.ts'),
    openEngine(config),
  ])
  const { name, environment } = config
  return new EngineControl({
    engine,
    remote: remoteControl,
    app: { name, environment },
    folder: options.dir,
    clock: systemClock,
  })
}

async function connectToServer(options: AppOptions, remote: string | null): Promise<Control> {
  const client = connect(options)
  const app = options.app || remote || (await onlyApp(client))
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
  const apps = await client.get<AppEntry[]>(path`/apps`)
  const [only, ...others] = apps.map(({ name }) => name)
  if (only === undefined)
    throw new UserError('the server has no apps yet', { hint: 'make one: gantry app create NAME' })
  if (others.length === 0) return only
  throw new UserError(`which app? There are ${[only, ...others].join(', ')}`, {
    hint: 'name it with --app NAME or GANTRY_APP, or run this in a checkout that has a git remote `gantry`',
  })
}
