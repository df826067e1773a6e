import { Option, type Command, type OptionValues } from '@commander-js/extra-typings'

import { homeOption } from './home.ts'

/** What commands on an app were given. */
export interface AppOptions {
  /** Where to work. */
  dir: string
  app?: string | undefined
  environment?: string | undefined
  home?: string | undefined
}

/** Gives a command what says which app it is about, and where that runs. */
export function aboutApp<Args extends unknown[], Opts extends OptionValues>(command: Command<Args, Opts>) {
  return command
    .addOption(folderOption())
    .addOption(appOption())
    .addOption(environmentOption())
    .addOption(homeOption())
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
