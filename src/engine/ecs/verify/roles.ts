import type { Role } from '@aws-sdk/client-iam'

import type { App } from '../../../app/app.ts'
import { failed, ok, skipped, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import { isNamed } from '../aws-error.ts'
import { sameRole } from '../definition/same.ts'
import { nameOfArn } from '../names.ts'
import type { Home } from './cluster.ts'
import { executionChecks } from './execution-role.ts'
import { look } from './look.ts'
import type { Proven } from './services.ts'
import { trustOf, type Taker } from './trust.ts'

type RoleKey = 'execution_role' | 'task_role' | 'scheduler_role'

/** Who takes each role on: whom its trust policy has to name. */
const TAKERS: Readonly<Record<RoleKey, Taker>> = {
  execution_role: 'ecs-tasks.amazonaws.com',
  task_role: 'ecs-tasks.amazonaws.com',
  scheduler_role: 'scheduler.amazonaws.com',
}

export interface RoleOptions {
  home: Home | null
  proven: Proven
}

/** Looks at the roles that the config names: whether they are there, and whether who needs them may take them on. */
export async function roleChecks(account: Account, app: App, options: RoleOptions): Promise<Check[]> {
  const needed: RoleKey[] = ['execution_role', 'task_role']
  if (app.tasks.some((each) => each.schedule !== null)) needed.push('scheduler_role')
  const checks = await Promise.all(
    needed.map(async (key) => {
      const role = app.ecs[key]
      return role === null ? [] : roleCheck(account, app, { ...options, key, role })
    }),
  )
  return checks.flat()
}

interface Asked extends RoleOptions {
  key: RoleKey
  /** ARN or name. */
  role: string
}

async function roleCheck(account: Account, app: App, { key, role, home, proven }: Asked): Promise<Check[]> {
  const subject = `ecs.${key}`
  if (home !== null && role.startsWith('arn:') && !role.startsWith(rolesOf(home))) {
    return [
      failed(
        subject,
        `${role} is no role of account ${home.account}, which the cluster is in`,
        'a role is passed on within its account: name one of this account',
      ),
    ]
  }
  const user = [...proven.roles].find(([arn]) => sameRole(role, arn))?.[1]
  const proof = user === undefined ? null : `${user} runs with ${role}`
  const taker = TAKERS[key]
  const hint = `see that its trust policy names ${taker}: aws iam get-role --role-name ${nameOfArn(role)}`
  const checks = await look(
    subject,
    async () => {
      const found = await findRole(account, role)
      return found === null
        ? failed(subject, `there is no ${role}`, `correct \`ecs.${key}\`, or make the role`)
        : trustCheck(found, { subject, role, taker, home, hint })
    },
    { proof, hint },
  )
  const isThere = checks.every(({ status }) => status !== 'failed')
  return key === 'execution_role' && isThere
    ? [...checks, ...(await executionChecks(account, app, { role, proof }))]
    : checks
}

async function findRole({ aws }: Account, role: string): Promise<Role | null> {
  const iam = await aws.iam()
  try {
    const { Role: found } = await iam.getRole({ RoleName: nameOfArn(role) })
    return found ?? null
  } catch (error) {
    if (isNamed(error, 'NoSuchEntityException')) return null
    throw error
  }
}

interface Wanted extends Pick<Asked, 'role' | 'home'> {
  subject: string
  taker: Taker
  hint: string
}

function trustCheck(found: Role, { subject, role, taker, home, hint }: Wanted): Check {
  const { Arn = '', AssumeRolePolicyDocument = '%7B%7D' } = found
  // The name of a role is the same with and without its path, and its ARN is not.
  if (!sameRole(role, Arn)) {
    return failed(subject, `there is no ${role}, only ${Arn}`, 'write its ARN with its path')
  }
  const trust = trustOf(AssumeRolePolicyDocument, taker, home)
  if (trust.kind === 'trusted') return ok(subject, `${taker} may take ${role} on`)
  if (trust.kind === 'unclear') return skipped(subject, trust.why, hint)
  return failed(
    subject,
    trust.why,
    `let ${taker} call sts:AssumeRole there: aws iam update-assume-role-policy --role-name ${nameOfArn(role)} --policy-document file://trust.json`,
  )
}

function rolesOf({ partition, account }: Home): string {
  return `arn:${partition}:iam::${account}:role/`
}
