import type { AppId } from '../../src/app/app.ts'
import {
  logGroup,
  parameterRoot,
  processFamily,
  repositoryName,
  taskFamily,
} from '../../src/engine/ecs/names.ts'
import { variablePath } from '../../src/engine/ecs/parameters/parameter-names.ts'

/** Whose policy it is: one app, in one cluster, in one environment or in all of them. */
export interface Scope {
  /** Twelve digits. */
  account: string
  region: string
  cluster: string
  app: string
  /** Null: every environment of the app. */
  environment: string | null
  /** Names of the roles that the config names under `ecs`. */
  roles: { execution: string; task: string; scheduler: string }
}

const ANY = '*'
/** What is left of the name of a schedule that is cut, without its hash. */
const CUT = 55

/**
 * Patterns for everything that Gantry makes for an app, out of the functions that name it. No name holds two hyphens in a
 * row, so that `shop--*` is never another app's.
 */
export interface Names {
  /** Of services and of families of task definitions. */
  components: string
  logGroup: string
  parameters: string
  repositories: string
  /** Of parameters, those with the values of variables. */
  variables: string
  schedules: string[]
}

export function namesOf({ app: name, environment }: Scope): Names {
  const app: AppId = { name, environment: environment ?? ANY }
  return {
    components: processFamily(app, ANY),
    logGroup: logGroup(app),
    parameters: `${parameterRoot(app)}${ANY}`,
    repositories: repositoryName(app),
    variables: `${variablePath(app)}${ANY}`,
    schedules: [schedulePattern(app), `gantry-stop-${ANY}`],
  }
}

/** A name that is too long for EventBridge Scheduler is cut, and the pattern must not ask for more than what is left. */
function schedulePattern(app: AppId): string {
  const [literal = ''] = taskFamily(app, ANY).split(ANY)
  return `${literal.slice(0, CUT)}${ANY}`
}

/** `arnOf(scope, 'ecs', 'service/default/shop--*')` */
export function arnOf({ account, region }: Scope, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`
}

/** IAM is in no region. */
export function roleArn({ account }: Scope, role: string): string {
  return `arn:aws:iam::${account}:role/${role}`
}

export function clusterArn(scope: Scope): string {
  return arnOf(scope, 'ecs', `cluster/${scope.cluster}`)
}
