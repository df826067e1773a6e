import { z } from 'zod'

import { number, oneOf, wholeNumber } from '../gantry-yml/scalars.ts'
import type { Provenance } from '../provenance.ts'

// What Stacktape itself accepts (stacktape/stacktape: types/stacktape-config, config-schema.json).

export const SYSTEM = 'Stacktape'
export const byStacktape: Provenance = { kind: 'default', of: SYSTEM }

/** vCPU that a container may ask for on Fargate. */
const CPUS = [0.25, 0.5, 1, 2, 4, 8, 16] as const
const RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1827, 3653] as const

export const Text = z.string({ error: 'a text' })
export const Scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'a text, a number, true or false',
})
export const Flag = z.boolean({ error: 'true or false' })
export const Seconds = wholeNumber(0, 1_000_000_000)
export const PortNumber = wholeNumber(1, 65_535)
export const Instances = wholeNumber(1, 5000)
export const Percent = number(1, 100)
export const StopTimeout = wholeNumber(2, 120)
export const Cpu = oneOfNumbers(CPUS)
/** MB: what an instance can have here. */
export const Memory = wholeNumber(32, 262_144)
export const JobCpu = number(0.25, 192)
export const Gpu = wholeNumber(1, 64)
export const RetentionDays = oneOfNumbers(RETENTION_DAYS)
export const Architecture = oneOf(['x86_64', 'arm64'])
export const Strategy = oneOf([
  'Canary10Percent5Minutes',
  'Canary10Percent15Minutes',
  'Linear10PercentEvery1Minutes',
  'Linear10PercentEvery3Minutes',
  'AllAtOnce',
])

const RESOURCE_RULE = 'letters and digits'
export const ResourceName = z.string({ error: RESOURCE_RULE }).regex(/^[a-z0-9]+$/i, { error: RESOURCE_RULE })

const TYPE_RULE = 'an EC2 instance type, such as c6g.large'
export const InstanceType = z
  .string({ error: TYPE_RULE })
  .regex(/^[a-z0-9-]{1,32}\.[a-z0-9-]{1,32}$/, { error: TYPE_RULE })

const NAME_RULE = 'letters, digits, hyphens and underscores, beginning with a letter or a digit'
export const PlainName = z.string({ error: NAME_RULE }).regex(/^[a-z0-9][\w-]{0,254}$/i, { error: NAME_RULE })

const PATH_RULE = 'a path without control characters'
export const FilePath = z.string({ error: PATH_RULE }).regex(/^[^\p{Cc}]{1,1024}$/u, { error: PATH_RULE })

export const Schedule = z
  .string({ error: 'cron(…) or rate(…)' })
  .regex(/^(?:cron|rate)\(.{1,240}\)$/, { error: 'cron(…) or rate(…)' })

function oneOfNumbers(values: readonly number[]) {
  const error = `one of ${values.join(', ')}`
  return z.number({ error }).refine((value) => values.includes(value), { error })
}
