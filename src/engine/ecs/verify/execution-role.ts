import type { App } from '../../../app/app.ts'
import { ok, skipped, type Check } from '../../check.ts'
import type { Account } from '../account.ts'
import { nameOfArn } from '../names.ts'
import { secretKinds } from './endpoints.ts'
import { look } from './look.ts'

const SUBJECT = 'permissions of ecs.execution_role'

/** What AWS offers for starting tasks: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html */
const MANAGED = 'AmazonECSTaskExecutionRolePolicy'
/** What it allows, as far as every task needs it. */
const STARTING = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
]

export interface ExecutionOptions {
  /** ARN or name. */
  role: string
  /** That something runs with it; null: nothing does. */
  proof: string | null
}

/**
 * Looks at whether ECS may start tasks with this role, as far as the names of its policies tell. What a policy of somebody's own
 * allows, only IAM can tell.
 */
export async function executionChecks(
  { aws }: Account,
  app: App,
  { role, proof }: ExecutionOptions,
): Promise<Check[]> {
  const secrets = actionsFor(app)
  const all = [...STARTING, ...secrets]
  return look(
    SUBJECT,
    async () => {
      const iam = await aws.iam()
      // No more than twenty are ever attached, which is less than a page.
      const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName: nameOfArn(role) })
      const hasManaged = AttachedPolicies.some((each) => each.PolicyName === MANAGED)
      const unknown = hasManaged ? secrets : all
      if (unknown.length === 0) return ok(SUBJECT, `it has ${MANAGED}`)
      if (proof !== null) return ok(SUBJECT, proof)
      const found = hasManaged
        ? `it has ${MANAGED}, which reads no secrets`
        : `${MANAGED} is not attached, and what other policies allow is not read`
      return skipped(SUBJECT, found, simulate(role, unknown))
    },
    { proof, hint: simulate(role, all) },
  )
}

function actionsFor(app: App): string[] {
  const kinds = secretKinds(app)
  return [
    ...(kinds.has('ssm') || kinds.has('gantry') ? ['ssm:GetParameters'] : []),
    ...(kinds.has('secretsmanager') ? ['secretsmanager:GetSecretValue'] : []),
  ]
}

function simulate(role: string, actions: readonly string[]): string {
  const source = role.startsWith('arn:') ? role : `the ARN of ${role}`
  return `see that it may: aws iam simulate-principal-policy --policy-source-arn ${source} --action-names ${actions.join(' ')}`
}
