import type { Octokit, Repo } from './octokit.ts'

/** The number of the pull request that brought a commit to its branch; null where there is none. */
export async function mergedPullRequest(octokit: Octokit, repo: Repo, sha: string): Promise<number | null> {
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha: sha })
  return data.find(({ merged_at }) => merged_at !== null)?.number ?? null
}
