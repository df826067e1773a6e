import type { DeployEvent } from '../deploy/events.ts'
import type { Plan } from '../plan/types.ts'
import { outcomeReport, type Subject } from '../report/markdown/report.ts'
import { Progress } from '../report/progress.ts'

/** What is left of the events of a deployment when it has ended: for the summary, the comment and the outputs. */
export class DeploymentReport {
  plan: Plan | null = null
  readonly #progress = new Progress()
  #finished: Extract<DeployEvent, { type: 'deployment.finished' }> | null = null

  note(event: DeployEvent): void {
    this.#progress.note(event)
    if (event.type === 'plan.made') this.plan = event.plan
    if (event.type === 'deployment.finished') this.#finished = event
  }

  /** Asked when it has ended. */
  markdown(subject: Subject): string {
    if (this.#finished === null) throw new Error('the deployment has not ended')
    return outcomeReport(subject, this.#finished, this.#progress, this.plan)
  }
}
