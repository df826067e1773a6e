import { policy, type Policy, type Statement } from './policies.ts'
import { arnOf, type Scope } from './scope.ts'

const GITHUB = 'token.actions.githubusercontent.com'

/** A repository on GitHub, with the numbers that newer ones have in their tokens. */
export interface GitHubRepository {
  owner: string
  ownerId: number
  name: string
  id: number
}

/**
 * Who may take the role on: jobs of this repository whose token has one of these contexts, such as `ref:refs/heads/main`.
 * Each in both forms: repositories that were made or renamed since 15 July 2026 have numbers in their subject
 * (https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens/).
 */
export function githubTrust(
  { account }: Scope,
  { owner, ownerId, name, id }: GitHubRepository,
  contexts: readonly string[],
): Policy {
  const repositories = [`${owner}/${name}`, `${owner}@${ownerId}/${name}@${id}`]
  const subjects = contexts.flatMap((context) => repositories.map((each) => `repo:${each}:${context}`))
  return policy([
    {
      Effect: 'Allow',
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${GITHUB}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${GITHUB}:aud`]: 'sts.amazonaws.com', [`${GITHUB}:sub`]: subjects } },
    },
  ])
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role */
export function tasksTrust(scope: Scope): Policy {
  return serviceTrust(scope, 'ecs-tasks.amazonaws.com', arnOf(scope, 'ecs', '*'))
}

/**
 * The condition takes the group, never a schedule:
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html
 */
export function schedulerTrust(scope: Scope): Policy {
  return serviceTrust(scope, 'scheduler.amazonaws.com', arnOf(scope, 'scheduler', 'schedule-group/default'))
}

/** The service may take the role on for this account's resources alone, not for somebody else's. */
function serviceTrust({ account }: Scope, service: string, source: string): Policy {
  const statement: Statement = {
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sts:AssumeRole',
    Condition: { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': source } },
  }
  return policy([statement])
}
