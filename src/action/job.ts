import type { Subject } from '../report/markdown/report.ts'
import type { GitHub } from './github/github.ts'
import type { Inputs } from './inputs.ts'
import type { Project } from './project.ts'
import type { RunnerLog } from './runner-log.ts'
import type { WorkflowRun } from './workflow-run.ts'

/** What every command works with. */
export interface Job {
  inputs: Inputs
  run: WorkflowRun
  project: Project
  /** What reports are about. */
  subject: Subject
  github: GitHub
  log: RunnerLog
  /** Fires when the job is cancelled, or when the input `timeout` is over. */
  signal: AbortSignal
}
