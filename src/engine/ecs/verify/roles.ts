import { nameOfArn } from '../names.ts'
import type { App } from '../../../app/app.ts'
import { failed, ok, skipped, type Check } from '../../check.ts'
import { sameRole } from '../definition/same.ts'
import type { Home } from './cluster.ts'
import type { Proven } from './services.ts'

type RoleKey = 'execution_role' | 'task_role' | 'scheduler_role'

/** Who takes each role on: whom its trust policy has to name. */
const TRUSTED: Readonly<Record<RoleKey, string>> = {
  execution_role: 'ecs-tasks.amazonaws.com',
  task_role: 'ecs-tasks.amazonaws.com',
  scheduler_role: 'scheduler.amazonaws.com',
}

/**
 * The roles that the config names. Gantry does not ask IAM for anything, so that of a role with which nothing runs yet it
 * knows only whether it could be one.
 */
export function roleChecks({ ecs, tasks }: App, home: Home | null, proven: Proven): Check[] {
  const needed: RoleKey[] = ['execution_role', 'task_role']
  if (tasks.some((each) => each.schedule !== null)) needed.push('scheduler_role')
  return needed.flatMap((key) => {
    const role = ecs[key]
    return role === null ? [] : roleCheck(key, role, home, proven)
  })
}

function roleCheck(key: RoleKey, role: string, home: Home | null, proven: Proven): Check {
  const subject = `ecs.${key}`
  if (home !== null && role.startsWith('arn:') && !role.startsWith(rolesOf(home))) {
    return failed(
      subject,
      `${role} is no role of account ${home.account}, which the cluster is in`,
      'a role is passed on within its account: name one of this account',
    )
  }
  const user = [...proven.roles].find(([arn]) => sameRole(role, arn))?.[1]
  if (user !== undefined) return ok(subject, `${user} runs with ${role}`)
  const name = nameOfArn(role)
  return skipped(
    subject,
    'needs iam:GetRole, which Gantry never asks for',
    `see that its trust policy names ${TRUSTED[key]}: aws iam get-role --role-name ${name}`,
  )
}

function rolesOf({ partition, account }: Home): string {
  return `arn:${partition}:iam::${account}:role/`
}
