import type { getOctokit } from '@actions/github'

export type Octokit = ReturnType<typeof getOctokit>

/** Which repository. */
export interface Repo {
  owner: string
  repo: string
}

/** Whether GitHub refused this for want of a right: on pull requests from forks the token can only read. */
export function isForbidden(error: unknown): boolean {
  const { status } = error as { status?: number }
  return status === 403 || status === 404
}
