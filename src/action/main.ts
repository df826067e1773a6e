import { error as annotateError, warning } from '@actions/core'

import packageJson from '../../package.json' with { type: 'json' }
import { messageOf, UserError } from '../app/errors.ts'
import type { DeployResult } from '../deploy/deploy.ts'
import { isGood } from '../engine/ledger.ts'
import { clean } from '../report/clean.ts'
import { showFailure } from './failure.ts'
import { GitHub } from './github/github.ts'
import { readInputs } from './inputs.ts'
import type { Job } from './job.ts'
import { maskSecrets } from './mask.ts'
import { refuseUnsafe } from './refuse.ts'
import { RunnerLog } from './runner-log.ts'
import { stopSignal } from './stop.ts'
import { subjectOf } from './subject.ts'
import { readWorkflowRun } from './workflow-run.ts'

/** The step: `runs.main` of action.yml. What takes long to load is loaded after the first line. */
const log = new RunnerLog()
try {
  process.exitCode = await main()
} catch (error) {
  showFailure(log, error)
  process.exitCode = 1
}

async function main(): Promise<number> {
  maskSecrets(process.env)
  const run = await readWorkflowRun(process.env)
  const inputs = readInputs(run.event, process.env)
  const dry = inputs.dryRun ? ' (dry run)' : ''
  log.line(`Gantry ${packageJson.version}: ${inputs.command}${dry}, commit ${run.sha.slice(0, 12)}`)
  refuseUnsafe(inputs, run)
  const signal = stopSignal(inputs.timeout)
  const github = new GitHub(inputs, run)
  try {
    const { readProject } = await import('./project.ts')
    const project = await readProject(inputs, run)
    const subject = subjectOf(project.app.name, inputs, run)
    return await carryOut({ inputs, run, project, subject, github, log, signal })
  } catch (thrown) {
    const error = signal.aborted && !(thrown instanceof UserError) ? signal.reason : thrown
    const { reportProblem } = await import('./report-problem.ts')
    await reportProblem(error, { inputs, run, github })
    throw error
  }
}

async function carryOut(job: Job): Promise<number> {
  const { command, dryRun } = job.inputs
  if (command === 'plan' || dryRun) {
    await (await import('./commands/plan.ts')).showPlan(job)
    return 0
  }
  if (command === 'run') return (await import('./commands/run.ts')).runCommand(job)
  return exitCodeOf(await (await import('./commands/deploy.ts')).deployCommit(job), job.signal)
}

/** One that a newer deployment has taken the place of has not failed. */
function exitCodeOf(
  { outcome, reason }: Pick<DeployResult, 'outcome' | 'reason'>,
  signal: AbortSignal,
): number {
  if (isGood(outcome)) return 0
  const why = signal.aborted ? messageOf(signal.reason) : reason
  const told = clean(`${outcome.replace('_', ' ')}: ${why ?? 'the log says why'}`)
  if (outcome === 'superseded') {
    warning(told, { title: 'Gantry' })
    return 0
  }
  annotateError(told, { title: 'Gantry' })
  return 1
}
