import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { UserError } from '../../app/errors.ts'
import type { AppEntry } from '../../server/apps.ts'
import { aboutServer } from '../app-option.ts'
import { readAppSettings, SETTINGS } from '../app-settings.ts'
import { connect } from '../connect.ts'
import { path, type Client } from '../client.ts'
import { examples } from '../help.ts'
import { note, print, printJson, printTable } from '../output.ts'
import { ask } from '../prompt.ts'
import { addAudit } from './app-audit.ts'

/** An app as the API shows it. */
type ShownApp = AppEntry & { address: string }

export function addApp(program: CommandUnknownOpts): void {
  const app = program
    .command('app')
    .description('make, list, set and delete the apps of a server, and see who changed what')
    .addHelpText('after', examples('gantry app create hello', 'gantry app list'))
  addCreate(app)
  addList(app)
  addSet(app)
  addAudit(app)
  addDelete(app)
}

function addCreate(app: CommandUnknownOpts): void {
  aboutServer(
    app
      .command('create <name> [key=value...]')
      .description('make an app, with settings as `app set` has them, and say how to push to it')
      .option('--branch <name>', 'the branch whose pushes deploy; default: main')
      .option('--environment <name>', 'the environment of the config; default: default')
      .option('--json', 'print JSON'),
  )
    .addHelpText(
      'after',
      examples(
        'gantry app create hello',
        'gantry app create shop --branch live --environment production',
        'gantry app create shop engine=ecs region=eu-west-1 cluster=prod subnets=subnet-1,subnet-2 execution_role=arn:…',
      ),
    )
    .action(async (name, words, { branch, environment, json, ...server }) => {
      const settings = readAppSettings(words)
      const client = await connect(server)
      const made = await client.post<ShownApp>(path`/apps`, { name, branch, environment, ...settings })
      if (json) printJson(made)
      else await explainPush(client, made)
    })
}

async function explainPush(client: Client, { name, branch, engine, address }: ShownApp): Promise<void> {
  const url = await client.url()
  print(
    `-----> Made the app ${name}, which will ${engine === 'local' ? `answer at ${address}` : 'run on ECS'}`,
  )
  print('       Make a token, and with it a git remote to push to:')
  print(`         gantry token create --app ${name}`)
  print(`         git remote add gantry ${url.replace('//', '//any:TOKEN@')}/${name}.git`)
  print(`         git push gantry HEAD:${branch}`)
}

function addList(app: CommandUnknownOpts): void {
  aboutServer(
    app
      .command('list')
      .description('list the apps with their settings and addresses')
      .option('--json', 'print JSON'),
  )
    .addHelpText('after', examples('gantry app list', "gantry app list --json | jq -r '.[].name'"))
    .action(async ({ json, ...server }) => {
      const client = await connect(server)
      const apps = await client.list<ShownApp>(path`/apps`)
      if (json) printJson(apps)
      else if (apps.length === 0) note('no apps yet: make one with `gantry app create NAME`')
      else printTable(['NAME', 'BRANCH', 'FORCE', 'ENVIRONMENT', 'ENGINE', 'ADDRESS'], apps.map(cellsOf))
    })
}

function cellsOf({ name, branch, allow_force, environment, engine, ecs, address }: ShownApp): string[] {
  const where = engine === 'ecs' ? ['ecs', `cluster ${ecs.cluster ?? 'default'}`] : ['local', address]
  return [name, branch, allow_force ? 'allowed' : 'refused', environment, ...where]
}

function addSet(app: CommandUnknownOpts): void {
  aboutServer(
    app
      .command('set <name> <key=value...>')
      .description(
        `change settings: ${SETTINGS}; lists have commas between their items, and an empty value takes a setting away`,
      )
      .option('--json', 'print JSON'),
  )
    .addHelpText(
      'after',
      examples(
        'gantry app set hello branch=live',
        'gantry app set hello allow_force=false',
        'gantry app set shop secret_prefixes=ssm:/shop/,secretsmanager:shop/ task_role=',
      ),
    )
    .action(async (name, words, { json, ...server }) => {
      const client = await connect(server)
      const set = await client.patch<ShownApp>(path`/apps/${name}`, readAppSettings(words))
      if (json) printJson(set)
      else note(`${name} is set; the next push heeds it`)
    })
}

function addDelete(app: CommandUnknownOpts): void {
  aboutServer(
    app
      .command('delete <name>')
      .description('stop an app and delete everything of it: repository, variables, logs, files')
      .option('--yes', 'do not ask'),
  )
    .addHelpText('after', examples('gantry app delete hello', 'gantry app delete hello --yes'))
    .action(async (name, { yes, ...server }) => {
      const client = await connect(server)
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
