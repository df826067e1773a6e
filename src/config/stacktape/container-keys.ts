import { approximated, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { KeyRule, Section } from '../catalogue/catalogue.ts'
import { oneOf, UrlPath, wholeNumber } from '../gantry-yml/scalars.ts'
import { UNMET } from '../unmet.ts'
import { PACKAGING } from './packaging-keys.ts'
import {
  Architecture,
  Cpu,
  Flag,
  Instances,
  InstanceType,
  Memory,
  Percent,
  PlainName,
  RetentionDays,
  Scalar,
  StopTimeout,
  Text,
} from './rules.ts'

/** Of instances whose size follows from their types. */
export const SIZE_HINT = 'Set `cpu` and `memory` of the process in gantry.yml for another size.'
export const WARM_HINT = 'Let more instances run: `scaling.minInstances`.'
const CHECK_HINT = 'Set it on the target group.'

/** What a container runs and with what variables: the same everywhere. */
export const imageRules: Readonly<Record<string, KeyRule>> = {
  packaging: honoured('what runs, and in which image', {
    required: true,
    variants: PACKAGING,
    rows: 'SW-04',
  }),
  'environment[].name': honoured('the name of the variable', {
    value: Text,
    required: true,
    rows: 'SW-24, SW-27',
  }),
  'environment[].value': honoured('its value, under `env`; a `$Secret()` or `$SsmParam()` under `secrets`', {
    value: Scalar,
    required: true,
    rows: 'SW-24, SW-25, SW-26, SW-27',
  }),
}

export const loggingRules = (prefix: string): Record<string, KeyRule> => ({
  [`${prefix}logging`]: honoured('output is kept; `gantry logs` shows it', { rows: 'SW-37, SW-38' }),
  [`${prefix}logging.disabled`]: unsupported(
    'output is always kept',
    'Send it to /dev/null in the command.',
    {
      value: Flag,
    },
  ),
  [`${prefix}logging.retentionDays`]: honoured(
    '`logs.retention`, for all output of the app: the longest time that a container asks for; one that names none asks for 90 days',
    { value: RetentionDays, rows: 'SW-39' },
  ),
  [`${prefix}logging.logForwarding`]: unsupported(
    'Gantry sends output nowhere',
    'Subscribe to the log group, or let the code send it.',
    { rows: 'SW-40' },
  ),
})

/** How a container lives: its check, its stop, its output, its disks. */
export const lifeRules: Readonly<Record<string, KeyRule>> = {
  internalHealthCheck: honoured('`health_check`', { rows: 'SW-28' }),
  'internalHealthCheck.healthCheckCommand': honoured('`health_check.command`', {
    required: true,
    rows: 'SW-29',
  }),
  'internalHealthCheck.healthCheckCommand[]': honoured('a word of it', { value: Text }),
  'internalHealthCheck.intervalSeconds': honoured('`health_check.interval`; 30 s where there is none', {
    value: wholeNumber(5, 300),
    rows: 'SW-30',
  }),
  'internalHealthCheck.timeoutSeconds': honoured('`health_check.timeout`', {
    value: wholeNumber(2, 60),
    rows: 'SW-31',
  }),
  'internalHealthCheck.retries': honoured('`health_check.retries`', {
    value: wholeNumber(1, 10),
    rows: 'SW-32',
  }),
  'internalHealthCheck.startPeriodSeconds': honoured('`health_check.start_period`', {
    value: wholeNumber(0, 300),
    rows: 'SW-33',
  }),
  stopTimeout: honoured('`stop_timeout`; 2 s where there is none', {
    value: StopTimeout,
    rows: 'SW-34, SW-35, SW-36',
  }),
  ...loggingRules(''),
  volumeMounts: honoured('`mounts`', { rows: 'SW-63' }),
  'volumeMounts[]': approximated(
    'a folder of the storage of the app, which is no EFS: the ECS engine has none yet, and refuses it',
    { hint: 'On ECS, keep files in a bucket and write `mounts: {}` in gantry.yml.', rows: 'SW-63' },
  ),
  'volumeMounts[].type': honoured('a file system', { value: oneOf(['efs']), required: true }),
  'volumeMounts[].properties': honoured('which folder of it, and where', { required: true }),
  'volumeMounts[].properties.efsFilesystemName': honoured('the first folder of `source_path`', {
    value: Text,
    required: true,
  }),
  'volumeMounts[].properties.rootDirectory': honoured('the rest of `source_path`', { value: Text }),
  'volumeMounts[].properties.mountPath': honoured('where it is mounted', { value: UrlPath, required: true }),
}

const DEPENDS: Readonly<Record<string, KeyRule>> = {
  dependsOn: honoured('`depends_on`'),
  'dependsOn[].containerName': honoured('the other container', { value: Text, required: true }),
  'dependsOn[].condition': honoured('`started`, `completed`, `succeeded` or `healthy`', {
    value: oneOf(['START', 'COMPLETE', 'SUCCESS', 'HEALTHY']),
    required: true,
  }),
}

/** One of several containers. */
export const namedContainerRules: Readonly<Record<string, KeyRule>> = {
  name: honoured('its name', { value: PlainName, required: true }),
  ...imageRules,
  ...lifeRules,
  ...DEPENDS,
  essential: honoured('`essential`', { value: Flag }),
}

export const SIDE_CONTAINER: Section = {
  title: 'A side container',
  keys: {
    containerType: honoured(
      '`depends_on` of the process: `run-on-init` must have succeeded, `always-running` must have started',
      { value: oneOf(['run-on-init', 'always-running']), required: true },
    ),
    ...namedContainerRules,
  },
}

/** Size and count of instances. */
export const sizeRules: Readonly<Record<string, KeyRule>> = {
  resources: honoured('the size of an instance', { required: true, rows: 'SW-41' }),
  'resources.cpu': honoured('`cpu`', { value: Cpu, rows: 'SW-41, SW-50' }),
  'resources.memory': honoured('`memory`', { value: Memory, rows: 'SW-41, SW-50' }),
  'resources.architecture': honoured('`build.platform`', { value: Architecture }),
  'resources.instanceTypes': approximated(
    'kept as `instance_types`; instances run on Fargate, without cpu and memory with the size of the smallest type',
    { hint: SIZE_HINT, rows: 'SW-07, SW-43, SW-47, SW-49, SW-51, SW-52' },
  ),
  'resources.instanceTypes[]': honoured('a type', { value: InstanceType }),
  'resources.enableWarmPool': unsupported(
    'kept as `enable_warm_pool`; Fargate keeps no warm instances',
    WARM_HINT,
    { value: Flag, rows: 'SW-53, SW-55' },
  ),
  scaling: honoured('how many instances run', { rows: 'SW-02, SW-56' }),
  'scaling.minInstances': honoured('`demand_count`', { value: Instances, rows: 'SW-18, SW-56' }),
  'scaling.maxInstances': honoured('`demand_count` + `scale_count`', { value: Instances, rows: 'SW-56' }),
  'scaling.scalingPolicy': honoured('the thresholds; 80 % where there is none', { rows: 'SW-57' }),
  'scaling.scalingPolicy.keepAvgCpuUtilizationUnder': honoured('`autoscaling_cpu_threshold`', {
    value: Percent,
    rows: 'SW-57, SW-58, SW-59',
  }),
  'scaling.scalingPolicy.keepAvgMemoryUtilizationUnder': honoured('`autoscaling_memory_threshold`', {
    value: Percent,
    rows: 'SW-57, SW-58, SW-59',
  }),
}

/** What code may reach. */
export const accessRules: Readonly<Record<string, KeyRule>> = {
  connectTo: unsupported(`kept as \`connect_to\`; ${UNMET.connect_to.text}`, UNMET.connect_to.hint, {
    rows: 'SW-06, SW-66, SW-67, SW-68, SW-69',
  }),
  iamRoleStatements: unsupported(
    `kept as \`iam_role_statements\`; ${UNMET.iam_role_statements.text}`,
    UNMET.iam_role_statements.hint,
    { rows: 'SW-64, SW-70' },
  ),
}

export const placeRules: Readonly<Record<string, KeyRule>> = {
  usePrivateSubnetsWithNAT: unsupported(
    'Gantry makes no subnets and gateways',
    'Name private subnets under `ecs.subnets` in gantry.yml.',
    { value: Flag, rows: 'SW-44, SW-73' },
  ),
  enableRemoteSessions: approximated(
    '`gantry exec` runs commands in instances; on ECS it takes `ecs.exec` and a role, for the whole app',
    { value: Flag, hint: 'On ECS write `ecs: {exec: true, task_role: ROLE}` in gantry.yml.' },
  ),
}

/** How a load balancer checks a container. */
export const balancerCheckRules = (prefix: string, both: boolean): Record<string, KeyRule> => ({
  [`${prefix}healthcheckPath`]: honoured(
    '`path` of `health_check`; of `readiness` where there is an `internalHealthCheck`',
    { value: UrlPath },
  ),
  [`${prefix}healthcheckInterval`]: honoured('`interval` of the same; 5 s where there is none', {
    value: wholeNumber(5, 300),
  }),
  [`${prefix}healthcheckTimeout`]: honoured('`timeout` of the same; 4 s where there is none', {
    value: wholeNumber(2, 120),
  }),
  ...(both && {
    [`${prefix}healthCheckProtocol`]: honoured('`TCP` is `tcp` of the same', {
      value: oneOf(['HTTP', 'TCP']),
    }),
    [`${prefix}healthCheckPort`]: unsupported('the check goes to the port of the process', CHECK_HINT),
  }),
})
