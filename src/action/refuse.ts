import { UserError } from '../app/errors.ts'
import type { Inputs } from './inputs.ts'
import type { WorkflowRun } from './workflow-run.ts'

/**
 * Refuses what would give strangers the rights of the repository.
 *
 * @throws UserError
 */
export function refuseUnsafe({ command, dryRun }: Inputs, { event, pullRequest }: WorkflowRun): void {
  // It runs with the secrets of the base branch, and about the commit of that branch: there is nothing to plan either.
  if (event === 'pull_request_target') {
    throw new UserError('pull_request_target is not served: it has the rights of the base branch', {
      hint: 'use `on: pull_request`; on pull requests from forks the plan is in the summary of the job',
    })
  }
  if (pullRequest?.isFork === true && command !== 'plan' && !dryRun) {
    throw new UserError(`a pull request from a fork may not ${command}`, {
      hint: 'leave `command` out: a pull request is planned then, and deployed when it is merged',
    })
  }
}
