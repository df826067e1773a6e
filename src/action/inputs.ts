import { getBooleanInput, getInput, getMultilineInput, setSecret } from '@actions/core'

import { UserError } from '../app/errors.ts'
import { parseDuration } from '../app/duration.ts'

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
  /** Seconds; null: as long as the processes' own limits allow. */
  timeout: number | null
  /** Empty: nothing is said to GitHub. */
  githubToken: string
  /** From the workspace. */
  workingDirectory: string
}

/** @throws UserError that names every input that is wrong */
export function readInputs(eventName: string): Inputs {
  const problems: string[] = []
  const read = <T>(name: string, parse: (text: string) => T): T | null => {
    const text = getInput(name)
    if (text === '') return null
    try {
      return parse(text)
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`)
      return null
    }
  }
  const flag = (name: string, unset: boolean): boolean => read(name, () => getBooleanInput(name)) ?? unset
  const githubToken = getInput('github-token')
  if (githubToken !== '') setSecret(githubToken)

  const dryRun = flag('dry-run', false)
  const inputs: Inputs = {
    command: read('command', commandOf) ?? commandFor(eventName),
    config: read('config', String),
    app: read('app', nameOf),
    environment: read('environment', nameOf) ?? 'default',
    region: read('aws-region', String),
    cluster: read('cluster', String),
    subnets: getMultilineInput('subnets').flatMap(words),
    securityGroups: getMultilineInput('security-groups').flatMap(words),
    executionRole: read('execution-role', String),
    taskRole: read('task-role', String),
    schedulerRole: read('scheduler-role', String),
    image: read('image', String),
    run: read('run', String),
    rebuild: flag('rebuild', false),
    dryRun,
    allowRemove: flag('allow-remove', false),
    comment: flag('comment', true),
    timeout: read('timeout', durationOf),
    githubToken,
    workingDirectory: read('working-directory', String) ?? '.',
  }
  if (inputs.command === 'run' && inputs.run === null) problems.push('run: `command: run` needs it')
  if (problems.length > 0) {
    throw new UserError(problems.join('; '), { hint: 'the inputs are described in docs/github-actions.md' })
  }
  return inputs
}

/** A pull request is only looked at; everything else is wanted. */
function commandFor(eventName: string): Command {
  return eventName === 'pull_request' || eventName === 'pull_request_target' ? 'plan' : 'deploy'
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

function words(line: string): string[] {
  return line.split(/[\s,]+/).filter((word) => word !== '')
}
