import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { UserError } from '../../app/errors.ts'
import type { AppEntry, AppSettings } from '../../server/apps.ts'
import { connect } from '../connect.ts'
import { path, type Client, type ServerInfo } from '../client.ts'
import { examples } from '../help.ts'
import { homeOption } from '../home.ts'
import { parseKeyValues } from '../key-values.ts'
import { note, print, printJson, printTable } from '../output.ts'
import { ask } from '../prompt.ts'

/** An app as the API shows it. */
type ShownApp = AppEntry & { address: string }

export function addApp(program: CommandUnknownOpts): void {
  const app = program
    .command('app')
    .description('make, list, set and delete the apps of a server')
    .addHelpText('after', examples('gantry app create hello', 'gantry app list'))
  addCreate(app)
  addList(app)
  addSet(app)
  addDelete(app)
}

function addCreate(app: CommandUnknownOpts): void {
  app
    .command('create <name>')
    .description('make an app, and say how to push to it')
    .option('--branch <name>', 'the branch whose pushes deploy; default: main')
    .option('--environment <name>', 'the environment of the config; default: default')
    .option('--json', 'print JSON')
    .addOption(homeOption())
    .addHelpText(
      'after',
      examples('gantry app create hello', 'gantry app create shop --branch live --environment production'),
    )
    .action(async (name, { branch, environment, home, json }) => {
      const client = connect({ home })
      const made = await client.post<ShownApp>(path`/apps`, { name, branch, environment })
      if (json) printJson(made)
      else await explainPush(client, made)
    })
}

async function explainPush(client: Client, { name, branch, address }: ShownApp): Promise<void> {
  const { protocol, host } = new URL((await client.get<ServerInfo>(path`/server`)).url)
  print(`-----> Made the app ${name}, which will answer at ${address}`)
  print('       Make a token, and with it a git remote to push to:')
  print(`         gantry token create --app ${name}`)
  print(`         git remote add gantry ${protocol}//any:TOKEN@${host}/${name}.git`)
  print(`         git push gantry HEAD:${branch}`)
}

function addList(app: CommandUnknownOpts): void {
  app
    .command('list')
    .description('list the apps with their settings and addresses')
    .option('--json', 'print JSON')
    .addOption(homeOption())
    .addHelpText('after', examples('gantry app list', "gantry app list --json | jq -r '.[].name'"))
    .action(async ({ home, json }) => {
      const apps = await connect({ home }).get<ShownApp[]>(path`/apps`)
      if (json) printJson(apps)
      else if (apps.length === 0) note('no apps yet: make one with `gantry app create NAME`')
      else printTable(['NAME', 'BRANCH', 'FORCE', 'ENVIRONMENT', 'ADDRESS'], apps.map(cellsOf))
    })
}

function cellsOf({ name, branch, allow_force, environment, address }: ShownApp): string[] {
  return [name, branch, allow_force ? 'allowed' : 'refused', environment, address]
}

function addSet(app: CommandUnknownOpts): void {
  app
    .command('set <name> <key=value...>')
    .description('change settings: branch, allow_force (true or false), environment')
    .option('--json', 'print JSON')
    .addOption(homeOption())
    .addHelpText(
      'after',
      examples('gantry app set hello branch=live', 'gantry app set hello allow_force=false'),
    )
    .action(async (name, words, { home, json }) => {
      const set = await connect({ home }).patch<ShownApp>(
        path`/apps/${name}`,
        settingsOf(parseKeyValues(words)),
      )
      if (json) printJson(set)
      else note(`${name} is set; the next push heeds it`)
    })
}

function settingsOf({
  branch,
  allow_force,
  environment,
  ...others
}: Record<string, string>): Partial<AppSettings> {
  const [unknown] = Object.keys(others)
  if (unknown !== undefined) {
    throw new UserError(`an app has no setting ${unknown}`, {
      hint: 'there are branch, allow_force and environment',
    })
  }
  return {
    ...(branch !== undefined && { branch }),
    ...(allow_force !== undefined && { allow_force: readBoolean('allow_force', allow_force) }),
    ...(environment !== undefined && { environment }),
  }
}

function readBoolean(key: string, value: string): boolean {
  if (value === 'true' || value === 'false') return value === 'true'
  throw new UserError(`${key} is true or false, not ${JSON.stringify(value)}`)
}

function addDelete(app: CommandUnknownOpts): void {
  app
    .command('delete <name>')
    .description('stop an app and delete everything of it: repository, variables, logs, files')
    .option('--yes', 'do not ask')
    .addOption(homeOption())
    .addHelpText('after', examples('gantry app delete hello', 'gantry app delete hello --yes'))
    .action(async (name, { home, yes }) => {
      const client = connect({ home })
      await client.get(path`/apps/${name}`)
      if (!yes) await confirmDeletion(name)
      await client.delete(path`/apps/${name}`)
      note(`${name} is deleted`)
    })
}

async function confirmDeletion(name: string): Promise<void> {
  if (!process.stdin.isTTY)
    throw new UserError(`this deletes everything of ${name}`, { hint: 'say so with --yes' })
  const typed = await ask(`This stops ${name} and deletes everything of it. Type its name to go on: `)
  if (typed.trim() !== name) throw new UserError('that is not its name; nothing was deleted')
}
