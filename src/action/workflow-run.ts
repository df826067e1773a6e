import { readFile } from 'node:fs/promises'

import { UserError } from '../app/errors.ts'
import type { Repo } from './github/octokit.ts'

/**
 * The job that this step is part of, as the runner describes it:
 * https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export interface WorkflowRun {
  /** `push`, `pull_request`. */
  event: string
  /** The commit that the job is about; for a pull request the one that merges it. */
  sha: string
  repo: Repo
  /** Who or what has started it. */
  actor: string
  /** The branch or tag. */
  ref: string
  /** Where people read its log. */
  url: string
  /** The folder that checkouts go into. */
  workspace: string
  pullRequest: PullRequest | null
}

export interface PullRequest {
  number: number
  /** The last commit of its branch. */
  head: string
  /** Whether it comes from another repository: then the job gets no secrets and a token that can only read. */
  isFork: boolean
}

/** What is read of the event: https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request */
interface Event {
  pull_request?: { number: number; head: { sha: string; repo: { full_name: string } | null } }
}

export async function readWorkflowRun(environment: NodeJS.ProcessEnv): Promise<WorkflowRun> {
  const read = (name: string): string => {
    const value = environment[name]
    if (value === undefined || value === '') {
      throw new UserError(`${name} is not set`, { hint: 'this runs as a step of a GitHub workflow only' })
    }
    return value
  }
  const [owner = '', repo = ''] = read('GITHUB_REPOSITORY').split('/')
  const { GITHUB_SERVER_URL: server = 'https://github.com', GITHUB_RUN_ATTEMPT: attempt = '1' } = environment
  return {
    event: read('GITHUB_EVENT_NAME'),
    sha: read('GITHUB_SHA'),
    repo: { owner, repo },
    actor: environment['GITHUB_ACTOR'] ?? 'somebody',
    ref: environment['GITHUB_REF_NAME'] ?? '',
    url: `${server}/${owner}/${repo}/actions/runs/${read('GITHUB_RUN_ID')}/attempts/${attempt}`,
    workspace: read('GITHUB_WORKSPACE'),
    pullRequest: await readPullRequest(environment['GITHUB_EVENT_PATH'], `${owner}/${repo}`),
  }
}

async function readPullRequest(path: string | undefined, repository: string): Promise<PullRequest | null> {
  if (path === undefined) return null
  const { pull_request: pull } = JSON.parse(await readFile(path, 'utf8')) as Event
  if (pull === undefined) return null
  // The repository of a head is null when it was deleted since: it was another one then.
  return { number: pull.number, head: pull.head.sha, isFork: pull.head.repo?.full_name !== repository }
}
