import type { Outcome } from '../../engine/ledger.ts'
import { clean } from '../../report/clean.ts'
import { commentMarker, commentOf } from '../../report/markdown/comment.ts'
import type { Subject } from '../../report/markdown/report.ts'
import type { Inputs } from '../inputs.ts'
import type { WorkflowRun } from '../workflow-run.ts'
import { courteously } from './courtesy.ts'
import { beginDeployment, endDeployment } from './deployment.ts'
import { mergedPullRequest } from './merged-pull-request.ts'
import { openOctokit, type Octokit } from './octokit.ts'
import { upsertComment } from './sticky-comment.ts'

export type GitHubWishes = Pick<Inputs, 'githubToken' | 'comment' | 'githubDeployment'>

/** What is told to GitHub beside the log. Nothing of it fails the job; without a token nothing is told. */
export class GitHub {
  readonly #wishes: GitHubWishes
  readonly #run: WorkflowRun
  #octokit: Promise<Octokit> | null = null

  constructor(wishes: GitHubWishes, run: WorkflowRun) {
    this.#wishes = wishes
    this.#run = run
  }

  /** Brings the one comment about an app up to date, on the pull request of this run or the one that was merged by it. */
  async comment(subject: Subject, report: string): Promise<void> {
    const { githubToken, comment } = this.#wishes
    if (!comment || githubToken === '') return
    await courteously('the comment on the pull request', 'pull-requests: write', async () => {
      const octokit = await this.#open()
      const number = await this.#pullRequest(octokit)
      if (number === null) return
      const target = { ...this.#run.repo, issue_number: number }
      await upsertComment(octokit, target, commentMarker(subject), commentOf(subject, report))
    })
  }

  /** Gives its id; null where there is none. */
  async beginDeployment({ app, environment }: Subject): Promise<number | null> {
    const { githubToken, githubDeployment } = this.#wishes
    if (!githubDeployment || githubToken === '') return null
    const { repo, sha, url } = this.#run
    return courteously('the deployment on GitHub', 'deployments: write', async () =>
      beginDeployment(await this.#open(), repo, { sha, app, environment, logUrl: url }),
    )
  }

  async endDeployment(id: number | null, outcome: Outcome, description: string): Promise<void> {
    if (id === null) return
    const { repo, url } = this.#run
    const ended = { id, outcome, description: clean(description), logUrl: url }
    await courteously('how the deployment ended', 'deployments: write', async () =>
      endDeployment(await this.#open(), repo, ended),
    )
  }

  async #pullRequest(octokit: Octokit): Promise<number | null> {
    const { event, pullRequest, repo, sha, ref: branch } = this.#run
    if (pullRequest !== null) return pullRequest.number
    return event === 'push' ? mergedPullRequest(octokit, repo, { sha, branch }) : null
  }

  #open(): Promise<Octokit> {
    this.#octokit ??= openOctokit(this.#wishes.githubToken)
    return this.#octokit
  }
}
