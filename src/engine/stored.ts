import { storedApp, storedState, storedTask } from '../app/stored.ts'
import type { DeploymentRecord, NewRelease } from './ledger.ts'

/** What a deployment was about to change, as an earlier version may have stored it. */
export function storedRecord(record: DeploymentRecord): DeploymentRecord {
  return {
    processes: record.processes.map((each) => ({ ...each, before: each.before && storedState(each.before) })),
    schedules: record.schedules.map(storedTask),
  }
}

/** A release as an earlier version may have stored it. */
export function storedRelease<R extends NewRelease>(release: R): R {
  return { ...release, app: storedApp(release.app) }
}
