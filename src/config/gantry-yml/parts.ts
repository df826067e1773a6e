import { z } from 'zod'

import {
  ArgumentName,
  BuildSecretId,
  BuildSecretReference,
  Command,
  duration,
  oneOf,
  orNull,
  Patterns,
  PlainName,
  PlainValue,
  RepositoryPath,
  SecretReference,
  UrlPath,
  VariableName,
  wholeNumber,
} from './scalars.ts'

// What processes, tasks and the containers beside a process have in common.

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

const MOUNT_PATH_RULE =
  'a folder that begins with / or is inside of the folder of the app, without `..`, blanks, commas and colons'
const PATH_PART = String.raw`(?!\.{1,2}(?:/|$))[^\s\p{Cc}:,/]+`
export const MountPath = z
  .string({ error: MOUNT_PATH_RULE })
  .max(255, { error: MOUNT_PATH_RULE })
  .regex(new RegExp(`^/?${PATH_PART}(?:/${PATH_PART})*$`, 'u'), { error: MOUNT_PATH_RULE })

const SOURCE_PATH_RULE = 'a path without `..`, blanks, commas and colons, that begins and ends without /'
export const SourcePath = z
  .string({ error: SOURCE_PATH_RULE })
  .max(255, { error: SOURCE_PATH_RULE })
  .regex(new RegExp(`^(?:${PATH_PART}(?:/${PATH_PART})*)?$`, 'u'), { error: SOURCE_PATH_RULE })

const Mount = z
  .strictObject({
    source: oneOf(['tmp', 'instance', 'storage']).describe(
      'Whose folder it is. `tmp`: that of one instance, which may be gone at any time. `instance`: that of one instance, as long as there is that. `storage`: that of all instances of the app, which stays.',
    ),
    source_path: SourcePath.optional().describe(
      'Which folder of that source. Mounts that name the same one share it. Default: the path of the mount.',
    ),
  })
  .meta({ id: 'mount', description: 'A folder that can be written to.' })

export const Mounts = z.record(MountPath, Mount).meta({
  id: 'mounts',
  description:
    'Folders that can be written to, by their paths. One that does not begin with / is inside of the folder of the app: `/app` on ecs, the tree on local.',
})

export const EntryPoint = z
  .array(PlainValue, { error: 'a list of a program and its first arguments' })
  .min(1, { error: 'a list of a program and its first arguments' })
  .refine((words) => words[0] !== '', { error: 'a list of a program and its first arguments' })
