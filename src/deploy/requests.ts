import type { AppId } from '../app/app.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { NewDeployment, Release } from '../engine/ledger.ts'
import type { PlanOptions } from '../plan/plan.ts'
import type { DeployRequest } from './deploy.ts'
import { wantCommit, wantRelease, type CommitOptions } from './prepare.ts'

/** A deployment that somebody asks for, before it is opened in the ledger. Every door makes the same of the same. */
export interface Requested {
  entry: Omit<NewDeployment, 'by'>
  request: Omit<DeployRequest, 'app' | 'deployment'>
}

export type Operation = NonNullable<PlanOptions['operate']>[number]

/** What is asked of one process in words: fields to set as raw texts, and fields to hand back. */
export interface OperationWords {
  process: string
  set?: Readonly<Record<string, string>>
  unset?: readonly string[]
  restart?: boolean
}

export interface CommitRequest extends Omit<CommitOptions, 'app'> {
  /** The full id of one that the repository has. */
  commit: string
  allow_remove: boolean
}

/** Deploys a commit. */
export async function requestCommit(
  engine: Engine,
  app: AppId,
  { allow_remove, ...options }: CommitRequest,
): Promise<Requested> {
  const { repository, commit } = options
  const { subject } = await repository.commit(commit)
  return {
    entry: { kind: 'deploy', commit, title: subject },
    request: {
      want: () => wantCommit(engine, { app, ...options }),
      plan: { allow_remove },
      supersedes: true,
    },
  }
}

/**
 * Deploys an old release's image and config again.
 *
 * @param number of the release; null: the one before the latest
 */
export async function requestRollback(engine: Engine, app: AppId, number: number | null): Promise<Requested> {
  const release = await releaseToReturnTo(engine, app, number)
  return {
    entry: { kind: 'rollback', commit: release.commit, title: `rollback to v${release.number}` },
    request: {
      want: async () => wantRelease(release),
      plan: { allow_remove: true, rollback: { owned_images: release.owned_images } },
      supersedes: true,
    },
  }
}

async function releaseToReturnTo(engine: Engine, app: AppId, number: number | null): Promise<Release> {
  const release =
    number === null ? (await engine.ledger.releases(app, 2))[1] : await engine.ledger.release(app, number)
  if (release == null) {
    throw number === null
      ? new UserError(`${app.name} has no release before the latest one`, {
          hint: 'there is nothing to go back to',
        })
      : new NotFoundError(`${app.name} has no release v${number}`, {
          hint: '`gantry release list` shows them',
        })
  }
  const built = Object.values(release.images).filter((image) => image.kind === 'built')
  const keys = [...new Set(built.map(({ key }) => key))]
  const kept = await engine.findImages(app, keys)
  if (keys.some((key) => !kept.has(key))) {
    throw new UserError(`the images of v${release.number} are not kept any more`, {
      hint: 'deploy its commit again: `gantry deploy COMMIT`',
    })
  }
  return release
}

/** Changes processes by hand: what is set belongs to the operator from then on. */
export async function requestOperation(
  engine: Engine,
  app: AppId,
  title: string,
  operations: readonly Operation[],
): Promise<Requested> {
  const { processes } = await engine.observe(app)
  const unknown = operations.find((each) => !processes.some(({ spec }) => spec.name === each.process))
  if (unknown !== undefined) {
    throw new NotFoundError(`${app.name} has no process ${JSON.stringify(unknown.process.slice(0, 80))}`, {
      hint:
        processes.length === 0
          ? 'nothing was deployed yet: deploy first'
          : `there are: ${processes.map(({ spec }) => spec.name).join(', ')}`,
    })
  }
  return {
    entry: { kind: 'operate', commit: null, title },
    request: {
      // Read when its turn has come: what is deployed before it counts.
      want: async () => wantRelease(await latestRelease(engine, app)),
      plan: { only: operations.map((each) => each.process), operate: operations },
      supersedes: false,
    },
  }
}

/**
 * Reads the words of operations as the config would read them.
 *
 * @throws ConfigError with all that is wrong
 */
export async function parseOperations(words: readonly OperationWords[]): Promise<Operation[]> {
  // As in prepare.ts: the schema is loaded when it is needed.
  const { checkOperatorKeys, parseOperatorFields } = await import('../config/operator-fields.ts')
  return words.map(({ process, set = {}, unset = [], restart = false }) => {
    checkOperatorKeys(unset)
    return { process, set: parseOperatorFields(set), unset, restart }
  })
}

/** The release that runs. Rejects when nothing was deployed yet. */
export async function latestRelease(engine: Engine, app: AppId): Promise<Release> {
  const [release] = await engine.ledger.releases(app, 1)
  if (release !== undefined) return release
  throw new NotFoundError(`${app.name} was never deployed`, { hint: 'deploy a commit first' })
}
