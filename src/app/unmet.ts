/**
 * What a config asks for and no engine carries out yet: it is kept and told, and nothing that runs depends on it. So it
 * is no part of a spec, and whoever changes it replaces no instance.
 */
export interface Unmet {
  /** Services and other resources that the code uses, by what it calls them. */
  connect_to: Record<string, Connection>
  access: Access
  /** What the code is to be allowed in AWS, beside what its role is. */
  iam_role_statements: IamRoleStatement[]
}

/** The same of a process. */
export interface UnmetOfProcess extends Unmet {
  /** EC2 types to run on, the preferred one first. */
  instance_types: string[]
  /** Whether stopped EC2 instances of that one type are kept for a faster start. */
  enable_warm_pool: boolean
}

/** `endpoint`: which one, of a service that has several. */
export interface Connection {
  service: string
  endpoint: string | null
}

/** Who may get a shell in an instance: the least role that may; null where nothing is said. */
export interface Access {
  ssh: 'admin' | 'contributor' | 'viewer' | null
}

/** A statement of an IAM policy (IAM user guide: JSON policy elements). */
export interface IamRoleStatement {
  sid: string | null
  effect: 'Allow' | 'Deny'
  action: string[]
  resource: string[]
  /** Operator, then key, then the values of which one must match: `{StringEquals: {"aws:RequestedRegion": [eu-west-1]}}`. */
  condition: Record<string, Record<string, string[]>> | null
}

/** What a task has that asks for none of it. */
export const NOTHING_UNMET = {
  connect_to: {},
  access: { ssh: null },
  iam_role_statements: [],
} satisfies Unmet

/** What a process has that asks for none of it. */
export const NOTHING_UNMET_OF_PROCESS = {
  ...NOTHING_UNMET,
  instance_types: [],
  enable_warm_pool: false,
} satisfies UnmetOfProcess

/** A process or task as it can be carried out. */
export function withoutUnmet<Component extends Partial<UnmetOfProcess>>(
  component: Component,
): Omit<Component, keyof UnmetOfProcess> {
  const {
    connect_to: _connections,
    access: _access,
    iam_role_statements: _statements,
    instance_types: _types,
    enable_warm_pool: _pool,
    ...rest
  } = component
  return rest
}
