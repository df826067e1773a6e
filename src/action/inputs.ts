import { setSecret } from '@actions/core'

import { UserError } from '../app/errors.ts'
import { parseDuration } from '../app/duration.ts'
import { suggest } from '../config/suggest.ts'

export type Command = 'plan' | 'deploy' | 'run'

/** Everything that a workflow says, read once. */
export interface Inputs {
  command: Command
  /** From the root of the repository; null: found as everywhere. */
  config: string | null
  app: string | null
  environment: string
  region: string | null
  /** What overrides the config's `ecs` settings. */
  cluster: string | null
  subnets: string[]
  securityGroups: string[]
  assignPublicIp: boolean | null
  namespace: string | null
  executionRole: string | null
  taskRole: string | null
  schedulerRole: string | null
  /** An image that is there already, for all that would be built. */
  image: string | null
  /** The command line of `command: run`. */
  run: string | null
  rebuild: boolean
  dryRun: boolean
  allowRemove: boolean
  comment: boolean
  /** Whether GitHub shows the deployment beside the commit and on the environment's page. */
  githubDeployment: boolean
  /** Seconds; null: as long as the processes' own limits allow. */
  timeout: number | null
  /** Empty: nothing is said to GitHub. */
  githubToken: string
  /** From the workspace. */
  workingDirectory: string
}

const PREFIX = 'INPUT_'

const DEFAULT_COMMANDS: Readonly<Record<string, Command>> = {
  pull_request: 'plan',
  // Refused with a reason of its own.
  pull_request_target: 'plan',
  merge_group: 'plan',
  push: 'deploy',
  workflow_dispatch: 'deploy',
}

/** As in action.yml, which a test compares. */
export const INPUT_NAMES = [
  'command',
  'run',
  'environment',
  'app',
  'config',
  'working-directory',
  'image',
  'rebuild',
  'dry-run',
  'allow-remove',
  'timeout',
  'aws-region',
  'cluster',
  'subnets',
  'security-groups',
  'assign-public-ip',
  'namespace',
  'execution-role',
  'task-role',
  'scheduler-role',
  'comment',
  'github-deployment',
  'github-token',
] as const

type InputName = (typeof INPUT_NAMES)[number]

/**
 * @param environment where the runner puts what a workflow gives: `INPUT_DRY-RUN`
 * @throws UserError that names every input that is wrong
 */
export function readInputs(eventName: string, environment: NodeJS.ProcessEnv): Inputs {
  const problems = unknownInputs(environment)
  const getInput = (name: InputName): string => (environment[variableOf(name)] ?? '').trim()
  const read = <T>(name: InputName, parse: (text: string) => T): T | null => {
    const text = getInput(name)
    if (text === '') return null
    try {
      return parse(text)
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`)
      return null
    }
  }
  const flag = (name: InputName): boolean | null => read(name, booleanOf)
  const githubToken = getInput('github-token')
  if (githubToken !== '') setSecret(githubToken)

  const inputs: Inputs = {
    command: read('command', commandOf) ?? commandFor(eventName, problems),
    config: read('config', String),
    app: read('app', nameOf),
    environment: read('environment', nameOf) ?? 'default',
    region: read('aws-region', String),
    cluster: read('cluster', String),
    subnets: words(getInput('subnets')),
    securityGroups: words(getInput('security-groups')),
    assignPublicIp: flag('assign-public-ip'),
    namespace: read('namespace', String),
    executionRole: read('execution-role', String),
    taskRole: read('task-role', String),
    schedulerRole: read('scheduler-role', String),
    image: read('image', String),
    run: read('run', String),
    rebuild: flag('rebuild') ?? false,
    dryRun: flag('dry-run') ?? false,
    allowRemove: flag('allow-remove') ?? false,
    comment: flag('comment') ?? true,
    githubDeployment: flag('github-deployment') ?? true,
    timeout: read('timeout', durationOf),
    githubToken,
    workingDirectory: read('working-directory', String) ?? '.',
  }
  if (inputs.command === 'run' && inputs.run === null) problems.push('run: `command: run` needs it')
  if (problems.length > 0) {
    throw new UserError(problems.join('; '), { hint: 'README.md of the Action describes its inputs' })
  }
  return inputs
}

/** The runner hands on what no action has, with no more than a warning. */
function unknownInputs(environment: NodeJS.ProcessEnv): string[] {
  const known = new Set<string>(INPUT_NAMES.map(variableOf))
  return Object.keys(environment)
    .filter((variable) => variable.startsWith(PREFIX) && !known.has(variable))
    .map((variable) => {
      const name = variable.slice(PREFIX.length).toLowerCase()
      const meant = suggest(name, INPUT_NAMES)
      return `${name}: there is no such input${meant === null ? '' : `; did you mean ${meant}?`}`
    })
}

function variableOf(name: string): string {
  return PREFIX + name.toUpperCase()
}

/** What may still be merged is only looked at; what is on its branch is wanted. Of other events nobody knows. */
function commandFor(eventName: string, problems: string[]): Command {
  const command = DEFAULT_COMMANDS[eventName]
  if (command === undefined) problems.push(`command: on ${eventName} it must say plan, deploy or run`)
  return command ?? 'plan'
}

function commandOf(text: string): Command {
  if (text === 'plan' || text === 'deploy' || text === 'run') return text
  throw new Error(`must be plan, deploy or run, not ${JSON.stringify(text)}`)
}

function nameOf(text: string): string {
  if (/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 63) return text
  throw new Error(
    `must be lower-case letters, digits and single hyphens, 63 at most, not ${JSON.stringify(text)}`,
  )
}

function durationOf(text: string): number {
  const seconds = parseDuration(text)
  if (seconds === null) throw new Error(`must be a duration such as 20m, not ${JSON.stringify(text)}`)
  return seconds
}

/** As YAML 1.2 has it, which is what the runner's own tools take: https://yaml.org/spec/1.2.2/#103-core-schema */
function booleanOf(text: string): boolean {
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  throw new Error(`must be true or false, not ${JSON.stringify(text)}`)
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '')
}
