import type { Outcome } from '../../engine/ledger.ts'
import type { Octokit, Repo } from './octokit.ts'

type State = 'in_progress' | 'success' | 'failure' | 'error' | 'inactive'

/** What GitHub takes: https://docs.github.com/rest/deployments/statuses */
const LONGEST_DESCRIPTION = 140

const STATES: Readonly<Record<Outcome, State>> = {
  succeeded: 'success',
  unchanged: 'success',
  failed: 'failure',
  rolled_back: 'failure',
  rollback_failed: 'failure',
  refused: 'failure',
  cancelled: 'error',
  interrupted: 'error',
  superseded: 'inactive',
}

export interface DeploymentOptions {
  sha: string
  app: string
  environment: string
  logUrl: string
}

/** A deployment as GitHub shows it beside a commit and on the environment's page: its id. It is in progress. */
export async function beginDeployment(
  octokit: Octokit,
  repo: Repo,
  options: DeploymentOptions,
): Promise<number> {
  const { app, sha } = options
  const { data } = await octokit.rest.repos.createDeployment({
    ...repo,
    ref: sha,
    environment: environmentName(repo, options),
    task: `deploy:${app}`,
    description: `Gantry deploys ${app}`,
    auto_merge: false,
    // Whether the checks must be green is for the workflow to say, which has decided to run this job.
    required_contexts: [],
  })
  // 202 says that a merge was made instead, which `auto_merge: false` rules out.
  if (!('id' in data)) throw new Error('GitHub did not create the deployment')
  await report(octokit, repo, { id: data.id, state: 'in_progress', description: 'Deploying', ...options })
  return data.id
}

export async function endDeployment(
  octokit: Octokit,
  repo: Repo,
  ended: { id: number; outcome: Outcome; description: string; logUrl: string },
): Promise<void> {
  await report(octokit, repo, { ...ended, state: STATES[ended.outcome] })
}

/**
 * A deployment that succeeds makes the others of its environment inactive, so several apps of a repository must not
 * share one.
 */
function environmentName({ repo }: Repo, { app, environment }: DeploymentOptions): string {
  const parts = [...(app === repo ? [] : [app]), ...(environment === 'default' ? [] : [environment])]
  return parts.join(' ') || app
}

async function report(
  octokit: Octokit,
  repo: Repo,
  { id, state, description, logUrl }: { id: number; state: State; description: string; logUrl: string },
): Promise<void> {
  await octokit.rest.repos.createDeploymentStatus({
    ...repo,
    deployment_id: id,
    state,
    description: description.slice(0, LONGEST_DESCRIPTION),
    log_url: logUrl,
    auto_inactive: true,
  })
}
