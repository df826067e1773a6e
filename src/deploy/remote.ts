import type { AppId } from '../app/app.ts'

/**
 * The events of deployments, each as one line of JSON, kept where every door finds them. Rejects with UserErrors.
 */
export interface DeploymentLog {
  append(app: AppId, number: number, lines: readonly string[]): Promise<void>
  /** All lines, oldest first; with `follow` it goes on until the deployment has finished or the signal fires. */
  read(app: AppId, number: number, follow: boolean, signal: AbortSignal): AsyncIterable<string>
}

/** What doors that share an engine and have no server between them know of each other's deployments. */
export interface Remote {
  log: DeploymentLog
  /** Asks whoever carries this deployment out to stop it: the signal of its lock fires. */
  cancel(app: AppId, number: number): Promise<void>
}
