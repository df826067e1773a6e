import type { CommandUnknownOpts } from '@commander-js/extra-typings'

import { DeployError, UserError } from '../../app/errors.ts'
import type { Deployment } from '../../engine/ledger.ts'
import { clean } from '../../report/clean.ts'
import type { AppEntry } from '../../server/apps.ts'
import { appOption, connectToApp, folderOption } from '../app-option.ts'
import { DEFAULT_COMMIT, noteUncommitted, resolveCommit } from '../checkout.ts'
import { path, withQuery, type Client } from '../client.ts'
import { followDeployment, leaveDeployment, printDeployment } from '../follow.ts'
import { examples } from '../help.ts'
import { homeOption } from '../home.ts'
import { exitInterrupted, listenForInterrupt } from '../interrupt.ts'
import { pushCommit, type PushResult } from '../push.ts'

interface DeployOptions {
  dir: string
  force?: true | undefined
  rebuild?: true | undefined
  allowRemove?: true | undefined
  json?: true | undefined
}

export function addDeploy(program: CommandUnknownOpts): void {
  program
    .command('deploy')
    .description('push a commit to the deploy branch, or deploy one again that the server has')
    .argument('[commit]', 'a commit of the checkout, or one that the server has', DEFAULT_COMMIT)
    .option('--force', 'also when commits of the branch would be lost')
    .option('--rebuild', 'build images anew that exist')
    .option('--allow-remove', 'also when much would be removed')
    .option('--json', 'print the deployment as JSON when it has ended')
    .addOption(folderOption())
    .addOption(appOption())
    .addOption(homeOption())
    .addHelpText(
      'after',
      examples('gantry deploy', 'gantry deploy HEAD~1 --force', 'gantry deploy 3f9c2a7 --rebuild'),
    )
    .action(async (commit, options) => {
      const { client, app } = await connectToApp(options)
      const sha = await resolveCommit(options.dir, commit)
      await noteUncommitted(options.dir, commit)
      const pushed = sha !== null && (await deployByPush(client, app, sha, options))
      if (!pushed) await deployAgain(client, app, sha ?? commit, options)
    })
}

/** False when there was nothing to push. */
async function deployByPush(
  client: Client,
  app: string,
  sha: string,
  options: DeployOptions,
): Promise<boolean> {
  const { branch } = await client.get<AppEntry>(path`/apps/${app}`)
  const before = await newestDeployment(client, app)
  using interrupt = listenForInterrupt()
  const push = await pushCommit(client, {
    folder: options.dir,
    app,
    sha,
    branch,
    force: options.force ?? false,
    options: [...(options.rebuild ? ['rebuild'] : []), ...(options.allowRemove ? ['allow-remove'] : [])],
    stderr: 'inherit',
    signal: interrupt.signal,
  })
  if (push.status === 'up to date') return false
  const newest = await newestDeployment(client, app)
  const number = newest !== null && newest.number > (before?.number ?? 0) ? newest.number : null
  if (interrupt.signal.aborted) {
    if (number === null) exitInterrupted()
    else leaveDeployment(app, number)
    return true
  }
  if (options.json && number !== null) await printDeployment(client, app, number)
  throwUnlessPushed(push)
  return true
}

async function newestDeployment(client: Client, app: string): Promise<Deployment | null> {
  return (await client.get<Deployment[]>(withQuery(path`/apps/${app}/deployments`, { limit: 1 })))[0] ?? null
}

/** What the server had to say, git has shown already; that it ended badly is what is left. */
function throwUnlessPushed({ status, summary, exitCode }: PushResult): void {
  if (status === 'refused') throw new DeployError(`not deployed: ${clean(summary)}`)
  if (status === 'rejected') {
    throw new UserError(`git did not push this: ${clean(summary)}`, {
      hint: 'merge what the branch has, or drop it with --force',
    })
  }
  if (status === 'failed') throw new DeployError(`git push ended with exit code ${exitCode ?? 'of a signal'}`)
}

async function deployAgain(
  client: Client,
  app: string,
  commit: string,
  options: DeployOptions,
): Promise<void> {
  const { number } = await client.post<Deployment>(path`/apps/${app}/deployments`, {
    commit,
    rebuild: options.rebuild ?? false,
    allow_remove: options.allowRemove ?? false,
  })
  await followDeployment(client, app, number, options)
}
