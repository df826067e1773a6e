import { DEPLOY_CALLS, grantsOf, PLAN_CALLS, SHELL_CALLS, VERIFY_CALLS, type Grant } from './access.ts'
import { placeOf, PLACES, type Condition, type PlaceName } from './places.ts'
import { arnOf, type Scope } from './scope.ts'

export interface Statement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: Readonly<Record<string, string>>
  Action: string | string[]
  Resource?: string | string[]
  Condition?: Condition
}

export interface Policy {
  Version: '2012-10-17'
  Statement: Statement[]
}

/** Everything that Gantry can do for an app, but for reading secrets. */
export function deployerPolicy(scope: Scope): Policy {
  return policyOf(DEPLOY_CALLS.flatMap(grantsOf), scope)
}

/**
 * Reads only: enough for `gantry plan`, and for the Action on pull requests. Who may read a parameter may decrypt it, where its
 * key is the default one, so that values of variables are kept from it by name:
 * https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
 */
export function plannerPolicy(scope: Scope): Policy {
  return policy([
    ...statementsOf(PLAN_CALLS.flatMap(grantsOf), scope),
    {
      Sid: 'NoVariables',
      Effect: 'Deny',
      Action: 'ssm:GetParameter*',
      Resource: placeOf('Variables').resources(scope),
    },
  ])
}

/**
 * With what ECS starts tasks, before anything of the app runs in them:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function executionPolicy(scope: Scope): Policy {
  return policy([
    ...statementsOf(
      [
        ['ecr:GetAuthorizationToken', 'Registry'],
        ['ecr:BatchCheckLayerAvailability', 'Repositories'],
        ['ecr:BatchGetImage', 'Repositories'],
        ['ecr:GetDownloadUrlForLayer', 'Repositories'],
        ['logs:CreateLogStream', 'LogGroups'],
        ['logs:PutLogEvents', 'LogGroups'],
        ['secretsmanager:GetSecretValue', 'Secrets'],
      ],
      scope,
    ),
    allow(
      'ParameterValues',
      ['ssm:GetParameters'],
      [...placeOf('Variables').resources(scope), arnOf(scope, 'ssm', `parameter/${scope.app}/*`)],
    ),
    {
      ...allow('OwnKeys', ['kms:Decrypt'], [arnOf(scope, 'kms', 'key/*')]),
      Condition: {
        StringEquals: {
          'kms:ViaService': [
            `ssm.${scope.region}.amazonaws.com`,
            `secretsmanager.${scope.region}.amazonaws.com`,
          ],
        },
      },
    },
  ])
}

/** Beside what a deployer may: `gantry exec`, and `gantry run` at a terminal. */
export function shellPolicy(scope: Scope): Policy {
  return policyOf(SHELL_CALLS.flatMap(grantsOf), scope)
}

/** Beside what a deployer may: with it `gantry verify` looks at subnets, security groups and roles too. */
export function verifyPolicy(scope: Scope): Policy {
  return policyOf(VERIFY_CALLS.flatMap(grantsOf), scope)
}

/**
 * What the agent of ECS Exec needs of the role that the code in instances has:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
 */
export function agentPolicy(): Policy {
  const channels = ['CreateControlChannel', 'CreateDataChannel', 'OpenControlChannel', 'OpenDataChannel']
  return policy([
    allow(
      'Channels',
      channels.map((each) => `ssmmessages:${each}`),
      ['*'],
    ),
  ])
}

/** With what EventBridge Scheduler starts scheduled tasks, and stops those that are past their time limit. */
export function schedulerPolicy(scope: Scope): Policy {
  return policyOf(
    [
      ['ecs:RunTask', 'DefinitionsToRun'],
      ['ecs:StopTask', 'OwnTasks'],
      ['ecs:TagResource', 'NewTasks'],
      ['iam:PassRole', 'TaskRoles'],
    ],
    scope,
  )
}

/** One statement for each place, in the order of PLACES; each action once. */
export function statementsOf(grants: readonly Grant[], scope: Scope): Statement[] {
  const byPlace = Map.groupBy(grants, ([, place]) => place)
  return (Object.keys(PLACES) as PlaceName[]).flatMap((name) => {
    const actions = byPlace.get(name)?.map(([action]) => action)
    if (actions === undefined) return []
    const { resources, condition } = placeOf(name)
    return [
      {
        ...allow(name, [...new Set(actions)].sort(), resources(scope)),
        ...(condition !== undefined && { Condition: condition(scope) }),
      },
    ]
  })
}

function policyOf(grants: readonly Grant[], scope: Scope): Policy {
  return policy(statementsOf(grants, scope))
}

export function policy(statements: Statement[]): Policy {
  return { Version: '2012-10-17', Statement: statements }
}

/** A list of one is written without brackets, as AWS does it. */
function allow(sid: string, actions: string[], resources: string[]): Statement {
  return { Sid: sid, Effect: 'Allow', Action: single(actions), Resource: single(resources) }
}

function single(list: string[]): string | string[] {
  return list.length === 1 ? list[0]! : list
}
