import { CALLS } from '../../src/engine/ecs/aws.ts'
import type { PlaceName } from './places.ts'

/** `['ecs:TagResource', 'Services']`: an action, and on what. */
export type Grant = readonly [action: string, on: PlaceName]

type Services = keyof typeof CALLS
type Access = {
  readonly [Service in Services]: Readonly<Record<(typeof CALLS)[Service][number], readonly Grant[]>>
}

/**
 * What each call of the engine needs. The type has every call of CALLS and no other, so that one which is added there does not
 * compile until somebody has looked up here what must be allowed for it.
 */
export const ACCESS = {
  ecs: {
    // Making something with tags is tagging it: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
    createService: [
      ['ecs:CreateService', 'Services'],
      ['ecs:TagResource', 'Services'],
    ],
    deleteService: [['ecs:DeleteService', 'Services']],
    deregisterTaskDefinition: [['ecs:DeregisterTaskDefinition', 'AllDefinitions']],
    describeClusters: [['ecs:DescribeClusters', 'ClusterItself']],
    describeServiceDeployments: [['ecs:DescribeServiceDeployments', 'ServiceDeployments']],
    describeServices: [['ecs:DescribeServices', 'Services']],
    describeTaskDefinition: [['ecs:DescribeTaskDefinition', 'AllDefinitions']],
    describeTasks: [['ecs:DescribeTasks', 'Tasks']],
    executeCommand: [
      ['ecs:ExecuteCommand', 'ClusterItself'],
      ['ecs:ExecuteCommand', 'ServiceTasks'],
      ['ecs:ExecuteCommand', 'OwnTasks'],
    ],
    listServiceDeployments: [['ecs:ListServiceDeployments', 'Services']],
    listServices: [['ecs:ListServices', 'Cluster']],
    listTaskDefinitions: [['ecs:ListTaskDefinitions', 'AllDefinitions']],
    listTasks: [['ecs:ListTasks', 'Cluster']],
    registerTaskDefinition: [
      ['ecs:RegisterTaskDefinition', 'Definitions'],
      ['ecs:TagResource', 'NewDefinitions'],
      ['iam:PassRole', 'TaskRoles'],
    ],
    runTask: [
      ['ecs:RunTask', 'DefinitionsToRun'],
      ['ecs:TagResource', 'NewTasks'],
      ['iam:PassRole', 'TaskRoles'],
    ],
    stopServiceDeployment: [['ecs:StopServiceDeployment', 'ServiceDeployments']],
    stopTask: [['ecs:StopTask', 'OwnTasks']],
    tagResource: [['ecs:TagResource', 'Services']],
    untagResource: [['ecs:UntagResource', 'Services']],
    updateService: [['ecs:UpdateService', 'Services']],
  },
  ecr: {
    batchDeleteImage: [['ecr:BatchDeleteImage', 'Repositories']],
    batchGetImage: [['ecr:BatchGetImage', 'Repositories']],
    createRepository: [
      ['ecr:CreateRepository', 'Repositories'],
      ['ecr:TagResource', 'Repositories'],
    ],
    deleteRepository: [['ecr:DeleteRepository', 'Repositories']],
    describeImages: [['ecr:DescribeImages', 'Repositories']],
    describeRepositories: [['ecr:DescribeRepositories', 'Repositories']],
    // What docker does with the login: https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-push-iam.html
    getAuthorizationToken: [
      ['ecr:GetAuthorizationToken', 'Registry'],
      ['ecr:BatchCheckLayerAvailability', 'Repositories'],
      ['ecr:CompleteLayerUpload', 'Repositories'],
      ['ecr:GetDownloadUrlForLayer', 'Repositories'],
      ['ecr:InitiateLayerUpload', 'Repositories'],
      ['ecr:PutImage', 'Repositories'],
      ['ecr:UploadLayerPart', 'Repositories'],
    ],
    getLifecyclePolicy: [['ecr:GetLifecyclePolicy', 'Repositories']],
    listImages: [['ecr:ListImages', 'Repositories']],
    putImage: [['ecr:PutImage', 'Repositories']],
    putLifecyclePolicy: [['ecr:PutLifecyclePolicy', 'Repositories']],
  },
  ssm: {
    deleteParameters: [['ssm:DeleteParameters', 'Parameters']],
    describeParameters: [['ssm:DescribeParameters', 'ParameterNames']],
    getParameter: [['ssm:GetParameter', 'Parameters']],
    getParameters: [['ssm:GetParameters', 'Parameters']],
    putParameter: [['ssm:PutParameter', 'Parameters']],
    terminateSession: [['ssm:TerminateSession', 'Sessions']],
  },
  secretsManager: {
    describeSecret: [['secretsmanager:DescribeSecret', 'Secrets']],
    getSecretValue: [['secretsmanager:GetSecretValue', 'Secrets']],
  },
  logs: {
    createLogGroup: [['logs:CreateLogGroup', 'LogGroups']],
    createLogStream: [['logs:CreateLogStream', 'LogGroups']],
    deleteLogGroup: [['logs:DeleteLogGroup', 'LogGroups']],
    describeLogGroups: [['logs:DescribeLogGroups', 'LogGroupNames']],
    describeLogStreams: [['logs:DescribeLogStreams', 'LogGroups']],
    filterLogEvents: [['logs:FilterLogEvents', 'LogGroups']],
    getLogEvents: [['logs:GetLogEvents', 'LogGroups']],
    putLogEvents: [['logs:PutLogEvents', 'LogGroups']],
    putRetentionPolicy: [['logs:PutRetentionPolicy', 'LogGroups']],
  },
  autoscaling: {
    deleteScalingPolicy: [
      ['application-autoscaling:DeleteScalingPolicy', 'ScalableTargets'],
      ['cloudwatch:DeleteAlarms', 'Alarms'],
    ],
    deregisterScalableTarget: [
      ['application-autoscaling:DeregisterScalableTarget', 'ScalableTargets'],
      ['cloudwatch:DeleteAlarms', 'Alarms'],
    ],
    describeScalableTargets: [['application-autoscaling:DescribeScalableTargets', 'ScalableTargetList']],
    describeScalingPolicies: [['application-autoscaling:DescribeScalingPolicies', 'ScalableTargetList']],
    putScalingPolicy: [
      ['application-autoscaling:PutScalingPolicy', 'ScalableTargets'],
      ['cloudwatch:DescribeAlarms', 'Alarms'],
      ['cloudwatch:PutMetricAlarm', 'Alarms'],
    ],
    registerScalableTarget: [
      ['application-autoscaling:RegisterScalableTarget', 'ScalableTargets'],
      ['cloudwatch:DeleteAlarms', 'Alarms'],
      ['cloudwatch:DescribeAlarms', 'Alarms'],
      ['cloudwatch:PutMetricAlarm', 'Alarms'],
    ],
  },
  scheduler: {
    createSchedule: [
      ['scheduler:CreateSchedule', 'Schedules'],
      ['iam:PassRole', 'SchedulerRole'],
    ],
    deleteSchedule: [['scheduler:DeleteSchedule', 'Schedules']],
    getSchedule: [['scheduler:GetSchedule', 'Schedules']],
    listSchedules: [['scheduler:ListSchedules', 'ScheduleNames']],
    updateSchedule: [
      ['scheduler:UpdateSchedule', 'Schedules'],
      ['iam:PassRole', 'SchedulerRole'],
    ],
  },
  loadBalancing: { describeTargetGroups: [['elasticloadbalancing:DescribeTargetGroups', 'TargetGroups']] },
  ec2: {
    describeRouteTables: [['ec2:DescribeRouteTables', 'Networks']],
    describeSecurityGroups: [['ec2:DescribeSecurityGroups', 'Networks']],
    describeSubnets: [['ec2:DescribeSubnets', 'Networks']],
    describeVpcEndpoints: [['ec2:DescribeVpcEndpoints', 'Networks']],
  },
  iam: {
    getRole: [['iam:GetRole', 'Roles']],
    listAttachedRolePolicies: [['iam:ListAttachedRolePolicies', 'Roles']],
  },
} as const satisfies Access

/** `ecs.describeServices`: one of the calls. */
export type CallName = {
  [Service in Services]: `${Service}.${(typeof CALLS)[Service][number]}`
}[Services]

/** Every call, in the order of CALLS. */
export const ALL_CALLS = Object.entries(CALLS).flatMap(([service, calls]) =>
  calls.map((call) => `${service}.${call}` as CallName),
)

/** What only `verify --read-secrets` calls: who deploys need not be able to read what the app keeps secret. */
const SECRET_CALLS: readonly CallName[] = ['secretsManager.getSecretValue']

/** What only who talks to a command calls: what deploys need not be able to enter what runs. */
export const SHELL_CALLS = ['ecs.executeCommand', 'ssm.terminateSession'] as const satisfies CallName[]

/** What only `verify` calls, to look at what somebody else has made. Without it that is skipped. */
export const VERIFY_CALLS = [
  'ec2.describeRouteTables',
  'ec2.describeSecurityGroups',
  'ec2.describeSubnets',
  'ec2.describeVpcEndpoints',
  'iam.getRole',
  'iam.listAttachedRolePolicies',
] as const satisfies CallName[]

/** Everything else: what a deployer needs. */
export const DEPLOY_CALLS = ALL_CALLS.filter(
  (call) => ![...SECRET_CALLS, ...SHELL_CALLS, ...VERIFY_CALLS].includes(call),
)

/** What `plan` calls, with `--refresh` and without: nothing of it writes. */
export const PLAN_CALLS = [
  'ecs.describeServices',
  'ecs.describeTaskDefinition',
  'ecs.listServices',
  'ecr.batchGetImage',
  'ecr.describeImages',
  'ssm.getParameters',
  'ssm.describeParameters',
  'autoscaling.describeScalableTargets',
  'autoscaling.describeScalingPolicies',
] as const satisfies CallName[]

export function grantsOf(call: CallName): readonly Grant[] {
  const [service = '', name = ''] = call.split('.')
  const calls: Readonly<Record<string, readonly Grant[]>> = ACCESS[service as Services]
  return calls[name]!
}
