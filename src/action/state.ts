import { getState, saveState } from '@actions/core'

import type { AppId } from '../app/app.ts'
import type { Where } from './project.ts'

const NAME = 'deployment'

/** What the post step has to know of a deployment that was cut off. No secret is in it: the runner keeps it in a file. */
export interface DeployState {
  app: AppId
  where: Where
  /** As whom this job deploys: found again in the ledger by it. */
  by: string
  /** Null before it was written down. */
  number: number | null
  /** What GitHub calls it; null where it shows none. */
  githubDeployment: number | null
}

/** Written at once: what is known when the job is cancelled is what was saved before. */
export function saveDeployState(state: DeployState | null): void {
  saveState(NAME, state)
}

/** Null when there is nothing left to do. */
export function readDeployState(): DeployState | null {
  const text = getState(NAME)
  return text === '' ? null : (JSON.parse(text) as DeployState | null)
}
