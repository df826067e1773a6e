import { z } from 'zod'

import { oneOf, Schedule, wholeNumber } from '../gantry-yml/scalars.ts'
import type { System } from './context.ts'
import { withoutHashes } from './schedule.ts'

// What the systems themselves accept (platformsh/platformify: validator/schema; platformsh-docs: create-apps).

export const Nothing = z.null({ error: 'null' })
export const Text = z.string({ error: 'a text' })
export const Line = Text.regex(/\S/, { error: 'a text that is not empty' })
export const Flag = z.boolean({ error: 'true or false' })
export const FlagOrPath = z.union([Text, Flag], { error: 'true, false or a path' })
export const Role = oneOf(['admin', 'contributor', 'viewer'])

const RUNTIME_RULE = 'a runtime with its version, such as `python:3.12`'
export const Runtime = z
  .string({ error: RUNTIME_RULE })
  .regex(/^[a-z][a-z0-9-]*:[\w.-]+$/, { error: RUNTIME_RULE })

const FOLDER_RULE = 'a folder of the repository, without `..`'
export const Folder = z
  .string({ error: FOLDER_RULE })
  .regex(/^(?!(?:.*\/)?\.\.(?:\/|$))[^\p{Cc}\\]{0,1024}$/u, { error: FOLDER_RULE })

export const PROFILES = ['HIGH_CPU', 'BALANCED', 'HIGH_MEMORY', 'HIGHER_MEMORY'] as const
export const Profile = oneOf(PROFILES).nullable()
export const Size = oneOf(['AUTO', 'XS', 'S', 'M', 'L', 'XL', '2XL', '4XL'])
export const Disk = wholeNumber(128, 10_000_000)
export const BaseMemory = wholeNumber(64, 1024)
export const MemoryRatio = wholeNumber(128, 1024)

const CRON_RULE = 'a cron expression of 5 fields: minute, hour, day, month, weekday'
export const CronSpec = z
  .string({ error: CRON_RULE })
  .max(256, { error: CRON_RULE, abort: true })
  .regex(/^\s*(?:\S+\s+){4}\S+\s*$/, { error: CRON_RULE, abort: true })
  .refine(comes, {
    error:
      'a cron expression of values that there are, on a day that comes: minute 0-59, hour 0-23, day 1-31, month 1-12, weekday 0-7',
  })
const SECONDS_RULE = 'a whole number of seconds, 0 or more'
export const ShutdownTimeout = z.int({ error: SECONDS_RULE }).min(0, { error: SECONDS_RULE })
export const CronTimeout = wholeNumber(1, 86_400)

/** Whether Gantry has such a schedule, whatever each `H` becomes. */
function comes(spec: string): boolean {
  const ends = [() => 0, (_: number, count: number) => count - 1]
  return ends.every((choose) => Schedule.safeParse(withoutHashes(spec, choose)).success)
}

const MOUNT_SOURCES: Readonly<Record<System, z.ZodType>> = {
  Upsun: oneOf(['storage', 'instance', 'tmp', 'temporary', 'service']),
  'Platform.sh': oneOf(['local', 'service', 'tmp']),
}
export const mountSource = (system: System): z.ZodType => MOUNT_SOURCES[system]

const OLD_MOUNT_RULE = 'a text such as `shared:files/uploads`'
/** How a mount of Platform.sh was written at first. */
export const OldMount = z
  .string({ error: OLD_MOUNT_RULE })
  .regex(/^(?:shared|local|tmp):/, { error: OLD_MOUNT_RULE })

export const RouteType = oneOf(['upstream', 'redirect', 'proxy'])
export const LocationPath = Text.regex(/^\//, { error: 'a path that begins with /' })
