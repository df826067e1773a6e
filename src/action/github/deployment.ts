import type { Octokit, Repo } from './octokit.ts'

export type DeploymentState = 'in_progress' | 'success' | 'failure' | 'error' | 'inactive'

/** A deployment as GitHub shows it beside a commit and on the environment's page. */
export interface GitHubDeployment {
  id: number
  report(state: DeploymentState, description: string): Promise<void>
}

/** What GitHub takes: https://docs.github.com/rest/deployments/statuses */
const LONGEST_DESCRIPTION = 140

export async function createGitHubDeployment(
  octokit: Octokit,
  repo: Repo,
  options: { sha: string; environment: string; app: string; logUrl: string },
): Promise<GitHubDeployment> {
  const { data } = await octokit.rest.repos.createDeployment({
    ...repo,
    ref: options.sha,
    environment: options.environment,
    task: `deploy:${options.app}`,
    description: `Gantry deploys ${options.app}`,
    auto_merge: false,
    // Whether the checks must be green is for the workflow to say, which has decided to run this job.
    required_contexts: [],
  })
  // 202 says that a merge was made instead, which `auto_merge: false` rules out.
  if (!('id' in data)) throw new Error('GitHub did not create the deployment')
  return resumeGitHubDeployment(octokit, repo, { id: data.id, logUrl: options.logUrl })
}

/** One that an earlier step of this job created. */
export function resumeGitHubDeployment(
  octokit: Octokit,
  repo: Repo,
  { id, logUrl }: { id: number; logUrl: string },
): GitHubDeployment {
  return {
    id,
    report: async (state, description) => {
      await octokit.rest.repos.createDeploymentStatus({
        ...repo,
        deployment_id: id,
        state,
        description: description.slice(0, LONGEST_DESCRIPTION),
        log_url: logUrl,
        auto_inactive: true,
      })
    },
  }
}
