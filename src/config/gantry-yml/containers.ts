import { z } from 'zod'

import { MAIN } from '../../app/app.ts'
import { Build, EntryPoint, HealthCheck, Mounts, Secrets, Variables } from './parts.ts'
import {
  Command,
  Cpu,
  duration,
  ImageReference,
  Memory,
  Name,
  oneOf,
  orNull,
  wholeNumber,
  YesOrNo,
} from './scalars.ts'

const HOUR = 3600

const ContainerName = Name.regex(new RegExp(`^(?!${MAIN}$)`), {
  error: `another one, because \`${MAIN}\` is the process itself`,
})

export const DependsOn = z.record(Name, oneOf(['started', 'healthy', 'completed', 'succeeded'])).meta({
  id: 'depends_on',
  description:
    'Names of containers of the same instance, `main` for the process itself, and how far each must be. `completed`: it has ended; `succeeded`: with 0.',
})

export const ContainerSettings = z
  .strictObject({
    image: orNull(ImageReference).describe(
      'Pins an image that deploys never change. Default: that of the process.',
    ),
    build: Build.optional().describe(
      'What an image of its own is made from. Keys that it leaves out are those of the process.',
    ),
    entry_point: orNull(EntryPoint).describe(
      'Program that gets the command as its arguments. Default: the entry point of the image.',
    ),
    command: orNull(Command).describe('What runs. Default: the command of the image.'),
    env: Variables.optional().describe('All of its variables: it inherits none.'),
    secrets: Secrets.optional().describe(
      'Variables whose values are kept elsewhere: references only. It inherits none.',
    ),
    cpu: orNull(Cpu).describe('vCPU, of those of the instance. Default: what the others leave.'),
    memory: orNull(Memory).describe('Memory, of that of the instance. Default: what the others leave.'),
    essential: YesOrNo.optional().describe(
      'Whether the instance ends when it ends. Default: true, unless another one waits for it to end.',
    ),
    depends_on: DependsOn.optional().describe('What it waits for in a new instance.'),
    port: orNull(wholeNumber(1, 65_535)).describe('Port that it listens on.'),
    health_check: HealthCheck.optional(),
    mounts: Mounts.optional().describe('It inherits none.'),
    stop_timeout: duration(0, HOUR).prefault('15s').describe('Time from SIGTERM to SIGKILL.'),
  })
  .meta({
    id: 'container',
    description: 'Runs beside a process in each of its instances, in the same network.',
  })

/** Of a task definition of ECS, without that of the process itself (Amazon ECS service quotas). */
export const MOST_CONTAINERS = 9

export const Containers = z.record(ContainerName, ContainerSettings)

export type ContainerSettings = z.output<typeof ContainerSettings>
