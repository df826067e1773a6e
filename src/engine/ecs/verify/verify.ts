import type { App } from '../../../app/app.ts'
import { messageOf } from '../../../app/errors.ts'
import { failed, ok, type Check } from '../../check.ts'
import type { Variable } from '../../engine.ts'
import type { Account } from '../account.ts'
import { describeTool, findTool } from '../images/docker-tool.ts'
import { logGroup } from '../names.ts'
import { States } from '../parameters/state.ts'
import { findCluster, type Home } from './cluster.ts'
import { imageChecks } from './images.ts'
import { look } from './look.ts'
import { networkChecks } from './network.ts'
import { roleChecks } from './roles.ts'
import { secretChecks } from './secrets.ts'
import { findServices, NOTHING_PROVEN } from './services.ts'
import { targetGroupChecks } from './target-groups.ts'

export interface VerifyOptions {
  /** Whether the values of secrets may be read, to see which keys they have. */
  readSecrets: boolean
  signal: AbortSignal
}

/**
 * Looks at everything that a deployment of this app needs and that Gantry does not make itself. Only reads.
 *
 * @param app as `adapt` has made it
 */
export async function verify(account: Account, app: App, options: VerifyOptions): Promise<Check[]> {
  let home: Home | null = null
  const cluster = await look(`cluster ${account.cluster}`, async () => {
    const found = await findCluster(account, app)
    home = found.home
    return found.checks
  })
  const [first] = cluster
  // Nothing else can be found without it, and without credentials nothing at all.
  if (first?.status === 'failed') return cluster
  return [...cluster, ...(await everythingElse(account, app, home, options))]
}

async function everythingElse(
  account: Account,
  app: App,
  home: Home | null,
  { readSecrets, signal }: VerifyOptions,
): Promise<Check[]> {
  let variables: readonly Variable[] | null = null
  let proven = NOTHING_PROVEN
  const [ledger, services, images, builder, targetGroups, logs] = await Promise.all([
    look('ledger', async () => {
      const read = await new States(account).read(app)
      variables = read.variables
      return ok('ledger', read.state.release === 0 ? 'no release yet' : `release v${read.state.release}`)
    }),
    look('services', async () => {
      const found = await findServices(account, app)
      proven = found.proven
      return found.checks
    }),
    imageChecks(account, app, home),
    builderCheck(app, signal),
    targetGroupChecks(account, app),
    logGroupCheck(account, app),
  ])
  const others = await Promise.all([
    networkChecks(account, app, { home, proven, variables }),
    roleChecks(account, app, { home, proven }),
    secretChecks(account, app, { variables, readSecrets }),
  ])
  return [...others.flat(), ...images, ...builder, ...targetGroups, ...logs, ...services, ...ledger]
}

/** What the images are built with. */
async function builderCheck({ processes, tasks }: App, signal: AbortSignal): Promise<Check[]> {
  if ([...processes, ...tasks].every((each) => each.image !== null)) return []
  try {
    return [ok('builder', describeTool(await findTool({}, signal)))]
  } catch (error) {
    return [failed('builder', messageOf(error), 'start Docker, or deploy from a machine that has it')]
  }
}

async function logGroupCheck({ aws }: Account, app: App): Promise<Check[]> {
  const name = logGroup(app)
  const subject = `log group ${name}`
  return look(subject, async () => {
    const logs = await aws.logs()
    const { logGroups = [] } = await logs.describeLogGroups({ logGroupNamePrefix: name, limit: 1 })
    const [group] = logGroups
    if (group?.logGroupName !== name) return ok(subject, 'not there yet: the first deploy makes it')
    const { retentionInDays: days } = group
    return ok(subject, days === undefined ? 'keeps everything for ever' : `keeps ${days} days`)
  })
}
