import { resolve } from 'node:path'

import type { AppId, EcsSettings } from '../app/app.ts'
import { systemClock } from '../app/clock.ts'
import { NotFoundError, UserError } from '../app/errors.ts'
import type { Overrides } from '../deploy/overrides.ts'
import { requestCommit, type Requested } from '../deploy/requests.ts'
import type { OpenEcs } from '../engine/ecs/open.ts'
import { Repository } from '../git/repository.ts'
import type { Inputs } from './inputs.ts'
import type { WorkflowRun } from './workflow-run.ts'

/** Where the engine of an app is. */
export type Where = Pick<EcsSettings, 'region' | 'cluster'>

/** The commit of this run, and what app it is. */
export interface Project {
  app: AppId
  where: Where
  /** What deploying the commit asks of the engine. */
  request(engine: OpenEcs['engine']): Promise<Requested>
}

/**
 * Reads the config at the commit out of git's objects: what is in the work tree does not count.
 *
 * @throws ConfigError, and UserErrors for a checkout that lacks what is needed
 */
export async function readProject(inputs: Inputs, run: WorkflowRun): Promise<Project> {
  const repository = await openCheckout(resolve(run.workspace, inputs.workingDirectory))
  const commit = await findCommit(repository, run.sha)
  const [{ readConfig }, { configFiles }] = await Promise.all([
    import('../config/read.ts'),
    import('../git/config-files.ts'),
  ])
  const config = inputs.config ?? undefined
  const { app } = await readConfig(configFiles(repository, commit), {
    name: inputs.app ?? run.repo.repo,
    environment: inputs.environment,
    config,
  })
  const id = { name: inputs.app ?? app.name, environment: inputs.environment }
  const overrides = overridesOf(inputs)
  const { region, cluster } = { ...app.ecs, ...overrides.ecs }
  return {
    app: id,
    where: { region, cluster },
    request: (engine) =>
      requestCommit(engine, id, {
        repository,
        commit,
        config,
        overrides,
        rebuild: inputs.rebuild,
        allow_remove: inputs.allowRemove,
        clock: systemClock,
        buildEnvironment: process.env,
      }),
  }
}

/** Loads the engine: much hangs on it, and there is something to say before. */
export async function openEngine(where: Where): Promise<OpenEcs> {
  const { openEcs } = await import('../engine/ecs/open.ts')
  return openEcs(where)
}

async function openCheckout(folder: string): Promise<Repository> {
  try {
    return await Repository.open(folder)
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error
    throw new UserError(`${folder} is no checkout`, {
      hint: 'put a step with actions/checkout before this one; with a `path` of its own, name that in `working-directory`',
      cause: error,
    })
  }
}

async function findCommit(repository: Repository, sha: string): Promise<string> {
  const commit = await repository.resolve(sha)
  if (commit !== null) return commit
  throw new UserError(`commit ${sha.slice(0, 12)} is not in the checkout`, {
    hint: 'this deploys the commit that the workflow runs for: leave `ref` out of actions/checkout, or give it `fetch-depth: 0`',
  })
}

/** What the workflow says lies over what the config says. */
function overridesOf(inputs: Inputs): Overrides {
  const { region, cluster, subnets, securityGroups, assignPublicIp, namespace } = inputs
  const { executionRole, taskRole, schedulerRole } = inputs
  return {
    ecs: {
      ...(region !== null && { region }),
      ...(cluster !== null && { cluster }),
      ...(subnets.length > 0 && { subnets }),
      ...(securityGroups.length > 0 && { security_groups: securityGroups }),
      ...(assignPublicIp !== null && { assign_public_ip: assignPublicIp }),
      ...(namespace !== null && { namespace }),
      ...(executionRole !== null && { execution_role: executionRole }),
      ...(taskRole !== null && { task_role: taskRole }),
      ...(schedulerRole !== null && { scheduler_role: schedulerRole }),
    },
    image: inputs.image,
  }
}
