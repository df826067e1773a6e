import { notice, warning } from '@actions/core'

import { systemClock } from '../../app/clock.ts'
import { takeBackHere } from '../../deploy/take-back-here.ts'
import type { EcsEngine } from '../../engine/ecs/ecs-engine.ts'
import type { Deployment, Outcome } from '../../engine/ledger.ts'
import { clean } from '../../report/clean.ts'
import { endedReport } from '../../report/markdown/report.ts'
import { createEventLog } from '../event-log.ts'
import { GitHub } from '../github/github.ts'
import { readInputs } from '../inputs.ts'
import { openEngine } from '../project.ts'
import type { RunnerLog } from '../runner-log.ts'
import { saveDeployState, type DeployState } from '../state.ts'
import { stopSignal } from '../stop.ts'
import { subjectOf } from '../subject.ts'
import { summarise } from '../summary.ts'
import { readWorkflowRun } from '../workflow-run.ts'

/** Ends a deployment whose step was killed: what it had changed is taken back, and how it ended is told. */
export async function finishDeployment(state: DeployState, log: RunnerLog): Promise<void> {
  const { app, where } = state
  const { engine, log: deploymentLog } = await openEngine(where)
  const number = state.number ?? (await numberOf(engine, state))
  if (number === null) return
  log.line(`The step ended before deployment ${number} did: taking back what it had changed`)
  const io = { clock: systemClock, signal: stopSignal(null), emit: createEventLog(log) }
  const deployment = await takeBackHere(engine, deploymentLog, app, number, io)
  log.group(null)
  await tell(state, deployment, sentenceOf(deployment, number))
  saveDeployState(null)
}

/** Of one that was killed while it was written down. */
async function numberOf(engine: EcsEngine, { app, by }: DeployState): Promise<number | null> {
  const unfinished = await engine.ledger.unfinished(app)
  return unfinished.find((each) => each.by === by)?.number ?? null
}

async function tell(state: DeployState, deployment: Deployment | null, sentence: string): Promise<void> {
  const run = await readWorkflowRun(process.env)
  const inputs = readInputs(run.event, process.env)
  const github = new GitHub(inputs, run)
  const subject = subjectOf(state.app.name, inputs, run)
  const report = endedReport(subject, sentence)
  const hasEnded = deployment !== null && deployment.finished_at !== null
  ;(hasEnded ? notice : warning)(clean(sentence), { title: 'Gantry' })
  await summarise(report)
  await Promise.all([
    github.comment(subject, report),
    github.endDeployment(state.githubDeployment, outcomeOf(deployment), sentence),
  ])
}

function sentenceOf(deployment: Deployment | null, number: number): string {
  if (deployment === null) return `deployment ${number} is not in the ledger any more`
  const { status, reason, finished_at } = deployment
  if (finished_at === null) return `deployment ${number} is left to the deployment that goes on from there`
  return `deployment ${number} ended: ${status.replace('_', ' ')}${reason === null ? '' : `, ${reason}`}`
}

/** What GitHub is told: of one that goes on elsewhere, that this is not the one. */
function outcomeOf(deployment: Deployment | null): Outcome {
  const status = deployment?.status ?? 'interrupted'
  return status === 'queued' || status === 'running' ? 'superseded' : status
}
