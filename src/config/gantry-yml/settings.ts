import { z } from 'zod'

import {
  ArgumentName,
  BuildSecretId,
  BuildSecretReference,
  Command,
  Cpu,
  duration,
  ImageReference,
  Memory,
  number,
  oneOf,
  orNull,
  Patterns,
  PlainName,
  PlainValue,
  RepositoryPath,
  Schedule,
  SecretReference,
  TimeZone,
  UrlPath,
  VariableName,
  wholeNumber,
  YesOrNo,
} from './scalars.ts'

const HOUR = 3600
const DAY = 24 * HOUR

export const Variables = z
  .record(VariableName, PlainValue)
  .meta({ id: 'variables', description: 'Names and values of variables.' })
export const Secrets = z.record(VariableName, SecretReference).meta({
  id: 'secrets',
  description:
    'Names of variables and references to their values: `gantry`, `ssm:NAME` or `secretsmanager:NAME#KEY`.',
})

export const Build = z
  .strictObject({
    context: RepositoryPath.prefault('.').describe(
      'Folder that the image is made from. `.` is the root of the repository.',
    ),
    dockerfile: orNull(RepositoryPath).describe(
      'Dockerfile, from the context. Default: `Dockerfile` on ecs, none on local.',
    ),
    target: orNull(PlainName).describe('Stage of the Dockerfile to stop at. Default: the last one.'),
    args: z
      .record(ArgumentName, PlainValue, { error: 'a map' })
      .default({})
      .describe('Build arguments. They stay visible in the image: never put a secret here.'),
    secrets: z
      .record(BuildSecretId, BuildSecretReference, { error: 'a map' })
      .default({})
      .describe(
        'Secrets that `RUN --mount=type=secret,id=…` of the Dockerfile reads: ids, and the variables of the machine that builds that hold the values, `env:NAME`.',
      ),
    platform: orNull(oneOf(['linux/amd64', 'linux/arm64'])).describe(
      'What the image runs on. Default: linux/amd64 on ecs.',
    ),
    ignore: Patterns.default([]).describe(
      'Patterns, as in .dockerignore and beside it, of files that are left out of the context and do not count as a change.',
    ),
    include: Patterns.default([]).describe(
      'Patterns of files that are put back although a rule leaves them out, such as the config file itself.',
    ),
    max_age: orNull(duration(60, 3650 * DAY)).describe(
      'Build anew when the image is older than this, to pick up fixes of base images. Default: never.',
    ),
    command: orNull(Command).describe(
      'Command that the local engine runs once in the built tree, such as `npm ci`.',
    ),
  })
  .meta({ id: 'build', description: 'What an image is made from. `{}` clears an inherited one.' })

export const HealthCheck = z
  .strictObject({
    path: orNull(UrlPath).describe('An HTTP GET of this path must answer with a status from 200 to 399.'),
    command: orNull(Command).describe('This command, run inside of the instance, must exit with 0.'),
    tcp: z
      .literal(true, { error: 'true, or left out' })
      .optional()
      .transform((tcp) => tcp ?? false)
      .describe('The port must accept a connection.'),
    interval: duration(0.1, HOUR).prefault('10s').describe('Time between two checks.'),
    timeout: duration(0.1, 600)
      .prefault('5s')
      .describe('Time after which a check without an answer has failed.'),
    retries: wholeNumber(1, 100)
      .default(3)
      .describe('Failed checks in a row that make an instance unhealthy.'),
    start_period: duration(0, HOUR)
      .prefault('0s')
      .describe('Time after the start in which failed checks do not count.'),
  })
  .meta({
    id: 'health_check',
    description:
      'How Gantry knows that an instance works: exactly one of path, command and tcp. `{}` clears an inherited one.',
  })

export const Rollout = z
  .strictObject({
    overlap: YesOrNo.default(true).describe(
      'Whether new instances start before old ones stop. `false`: the old ones are gone before, so that there are never two at once.',
    ),
    on_failure: oneOf(['rollback', 'keep'])
      .default('rollback')
      .describe('What happens when the rollout fails: back to what ran before, or keep what is there.'),
    timeout: duration(1, DAY).prefault('15m').describe('Time in which the rollout must be through.'),
    min_up: duration(0, HOUR)
      .prefault('1s')
      .describe('Time that an instance without a health check must stay up to count as steady.'),
  })
  .meta({ id: 'rollout', description: 'How new instances take over. `{}` means all defaults.' })

export const ProcessEcs = z
  .strictObject({
    target_group: orNull(PlainName).describe(
      'ARN of the load balancer target group that instances are registered in.',
    ),
    service: orNull(PlainName).describe('Name of an existing ECS service that this process takes over.'),
    health_check_grace_period: orNull(duration(0, DAY)).describe(
      'Time after the start in which the load balancer does not judge an instance.',
    ),
  })
  .meta({ id: 'process_ecs', description: 'Settings of the ECS service.' })

const component = {
  command: orNull(Command).describe('What runs. Default: the command of the image.'),
  image: orNull(ImageReference).describe(
    'Pins an image that deploys never change. Default: the image that is built from the commit.',
  ),
  build: Build.optional(),
  env: Variables.optional().describe('Variables. Replaces the inherited ones; `{}` clears them.'),
  secrets: Secrets.optional().describe(
    'Variables whose values are kept elsewhere: references only. Replaces the inherited ones; `{}` clears them.',
  ),
  cpu: Cpu.prefault(0.25).describe('vCPU of each instance.'),
  memory: Memory.prefault(0.5).describe(
    'Memory of each instance: a number of GB, or a text such as "512 MB".',
  ),
  ephemeral_storage_gb: orNull(wholeNumber(1, 200))
    .describe('Scratch disk in GB. 1 to 20 mean the 20 that come anyway.')
    .transform((size) => (size !== null && size > 20 ? size : null)),
  stop_timeout: duration(0, HOUR).prefault('15s').describe('Time from SIGTERM to SIGKILL.'),
}

export const ProcessSettings = z
  .strictObject({
    ...component,
    expose: oneOf(['public', 'private', 'none'])
      .optional()
      .describe(
        'Who reaches it: everybody, the other processes, nobody. Default: public for `web`, none for others.',
      ),
    port: orNull(wholeNumber(1, 65_535)).describe(
      'Port that it listens on. The local engine gives PORT anyway.',
    ),
    demand_count: wholeNumber(0, 5000)
      .default(1)
      .describe('On-demand instances. 0 on both counts takes the process offline.'),
    spot_count: wholeNumber(0, 5000)
      .default(0)
      .describe('Spot instances: cheaper, and may be taken away at any time.'),
    scale_count: wholeNumber(0, 5000).default(0).describe('Extra instances when scaling out.'),
    scale_type: oneOf(['none', 'spot', 'demand'])
      .default('none')
      .describe('Kind of the extra instances. `none`: autoscaling is off.'),
    autoscaling_cpu_threshold: orNull(number(1, 100)).describe('Percent of CPU that triggers scaling.'),
    autoscaling_memory_threshold: orNull(number(1, 100)).describe('Percent of memory that triggers scaling.'),
    health_check: HealthCheck.optional(),
    rollout: Rollout.prefault({}),
    disabled: YesOrNo.default(false).describe('Stops all instances and keeps the counts.'),
    ecs: ProcessEcs.prefault({}),
  })
  .meta({ id: 'process', description: 'A component that runs all the time, as n identical instances.' })

export const TaskSettings = z
  .strictObject({
    ...component,
    run: orNull(oneOf(['pre_deploy', 'post_deploy'])).describe(
      'When a deployment runs it: before any process is touched, or after all. Default: never.',
    ),
    when: oneOf(['changed', 'always'])
      .default('changed')
      .describe('Whether a deployment runs it only when the image or the task differ from its last success.'),
    on_failure: oneOf(['abort', 'continue'])
      .default('abort')
      .describe('What a failure means for the deployment.'),
    schedule: orNull(Schedule).describe(
      'Cron expression: minute, hour, day, month, weekday; with 6 fields, second first. Default: no schedule.',
    ),
    timezone: TimeZone.default('UTC').describe('Time zone of the schedule.'),
    concurrency: oneOf(['allow', 'forbid'])
      .default('allow')
      .describe('Whether a scheduled run may start while the one before it runs.'),
    max_hours: number(0.01, 168)
      .optional()
      .describe(
        'Hours after which it is stopped, at most 168. Default: 1 for tasks of a deployment, 24 for others.',
      ),
  })
  .meta({ id: 'task', description: 'A command that runs once and ends.' })

export type ProcessSettings = z.output<typeof ProcessSettings>
export type TaskSettings = z.output<typeof TaskSettings>
