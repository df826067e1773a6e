import { Option, type Command, type OptionValues } from '@commander-js/extra-typings'

import { homeOption } from './home.ts'

/** What says which server is meant. */
export interface ServerOptions {
  /** Where to work. */
  dir?: string | undefined
  /** Its address. */
  server?: string | undefined
  home?: string | undefined
  /** Say which one it is. */
  verbose?: boolean | undefined
}

/** What commands on an app were given. */
export interface AppOptions extends ServerOptions {
  dir: string
  app?: string | undefined
  environment?: string | undefined
}

/** Gives a command what says which app it is about, and where that runs. */
export function aboutApp<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return aboutServer(command.addOption(folderOption()).addOption(appOption()).addOption(environmentOption()))
}

/** Gives a command what says which server it speaks to. */
export function aboutServer<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return command
    .addOption(serverOption())
    .addOption(homeOption())
    .option('-v, --verbose', 'say which server this speaks to, and why')
}

function serverOption(): Option<'--server <url>'> {
  return new Option(
    '--server <url>',
    'the server; default: that of the git remote `gantry`, or of the home',
  ).env('GANTRY_SERVER')
}

export function folderOption(): Option<'-C, --dir <dir>', undefined, '.'> {
  return new Option('-C, --dir <dir>', 'work as if started in this folder').default('.')
}

function appOption(): Option<'-a, --app <name>'> {
  return new Option(
    '-a, --app <name>',
    'the app; default: that of the git remote `gantry` or of the config, or the only one',
  ).env('GANTRY_APP')
}

function environmentOption(): Option<'-e, --environment <name>'> {
  return new Option('-e, --environment <name>', 'the environment of the config; default: default').env(
    'GANTRY_ENVIRONMENT',
  )
}
