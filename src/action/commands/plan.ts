import { preview } from '../../deploy/preview.ts'
import { renderPlan } from '../../report/plan.ts'
import { planReport } from '../../report/markdown/report.ts'
import { annotate } from '../annotations.ts'
import { LAYOUT } from '../event-log.ts'
import type { Job } from '../job.ts'
import { setPlanOutputs } from '../outputs.ts'
import { openEngine } from '../project.ts'
import { summarise } from '../summary.ts'

/** Shows what deploying the commit would do. Writes nothing, to AWS either. */
export async function showPlan({ inputs, project, subject, github, log, signal }: Job): Promise<void> {
  const { engine } = await openEngine(project.where)
  const { request } = await project.request(engine)
  const { plan } = await preview(engine, project.app, await request.want(), request.plan, { signal })
  for (const line of renderPlan(plan, LAYOUT).trimEnd().split('\n')) log.line(line)
  annotate(plan.warnings)
  annotate(plan.blocked.map((message) => ({ severity: 'warning', message })))
  setPlanOutputs(plan)
  const report = planReport(subject, plan)
  await summarise(report)
  if (inputs.command === 'plan') await github.comment(subject, report)
}
