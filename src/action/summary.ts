import { summary } from '@actions/core'

import { summaryOf } from '../report/markdown/comment.ts'

/** Adds a report to the summary of the job, where this runner has one. */
export async function summarise(report: string): Promise<void> {
  if (!process.env['GITHUB_STEP_SUMMARY']) return
  await summary.addRaw(summaryOf(report)).write()
}
