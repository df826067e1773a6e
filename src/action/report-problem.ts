import { problemReport } from '../report/markdown/report.ts'
import { problemsOf } from './failure.ts'
import type { Job } from './job.ts'
import { likelyName } from './likely-name.ts'
import { subjectOf } from './subject.ts'
import { summarise } from './summary.ts'

/** Tells in the summary, and where a plan was expected on the pull request, why there is none. */
export async function reportProblem(
  error: unknown,
  { inputs, run, github }: Pick<Job, 'inputs' | 'run' | 'github'>,
): Promise<void> {
  if (inputs.command === 'run') return
  const subject = subjectOf(await likelyName(inputs, run), inputs, run)
  const report = problemReport(subject, problemsOf(error))
  await summarise(report)
  if (inputs.command === 'plan') await github.comment(subject, report)
}
