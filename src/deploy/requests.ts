import type { AppId } from '../app/app.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { Engine } from '../engine/engine.ts'
import type { NewDeployment, Release } from '../engine/ledger.ts'
import type { DeployRequest } from './deploy.ts'
import { recordOf, type OperationRecord } from './operation-record.ts'
import { checkOperations, type OperatorChange } from './operations.ts'
import type { Power } from './power.ts'
import { preview, type VariableChange } from './preview.ts'
import { underPower, wantCommit, wantRelease, type CommitOptions } from './prepare.ts'
import { setVariable, unsetVariable } from './variables.ts'

/** A deployment that somebody asks for, before it is opened in the ledger. Every door makes the same of the same. */
export interface Requested {
  entry: Omit<NewDeployment, 'by'>
  request: Omit<DeployRequest, 'app' | 'deployment'>
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
 * @param power asked for when it has its turn, where it is not for the release to choose what it may do
 */
export async function requestRollback(
  engine: Engine,
  app: AppId,
  number: number | null,
  power?: () => Power,
): Promise<Requested> {
  const release = await releaseToReturnTo(engine, app, number)
  return {
    entry: { kind: 'rollback', commit: release.commit, title: `rollback to v${release.number}` },
    request: {
      want: async () => {
        const wanted = wantRelease(release)
        return power === undefined ? wanted : underPower(engine, wanted, power())
      },
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

export interface RequestedOperation extends Requested {
  /** For the audit trail. */
  records: OperationRecord[]
}

/**
 * Makes, changes and deletes processes by hand: what is set belongs to the operator from then on. Variables are set at
 * once and stay, whatever becomes of the deployment, as when they are set alone; so a change that would be refused with
 * them is refused before that.
 *
 * @throws UserError
 */
export async function requestOperation(
  engine: Engine,
  app: AppId,
  title: string,
  changes: readonly OperatorChange[],
): Promise<RequestedOperation> {
  const running = await engine.observe(app)
  checkOperations(app, running, changes)
  if (changes.some((each) => each.create)) await latestRelease(engine, app)
  const request: RequestedOperation['request'] = {
    // Read when its turn has come: what is deployed before it counts.
    want: async () => wantRelease(await latestRelease(engine, app)),
    plan: {
      only: changes.map((each) => each.process),
      operate: changes.map(({ variables: _variables, ...operation }) => operation),
      // Who deletes a process by its name does not do so in passing.
      allow_remove: changes.some((each) => each.delete),
    },
    supersedes: false,
  }
  const variables = changes.flatMap(({ process, variables: own = [] }) =>
    own.map((each) => ({ process, ...each })),
  )
  if (variables.length > 0) {
    const { plan } = await preview(engine, app, await request.want(), request.plan, { variables })
    if (plan.blocked.length > 0) throw new UserError(plan.blocked.join('; '), { hint: 'nothing was changed' })
  }
  for (const each of variables) await changeVariable(engine, app, each)
  return {
    entry: { kind: 'operate', commit: null, title },
    request,
    records: changes.map((each) => recordOf(each, running)),
  }
}

async function changeVariable(
  engine: Engine,
  app: AppId,
  { process, name, value }: VariableChange,
): Promise<void> {
  if (value === null) await unsetVariable(engine, app, name, process)
  else await setVariable(engine, app, { name, value, process, secret: false })
}

/** The release that runs. Rejects when nothing was deployed yet. */
export async function latestRelease(engine: Engine, app: AppId): Promise<Release> {
  const [release] = await engine.ledger.releases(app, 1)
  if (release !== undefined) return release
  throw new NotFoundError(`${app.name} was never deployed`, { hint: 'deploy a commit first' })
}
