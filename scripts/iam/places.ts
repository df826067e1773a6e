import { arnOf, clusterArn, namesOf, roleArn, type Scope } from './scope.ts'

/** What an action is allowed on, and under which condition. */
export interface Place {
  resources: (scope: Scope) => string[]
  condition?: (scope: Scope) => Condition
  /** Why it is every resource, where it is; for the page. */
  why?: string
}

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference'

const definitions = (scope: Scope): string[] => [
  arnOf(scope, 'ecs', `task-definition/${namesOf(scope).components}:*`),
]
const services = (scope: Scope): string[] => [
  arnOf(scope, 'ecs', `service/${scope.cluster}/${namesOf(scope).components}`),
]
const tasks = (scope: Scope): string[] => [arnOf(scope, 'ecs', `task/${scope.cluster}/*`)]
const everything = (): string[] => ['*']
const inCluster = (scope: Scope): Condition => ({ ArnEquals: { 'ecs:cluster': clusterArn(scope) } })
const madeBy = (action: string): Condition => ({ StringEquals: { 'ecs:CreateAction': action } })

/**
 * The resources and conditions that the Service Authorization Reference knows for the actions that Gantry needs. The
 * names become the statements' ids.
 */
export const PLACES = {
  Services: { resources: services },
  ServiceDeployments: {
    resources: (scope) => [
      ...services(scope),
      arnOf(scope, 'ecs', `service-deployment/${scope.cluster}/${namesOf(scope).components}/*`),
    ],
  },
  Definitions: { resources: definitions },
  NewDefinitions: { resources: definitions, condition: () => madeBy('RegisterTaskDefinition') },
  DefinitionsToRun: { resources: definitions, condition: inCluster },
  Tasks: { resources: tasks, condition: inCluster },
  NewTasks: { resources: tasks, condition: () => madeBy('RunTask') },
  OwnTasks: {
    resources: tasks,
    condition: (scope) => ({
      ...inCluster(scope),
      StringEquals: {
        'aws:ResourceTag/gantry:app': scope.app,
        ...(scope.environment !== null && { 'aws:ResourceTag/gantry:environment': scope.environment }),
      },
    }),
  },
  // What ECS says of a task of a service by itself; tags of ours it has none.
  ServiceTasks: {
    resources: tasks,
    condition: (scope) => ({
      ...inCluster(scope),
      StringLike: { 'aws:ResourceTag/aws:ecs:serviceName': namesOf(scope).components },
    }),
  },
  Cluster: {
    resources: everything,
    condition: inCluster,
    why: `lists take no resource of ours; the condition limits them to the cluster (${REFERENCE}/list_amazonelasticcontainerservice.html)`,
  },
  ClusterItself: { resources: (scope) => [clusterArn(scope)] },
  AllDefinitions: {
    resources: everything,
    why: `ECS offers no resource for these (${REFERENCE}/list_amazonelasticcontainerservice.html)`,
  },
  TaskRoles: {
    resources: (scope) => [roleArn(scope, scope.roles.execution), roleArn(scope, scope.roles.task)],
    condition: () => ({ StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } }),
  },
  SchedulerRole: {
    resources: (scope) => [roleArn(scope, scope.roles.scheduler)],
    condition: () => ({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } }),
  },
  Repositories: {
    resources: (scope) => [arnOf(scope, 'ecr', `repository/${namesOf(scope).repositories}`)],
  },
  Registry: {
    resources: everything,
    why: `a login is for the whole registry; what may be done with it is said by the repositories (${REFERENCE}/list_amazonelasticcontainerregistry.html)`,
  },
  Parameters: { resources: (scope) => [arnOf(scope, 'ssm', `parameter${namesOf(scope).parameters}`)] },
  Variables: {
    resources: (scope) => [arnOf(scope, 'ssm', `parameter${namesOf(scope).variables}`)],
  },
  ParameterNames: {
    resources: everything,
    why: `names, types and versions, no values; SSM offers no narrower resource (${REFERENCE}/list_awssystemsmanager.html)`,
  },
  Sessions: { resources: (scope) => [arnOf(scope, 'ssm', 'session/ecs-execute-command-*')] },
  Secrets: { resources: (scope) => [arnOf(scope, 'secretsmanager', `secret:${scope.app}/*`)] },
  // An ARN for the group, and one for the streams in it.
  LogGroups: {
    resources: (scope) =>
      ['', ':*'].map((rest) => arnOf(scope, 'logs', `log-group:${namesOf(scope).logGroup}${rest}`)),
  },
  LogGroupNames: {
    resources: everything,
    why: `CloudWatch Logs offers no resource for it (${REFERENCE}/list_amazoncloudwatchlogs.html)`,
  },
  ScalableTargets: {
    resources: (scope) => [arnOf(scope, 'application-autoscaling', 'scalable-target/*')],
    condition: () => ({
      StringEquals: {
        'application-autoscaling:service-namespace': 'ecs',
        'application-autoscaling:scalable-dimension': 'ecs:service:DesiredCount',
      },
    }),
    why: `the ARN of a scalable target ends in letters that nobody chooses; the conditions limit it to counts of ECS services, and Application Auto Scaling asks for ecs:UpdateService on the service itself (${REFERENCE}/list_awsapplicationautoscaling.html)`,
  },
  ScalableTargetList: {
    resources: everything,
    why: `Application Auto Scaling offers no resource for these (${REFERENCE}/list_awsapplicationautoscaling.html)`,
  },
  Alarms: {
    resources: everything,
    why: 'Application Auto Scaling tries these in the name of the caller, without the name of an alarm, before it makes a policy or deletes one (https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_permission_validation.html)',
  },
  Schedules: {
    resources: (scope) =>
      namesOf(scope).schedules.map((name) => arnOf(scope, 'scheduler', `schedule/default/${name}`)),
  },
  ScheduleNames: {
    resources: everything,
    why: `EventBridge Scheduler offers no resource for it (${REFERENCE}/list_amazoneventbridgescheduler.html)`,
  },
  TargetGroups: {
    resources: everything,
    why: `Elastic Load Balancing offers no resource for it (${REFERENCE}/list_elasticloadbalancingv2.html)`,
  },
  Networks: {
    resources: everything,
    why: `EC2 offers no resource for these (${REFERENCE}/list_amazonec2.html)`,
  },
  Roles: {
    resources: (scope) =>
      [scope.roles.execution, scope.roles.task, scope.roles.scheduler].map((role) => roleArn(scope, role)),
  },
} as const satisfies Record<string, Place>

export type PlaceName = keyof typeof PLACES

export function placeOf(name: PlaceName): Place {
  return PLACES[name]
}
