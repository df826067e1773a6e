import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import type { Session } from '@aws-sdk/client-ecs'

import { UserError } from '../../../app/errors.ts'

const PLUGIN = 'session-manager-plugin'

/**
 * Newer ones than this take a session from their environment; this one and older ones only from their arguments, which
 * everybody on the machine can read: aws-cli, customizations/ecs/executecommand.py.
 */
const LAST_THAT_TELLS = '1.2.497.0'
const SESSION_VARIABLE = 'AWS_SSM_START_SESSION_RESPONSE'

/** Milliseconds. */
const QUICK = 10_000

const INSTALL =
  'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html says how'

const run = promisify(execFile)

/** Rejects with a UserError where AWS's plugin is not installed here, or cannot be told a secret. */
export async function checkPlugin(): Promise<void> {
  let version: string
  try {
    version = (await run(PLUGIN, ['--version'], { timeout: QUICK })).stdout.trim()
  } catch (error) {
    throw new UserError('a command on ECS needs the Session Manager plugin, which is not installed here', {
      hint: `install it: ${INSTALL}`,
      cause: error,
    })
  }
  if (isNewer(version, LAST_THAT_TELLS)) return
  throw new UserError(
    `the Session Manager plugin is too old: ${version.slice(0, 40) || 'without a version'}`,
    {
      hint: `only those after ${LAST_THAT_TELLS} keep a session to themselves; install a newer one: ${INSTALL}`,
    },
  )
}

function isNewer(version: string, than: string): boolean {
  if (!/^\d+(?:\.\d+){1,4}$/.test(version)) return false
  return version.localeCompare(than, 'en', { numeric: true }) > 0
}

/** Where a session is, in the terms of Session Manager. */
export interface SessionPlace {
  region: string
  cluster: string
  task: string
  runtime: string
}

/** How the plugin is started for a session. Its token is in the environment alone. */
export function pluginRun(
  session: Session,
  { region, cluster, task, runtime }: SessionPlace,
): { argv: string[]; env: Record<string, string> } {
  const target = JSON.stringify({ Target: `ecs:${cluster}_${task}_${runtime}` })
  const endpoint = `https://ssm.${region}.amazonaws.com`
  return {
    argv: [PLUGIN, SESSION_VARIABLE, region, 'StartSession', '', target, endpoint],
    env: { ...inherited(), [SESSION_VARIABLE]: JSON.stringify(session) },
  }
}

/** What it needs to find its files and its way out, and to take a session up again whose connection broke. */
function inherited(): Record<string, string> {
  const wanted = /^(?:PATH|HOME|LANG|TMPDIR|(?:HTTPS?|NO|ALL)_PROXY|SSL_CERT_(?:FILE|DIR)|AWS_\w+)$/i
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      wanted.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  )
}
