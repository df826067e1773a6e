import type { AppId } from '../app/app.ts'
import type { Clock } from '../app/clock.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import { wantCommit, wantRelease } from '../deploy/prepare.ts'
import type { Engine } from '../engine/engine.ts'
import type { Release } from '../engine/ledger.ts'
import type { PlanOptions } from '../plan/plan.ts'
import { idOf, type AppEntry, type Apps } from './apps.ts'
import type { Deployments, StartedDeployment } from './deployments.ts'
import { holdCommit } from './kept-commits.ts'

export type Operation = NonNullable<PlanOptions['operate']>[number]

export interface CommitDeploy {
  commit: string
  by: string
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
  async deployCommit(app: AppEntry, request: CommitDeploy): Promise<StartedDeployment> {
    const id = idOf(app)
    const repository = this.#apps.repository(app.name)
    const commit = await repository.resolve(request.commit)
    if (commit === null) {
      throw new NotFoundError(`${app.name} has no commit ${request.commit.slice(0, 80)}`, {
        hint: 'push it first',
      })
    }
    const { subject } = await repository.commit(commit)
    return this.#deployments.start(
      id,
      { kind: 'deploy', commit, by: request.by, title: subject },
      async (deployment) => {
        await holdCommit(repository, deployment.number, commit)
        return {
          want: () =>
            wantCommit(this.#engine, {
              app: id,
              repository,
              commit,
              rebuild: request.rebuild,
              clock: this.#clock,
            }),
          plan: { allow_remove: request.allow_remove },
          supersedes: true,
        }
      },
    )
  }

  /** A new deployment of an old release's image and config. Null: the one before the latest. */
  async rollback(app: AppEntry, number: number | null, by: string): Promise<StartedDeployment> {
    const id = idOf(app)
    const release = await this.#target(id, number)
    return this.#deployments.start(
      id,
      { kind: 'rollback', commit: release.commit, by, title: `rollback to v${release.number}` },
      async () => ({
        want: async () => wantRelease(release),
        plan: { allow_remove: true, rollback: { owned_images: release.owned_images } },
        supersedes: true,
      }),
    )
  }

  async #target(id: AppId, number: number | null): Promise<Release> {
    const release =
      number === null
        ? (await this.#engine.ledger.releases(id, 2))[1]
        : await this.#engine.ledger.release(id, number)
    if (release == null) {
      throw number === null
        ? new UserError(`${id.name} has no release before the latest one`, {
            hint: 'there is nothing to go back to',
          })
        : new NotFoundError(`${id.name} has no release v${number}`, {
            hint: '`gantry release list` shows them',
          })
    }
    const reference = `release:v${release.number}`
    const pins = Object.keys(release.images).map((component) => ({ component, reference }))
    if ((await this.#engine.checkPins(id, pins)).length > 0) {
      throw new UserError(`the images of v${release.number} are not kept any more`, {
        hint: 'deploy its commit again: `gantry deploy COMMIT`',
      })
    }
    return release
  }

  /** Changes processes by hand: what is set belongs to the operator from then on. */
  async operate(
    app: AppEntry,
    operations: readonly Operation[],
    options: { by: string; title: string },
  ): Promise<StartedDeployment> {
    const id = idOf(app)
    const { processes } = await this.#engine.observe(id)
    const unknown = operations.find((each) => !processes.some(({ spec }) => spec.name === each.process))
    if (unknown !== undefined) {
      throw new NotFoundError(`${app.name} has no process ${JSON.stringify(unknown.process.slice(0, 80))}`, {
        hint:
          processes.length === 0
            ? 'nothing was deployed yet: push first'
            : `there are: ${processes.map(({ spec }) => spec.name).join(', ')}`,
      })
    }
    return this.#deployments.start(
      id,
      { kind: 'operate', commit: null, by: options.by, title: options.title },
      async () => ({
        // Read when its turn has come: what is deployed before it counts.
        want: async () => wantRelease(await this.latest(app)),
        plan: { only: operations.map((each) => each.process), operate: operations },
        supersedes: false,
      }),
    )
  }

  /** The release that runs. Rejects when nothing was deployed yet. */
  async latest(app: AppEntry): Promise<Release> {
    const [release] = await this.#engine.ledger.releases(idOf(app), 1)
    if (release !== undefined) return release
    throw new NotFoundError(`${app.name} was never deployed`, { hint: 'push a commit to it first' })
  }
}
