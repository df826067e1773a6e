import type { Draft } from '../draft.ts'
import type { Provenance } from '../provenance.ts'
import type { Reading } from '../reading.ts'
import type { Table, Value } from '../value.ts'

/** Two names for one format: Upsun is what Platform.sh became, and moved its files and sizes. */
export type System = 'Upsun' | 'Platform.sh'

/** What the files of a repository describe together. */
export interface Project {
  apps: ReadonlyMap<string, Table>
  /** Whether these are all apps of the project: beside a `.platform.app.yaml` there may be others in other folders. */
  isWhole: boolean
  services: Value | undefined
  routes: Value | undefined
}

/** What the reader of one app works with. */
export interface AppContext {
  system: System
  reading: Reading
  /** The config that it writes. */
  draft: Draft
  project: Project
  /** The app to deploy. */
  name: string
  app: Table
  /** The language that it is written in: `php`, `python`; empty where the file does not say it. */
  runtime: string
}

export function byDefault({ system }: Pick<AppContext, 'system'>): Provenance {
  return { kind: 'default', of: system }
}
