import { CancelledError, DeployError, UserError } from '../app/errors.ts'
import type { Deployment, Outcome } from '../engine/ledger.ts'
import { clean } from '../report/clean.ts'
import { linesIn } from '../report/lines.ts'
import type { AppEntry } from '../server/apps.ts'
import { path, withQuery, type Client } from './client.ts'
import type { DeployWish, Watched } from './control.ts'
import { hasColour, note } from './output.ts'
import { pushCommit, type PushResult } from './push.ts'

interface Target {
  /** The checkout. */
  folder: string
  app: string
  sha: string
  signal: AbortSignal
}

/**
 * Pushes a commit to the deploy branch, and git shows the deployment. Null when there was nothing to push.
 *
 * @throws UserError when it was not accepted
 */
export async function deployByPush(
  client: Client,
  target: Target,
  { force, rebuild, allow_remove }: DeployWish,
): Promise<Watched | null> {
  const { app, signal } = target
  const { branch } = await client.get<AppEntry>(path`/apps/${app}`)
  const before = await newestDeployment(client, app)
  const push = await pushCommit(client, {
    ...target,
    branch,
    force,
    options: [...(rebuild ? ['rebuild'] : []), ...(allow_remove ? ['allow-remove'] : [])],
    stderr: 'inherit',
  })
  if (push.status === 'up to date') return null
  const newest = await newestDeployment(client, app)
  const made = newest !== null && newest.number > (before?.number ?? 0) ? newest : null
  if (signal.aborted) return { number: made?.number ?? null, outcome: null }
  return { number: made?.number ?? null, outcome: outcomeOf(push, made) }
}

/** Brings a commit to the server without deploying it. */
export async function handOver(client: Client, target: Target): Promise<void> {
  const { branch } = await client.get<AppEntry>(path`/apps/${target.app}`)
  const push = await pushCommit(client, {
    ...target,
    branch,
    force: true,
    options: ['dry-run'],
    stderr: 'pipe',
  })
  if (target.signal.aborted) throw new CancelledError('cancelled: nothing was changed')
  // The objects of a push that is refused arrive all the same, and the plan says better what is wrong.
  if (push.status === 'failed') note(push.stderr.trimEnd())
}

async function newestDeployment(client: Client, app: string): Promise<Deployment | null> {
  return (await client.list<Deployment>(withQuery(path`/apps/${app}/deployments`, { limit: 1 })))[0] ?? null
}

/** What the server had to say, git has shown already; that it ended badly is what is left. */
function outcomeOf({ status, summary, exitCode }: PushResult, made: Deployment | null): Outcome {
  if (status === 'rejected') {
    throw new UserError(`git did not push this: ${clean(summary)}`, {
      hint: 'merge what the branch has, or drop it with --force',
    })
  }
  if (status === 'failed') throw new DeployError(`git push ended with exit code ${exitCode ?? 'of a signal'}`)
  if (status !== 'refused') return 'succeeded'
  const problem = `not deployed: ${clean(summary)}`
  if (made === null || made.finished_at === null) throw new DeployError(problem)
  note(linesIn(hasColour(process.stderr)).problem(problem))
  return made.status as Outcome
}
