import type { Subject } from '../report/markdown/report.ts'
import type { Inputs } from './inputs.ts'
import type { WorkflowRun } from './workflow-run.ts'

/** What the reports of this run are about. People know a pull request by its last commit, not by the one that merges it. */
export function subjectOf(
  app: string,
  { environment }: Pick<Inputs, 'environment'>,
  { sha, url, pullRequest }: WorkflowRun,
): Subject {
  return { app, environment, commit: pullRequest?.head ?? sha, run: url }
}
