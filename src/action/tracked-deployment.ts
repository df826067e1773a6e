import type { DeployResult } from '../deploy/deploy.ts'
import type { DeployEvent } from '../deploy/events.ts'
import type { Job } from './job.ts'
import { saveDeployState, type DeployState } from './state.ts'

/**
 * A deployment as GitHub and the post step know it. What the post step would need is saved before anything is written to
 * AWS; GitHub is told in the background, because deploying does not wait for it.
 */
export class TrackedDeployment {
  readonly #job: Pick<Job, 'github' | 'subject'>
  #state: DeployState
  #shown: Promise<number | null> | null = null

  constructor(job: Pick<Job, 'github' | 'subject'>, state: Pick<DeployState, 'app' | 'where' | 'by'>) {
    this.#job = job
    this.#state = { ...state, number: null, githubDeployment: null }
    saveDeployState(this.#state)
  }

  note(event: DeployEvent): void {
    if (event.type !== 'deployment.started') return
    this.#save({ number: event.number })
    this.#shown = this.#show()
  }

  /** Hands on the result. Where the deployment was refused before it began, there is nothing to finish. */
  async whole<T>(deploying: Promise<T>): Promise<T> {
    try {
      return await deploying
    } catch (error) {
      if (this.#state.number === null) saveDeployState(null)
      throw error
    }
  }

  async end({ outcome, reason }: Pick<DeployResult, 'outcome' | 'reason'>): Promise<void> {
    const id = await (this.#shown ?? this.#show())
    await this.#job.github.endDeployment(id, outcome, reason ?? outcome)
    saveDeployState(null)
  }

  async #show(): Promise<number | null> {
    const id = await this.#job.github.beginDeployment(this.#job.subject)
    this.#save({ githubDeployment: id })
    return id
  }

  #save(known: Partial<DeployState>): void {
    this.#state = { ...this.#state, ...known }
    saveDeployState(this.#state)
  }
}
