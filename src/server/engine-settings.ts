import type { EcsSettings, EngineName } from '../app/app.ts'
import { UserError } from '../app/errors.ts'
import type { Power } from '../deploy/power.ts'

/** Where an app runs, and what its pushed file may ask for there. */
export interface EngineSettings {
  engine: EngineName
  /** As in `gantry.yml`; on the ecs engine only. */
  ecs: EcsSettings
  /** References of secrets that the pushed file may name: `ssm:/shop/` is all below it. */
  secret_prefixes: string[]
  /** ARNs of the target groups that its processes may be in. */
  target_groups: string[]
}

/** What somebody sets: what is left out stays as it is. */
export interface EngineChange extends Partial<Omit<EngineSettings, 'ecs'>> {
  ecs?: Partial<EcsSettings>
}

export const DEFAULT_ENGINE: EngineSettings = {
  engine: 'local',
  ecs: {
    region: null,
    cluster: null,
    subnets: [],
    security_groups: [],
    assign_public_ip: false,
    namespace: null,
    execution_role: null,
    task_role: null,
    scheduler_role: null,
  },
  secret_prefixes: [],
  target_groups: [],
}

/** What the file of an app may ask for. */
export function powerOf({ ecs, secret_prefixes, target_groups }: EngineSettings): Power {
  return { ecs, secret_prefixes, target_groups }
}

export function withChange(before: EngineSettings, { ecs, ...change }: EngineChange): EngineSettings {
  return { ...before, ...change, ecs: { ...before.ecs, ...ecs } }
}

/** Whether what runs would be left where it is, with nobody who looks after it. */
export function movesAway(before: EngineSettings, after: EngineSettings): boolean {
  if (before.engine !== after.engine) return true
  const { region, cluster } = before.ecs
  return after.engine === 'ecs' && (region !== after.ecs.region || cluster !== after.ecs.cluster)
}

const SECRET_PREFIX = /^(?:ssm|secretsmanager):\S{1,500}$/
const TARGET_GROUP = /^arn:[\w-]+:elasticloadbalancing:\S{1,500}$/
// An identifier or an ARN of AWS: none of them has a space or something that a terminal would obey.
const NAME = /^[!-~]{1,500}$/

/** @throws UserError for what cannot be a setting */
export function checkEngine(settings: EngineSettings): void {
  const { ecs, secret_prefixes, target_groups } = settings
  for (const value of Object.values(ecs).flat()) {
    if (typeof value === 'string' && !NAME.test(value)) {
      throw new UserError(`${JSON.stringify(value.slice(0, 80))} is no name of AWS`)
    }
  }
  const prefix = secret_prefixes.find((each) => !SECRET_PREFIX.test(each))
  if (prefix !== undefined) {
    throw new UserError(`${JSON.stringify(prefix.slice(0, 80))} is no beginning of a secret's reference`, {
      hint: 'write it like ssm:/shop/ or secretsmanager:shop/',
    })
  }
  const group = target_groups.find((each) => !TARGET_GROUP.test(each))
  if (group !== undefined) {
    throw new UserError(`${JSON.stringify(group.slice(0, 80))} is no ARN of a target group`)
  }
}
