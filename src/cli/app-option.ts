import { Option } from '@commander-js/extra-typings'

import { UserError } from '../app/errors.ts'
import type { AppEntry } from '../server/apps.ts'
import { Client, path } from './client.ts'
import { homeFolder } from './home.ts'
import { appOfRemote } from './user-git.ts'

export function appOption(): Option<'-a, --app <name>'> {
  return new Option(
    '-a, --app <name>',
    'the app; default: that of the git remote `gantry`, or the only one',
  ).env('GANTRY_APP')
}

export function folderOption(): Option<'-C, --dir <dir>', undefined, '.'> {
  return new Option('-C, --dir <dir>', 'work as if started in this folder').default('.')
}

/** What commands on an app were given. */
export interface AppOptions {
  home?: string | undefined
  app?: string | undefined
  dir?: string | undefined
}

export function connect({ home }: { home?: string | undefined }): Client {
  return new Client(homeFolder(home))
}

/** The server, and the app that is meant: the named one, that of the checkout's git remote, or the only one there is. */
export async function connectToApp(options: AppOptions): Promise<{ client: Client; app: string }> {
  const client = connect(options)
  const app = options.app || (await appOfRemote(options.dir ?? '.')) || (await onlyApp(client))
  return { client, app }
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
