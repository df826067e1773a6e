import type { Clock } from '../app/clock.ts'
import type { OperationRecord } from '../deploy/operation-record.ts'
import type { OperatorChange } from '../deploy/operations.ts'
import { requestCommit, requestOperation, requestRollback, type Requested } from '../deploy/requests.ts'
import type { Engine } from '../engine/engine.ts'
import { idOf, type AppEntry, type Apps } from './apps.ts'
import type { Deployments, StartedDeployment } from './deployments.ts'
import { holdCommit } from './kept-commits.ts'

export interface CommitDeploy {
  /** As the one who asks names it. */
  commit: string
  rebuild: boolean
  allow_remove: boolean
}

/** Deployments that no push brings: a commit again, a roll-back, an operator's change. */
export class Operations {
  readonly #engine: Engine
  readonly #apps: Apps
  readonly #deployments: Deployments
  readonly #clock: Clock

  constructor(engine: Engine, apps: Apps, deployments: Deployments, clock: Clock) {
    this.#engine = engine
    this.#apps = apps
    this.#deployments = deployments
    this.#clock = clock
  }

  /** Deploys a commit that the app's repository has. The branch stays where it is. */
  async deployCommit(app: AppEntry, wish: CommitDeploy, by: string): Promise<StartedDeployment> {
    const { entry, request } = await this.request(app, wish)
    return this.#deployments.start(idOf(app), { ...entry, by }, async ({ number }) => {
      await holdCommit(this.#apps.repository(app.name), number, entry.commit!)
      return request
    })
  }

  /** What deploying a commit would be. */
  async request(app: AppEntry, { commit, ...options }: CommitDeploy): Promise<Requested> {
    return requestCommit(this.#engine, idOf(app), {
      repository: this.#apps.repository(app.name),
      commit: await this.#apps.commit(app.name, commit),
      ...options,
      clock: this.#clock,
    })
  }

  /** A new deployment of an old release's image and config. Null: the one before the latest. */
  async rollback(app: AppEntry, number: number | null, by: string): Promise<StartedDeployment> {
    return this.#start(app, await requestRollback(this.#engine, idOf(app), number), by)
  }

  /** Makes, changes and deletes processes by hand: what is set belongs to the operator from then on. */
  async operate(
    app: AppEntry,
    changes: readonly OperatorChange[],
    { by, title }: { by: string; title: string },
  ): Promise<StartedDeployment & { records: OperationRecord[] }> {
    const requested = await requestOperation(this.#engine, idOf(app), title, changes)
    return { ...(await this.#start(app, requested, by)), records: requested.records }
  }

  #start(app: AppEntry, { entry, request }: Requested, by: string): Promise<StartedDeployment> {
    return this.#deployments.start(idOf(app), { ...entry, by }, async () => request)
  }
}
