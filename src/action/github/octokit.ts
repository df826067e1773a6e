import type { getOctokit } from '@actions/github'

import { messageOf } from '../../app/errors.ts'

export type Octokit = ReturnType<typeof getOctokit>

/** Which repository. */
export interface Repo {
  owner: string
  repo: string
}

/** Milliseconds until GitHub must have answered: nothing waits for it that matters more. */
const PATIENCE = 20_000

/** A client with the token of the workflow. Loaded when it is needed: it takes longer than all that comes before. */
export async function openOctokit(token: string): Promise<Octokit> {
  const { getOctokit } = await import('@actions/github')
  const octokit = getOctokit(token)
  octokit.hook.wrap('request', (request, options) =>
    request({ ...options, request: { ...options.request, signal: AbortSignal.timeout(PATIENCE) } }),
  )
  return octokit
}

/** Whether GitHub refused this for want of a right: on pull requests from forks the token can only read. */
export function isForbidden(error: unknown): boolean {
  const { status } = error as { status?: number }
  // Who asks too often gets the same status.
  return (status === 403 || status === 404) && !/rate limit/i.test(messageOf(error))
}
