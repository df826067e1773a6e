import type { Octokit, Repo } from './octokit.ts'

/** The number of the pull request that brought a commit to a branch; null where there is none. */
export async function mergedPullRequest(
  octokit: Octokit,
  repo: Repo,
  { sha, branch }: { sha: string; branch: string },
): Promise<number | null> {
  const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha: sha })
  const merged = data.filter(({ merged_at, base }) => merged_at !== null && base.ref === branch)
  const exact = merged.find(({ merge_commit_sha }) => merge_commit_sha === sha)
  return (exact ?? merged[0])?.number ?? null
}
