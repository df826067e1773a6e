import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings'

import packageJson from '../../package.json' with { type: 'json' }
import { linesIn } from '../report/lines.ts'
import { examples } from './help.ts'
import { hasColour } from './output.ts'

interface Noun {
  name: string
  /** Under which heading of the help it stands. */
  group: string
  load: () => Promise<(program: CommandUnknownOpts) => void>
}

const DEPLOY = 'Deploy:'
const OPERATE = 'Between deploys:'
const SERVER = 'The server:'
const SHELL = 'Your shell:'

/** The commands in the order of the help. Their modules are loaded when they are needed. */
const NOUNS: readonly Noun[] = [
  { name: 'init', group: DEPLOY, load: async () => (await import('./commands/init.ts')).addInit },
  { name: 'config', group: DEPLOY, load: async () => (await import('./commands/config.ts')).addConfig },
  { name: 'plan', group: DEPLOY, load: async () => (await import('./commands/plan.ts')).addPlan },
  { name: 'verify', group: DEPLOY, load: async () => (await import('./commands/verify.ts')).addVerify },
  { name: 'adopt', group: DEPLOY, load: async () => (await import('./commands/adopt.ts')).addAdopt },
  { name: 'up', group: DEPLOY, load: async () => (await import('./commands/up.ts')).addUp },
  { name: 'deploy', group: DEPLOY, load: async () => (await import('./commands/deploy.ts')).addDeploy },
  {
    name: 'deployment',
    group: DEPLOY,
    load: async () => (await import('./commands/deployment.ts')).addDeployment,
  },
  { name: 'release', group: DEPLOY, load: async () => (await import('./commands/release.ts')).addRelease },
  { name: 'rollback', group: DEPLOY, load: async () => (await import('./commands/rollback.ts')).addRollback },
  { name: 'ps', group: OPERATE, load: async () => (await import('./commands/ps.ts')).addPs },
  { name: 'logs', group: OPERATE, load: async () => (await import('./commands/logs.ts')).addLogs },
  { name: 'scale', group: OPERATE, load: async () => (await import('./commands/scale.ts')).addScale },
  { name: 'process', group: OPERATE, load: async () => (await import('./commands/process.ts')).addProcess },
  { name: 'env', group: OPERATE, load: async () => (await import('./commands/env.ts')).addEnv },
  { name: 'run', group: OPERATE, load: async () => (await import('./commands/run.ts')).addRun },
  { name: 'exec', group: OPERATE, load: async () => (await import('./commands/exec.ts')).addExec },
  { name: 'task', group: OPERATE, load: async () => (await import('./commands/task.ts')).addTask },
  { name: 'server', group: SERVER, load: async () => (await import('./commands/server.ts')).addServer },
  { name: 'app', group: SERVER, load: async () => (await import('./commands/app.ts')).addApp },
  { name: 'token', group: SERVER, load: async () => (await import('./commands/token.ts')).addToken },
  {
    name: 'completion',
    group: SHELL,
    load: async () => (await import('./commands/completion.ts')).addCompletion,
  },
]

/**
 * The program with the commands that these arguments may mean, which are all where no word of them is a command. It
 * throws CommanderErrors and never ends the process.
 */
export async function createProgram(argv: readonly string[]): Promise<Command> {
  const program = new Command('gantry')
    .description('Turns a git push into running processes.')
    .version(packageJson.version)
    .exitOverride()
    // Options of the program come before the command, so that `run` can hand on those of another one.
    .enablePositionalOptions()
    .configureOutput({ outputError: (text, write) => write(problem(text)) })
    .showHelpAfterError('       --help says how it is used')
    .addHelpText('after', examples('gantry server', 'gantry app create hello', 'gantry ps --help'))
  const named = NOUNS.filter(({ name }) => argv.includes(name))
  for (const { group, load } of named.length > 0 ? named : NOUNS) {
    program.commandsGroup(group)
    ;(await load())(program)
  }
  return program
}

function problem(text: string): string {
  const lines = linesIn(hasColour(process.stderr))
  return `${lines.problem(text.replace(/^error: /, ''))}\n`
}
