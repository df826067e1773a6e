import { systemClock } from '../../app/clock.ts'
import { deployHere } from '../../deploy/deploy-here.ts'
import type { DeployEvent } from '../../deploy/events.ts'
import type { DeployResult } from '../../deploy/deploy.ts'
import { annotate } from '../annotations.ts'
import { reportBug } from '../bug.ts'
import { DeploymentReport } from '../deployment-report.ts'
import { createEventLog } from '../event-log.ts'
import type { Job } from '../job.ts'
import { setDeployOutputs, setPlanOutputs } from '../outputs.ts'
import { openEngine } from '../project.ts'
import { summarise } from '../summary.ts'
import { TrackedDeployment } from '../tracked-deployment.ts'

/** Deploys the commit, and waits until it is known how that went. */
export async function deployCommit(job: Job): Promise<DeployResult> {
  const { run, project, subject, github, log } = job
  const { app, where } = project
  const { engine, log: deploymentLog } = await openEngine(where)
  const request = { app, by: `${run.actor} (${run.url})`, ...(await project.request(engine)) }
  const tracked = new TrackedDeployment(job, { app, where, by: request.by })
  const report = new DeploymentReport()
  const write = createEventLog(log)
  const emit = (event: DeployEvent): void => {
    tracked.note(event)
    report.note(event)
    write(event)
  }
  const io = {
    signal: job.signal,
    clock: systemClock,
    emit,
    onBug: (error: unknown) => reportBug(log, error),
  }
  const result = await tracked.whole(deployHere(engine, deploymentLog, request, io))
  const { plan } = report
  if (plan !== null) {
    annotate(plan.warnings)
    setPlanOutputs(plan)
  }
  await setDeployOutputs(result, plan, (image) => engine.imageReference(app, image))
  const markdown = report.markdown(subject)
  await summarise(markdown)
  await Promise.all([github.comment(subject, markdown), tracked.end(result)])
  return result
}
