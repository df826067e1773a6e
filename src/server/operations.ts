import type { Clock } from '../app/clock.ts'
import type { OperationRecord } from '../deploy/operation-record.ts'
import type { OperatorChange } from '../deploy/operations.ts'
import { requestCommit, requestOperation, requestRollback, type Requested } from '../deploy/requests.ts'
import type { Power } from '../deploy/power.ts'
import { idOf, type AppEntry, type Apps } from './apps.ts'
import type { Deployments, StartedDeployment } from './deployments.ts'
import { powerOf } from './engine-settings.ts'
import type { Engines } from './engines.ts'
import { holdCommit } from './kept-commits.ts'

export interface CommitDeploy {
  /** As the one who asks names it. */
  commit: string
  rebuild: boolean
  allow_remove: boolean
}

/** Deployments that no push brings: a commit again, a roll-back, an operator's change. */
export class Operations {
  readonly #engines: Engines
  readonly #apps: Apps
  readonly #deployments: Deployments
  readonly #clock: Clock

  constructor(engines: Engines, apps: Apps, deployments: Deployments, clock: Clock) {
    this.#engines = engines
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
    const { engine } = await this.#engines.of(app)
    return requestCommit(engine, idOf(app), {
      repository: this.#apps.repository(app.name),
      commit: await this.#apps.commit(app.name, commit),
      ...options,
      clock: this.#clock,
      power: this.#powerOf(app),
    })
  }

  /** A new deployment of an old release's image and config. Null: the one before the latest. */
  async rollback(app: AppEntry, number: number | null, by: string): Promise<StartedDeployment> {
    const { engine } = await this.#engines.of(app)
    const requested = await requestRollback(engine, idOf(app), number, this.#powerOf(app))
    // What it may not have is refused at once; it is judged again in its turn.
    await requested.request.want()
    return this.#start(app, requested, by)
  }

  /** Makes, changes and deletes processes by hand: what is set belongs to the operator from then on. */
  async operate(
    app: AppEntry,
    changes: readonly OperatorChange[],
    { by, title }: { by: string; title: string },
  ): Promise<StartedDeployment & { records: OperationRecord[] }> {
    const { engine } = await this.#engines.of(app)
    const requested = await requestOperation(engine, idOf(app), title, changes)
    return { ...(await this.#start(app, requested, by)), records: requested.records }
  }

  /** As it is when it is asked for. */
  #powerOf({ name }: AppEntry): () => Power {
    return () => powerOf(this.#apps.get(name))
  }

  #start(app: AppEntry, { entry, request }: Requested, by: string): Promise<StartedDeployment> {
    return this.#deployments.start(idOf(app), { ...entry, by }, async () => request)
  }
}
