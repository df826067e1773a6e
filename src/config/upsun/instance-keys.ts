import type { z } from 'zod'

import { approximated, honoured, unsupported } from '../catalogue/catalogue.ts'
import type { KeyRule, Section } from '../catalogue/catalogue.ts'
import { TimeZone } from '../gantry-yml/scalars.ts'
import { UNMET } from '../unmet.ts'
import type { System } from './context.ts'
import {
  BaseMemory,
  Disk,
  Folder,
  Line,
  MemoryRatio,
  mountSource,
  Nothing,
  OldMount,
  Profile,
  Role,
  Size,
  Text,
} from './rules.ts'
import { RELATIONSHIP_HINT, SIZE_HINT, STORAGE_HINT } from './sentences.ts'

/** The keys that an app has, and that `web` and each worker may have of their own: those then count as a whole. */
export function instanceRules(system: System): Record<string, KeyRule> {
  return {
    variables: honoured('`env`; what `web` or a worker has of its own replaces all of them', {
      rows: 'UP-24, UP-34',
    }),
    'variables.env.*': honoured(
      'a variable with that name in capitals; a list or map becomes JSON, and null no variable',
      { rows: 'UP-33' },
    ),
    'variables.php': unsupported(
      `${system} writes them into php.ini`,
      'Put them into the php.ini of the image.',
    ),
    'variables.*.*': honoured('a part of `PLATFORM_VARIABLES`: JSON in base64', { rows: 'UP-24' }),
    relationships: unsupported(`kept as \`connect_to\`; ${UNMET.connect_to.text}`, RELATIONSHIP_HINT, {
      rows: 'UP-21, UP-28, UP-37',
    }),
    mounts: honoured('`mounts`; `{}`: none', { rows: 'UP-23, UP-35, UP-36' }),
    'mounts.*': honoured(
      'a mount in the folder of the app, which is the tree on the local engine and `/app` on ECS',
      {
        name: Folder,
        rows: 'UP-35, UP-42, UP-44, UP-45',
        ...(system === 'Platform.sh' && { value: OldMount }),
      },
    ),
    'mounts.*.source': honoured(
      `\`source\`: \`storage\`, \`instance\`${system === 'Platform.sh' ? ' (for `local`)' : ''} or \`tmp\`; the ECS engine has no \`storage\` yet, and refuses it`,
      { value: mountSource(system), required: true, rows: 'UP-29, UP-43, UP-46' },
    ),
    'mounts.*.source_path': honoured('`source_path`; the path of the mount where there is none', {
      value: Text,
    }),
    'mounts.*.service': honoured('the first folder of `source_path`, unless it is the app itself', {
      value: Text,
    }),
    'access.ssh': approximated(`kept as \`access\`; ${UNMET.access.text}`, {
      hint: UNMET.access.hint,
      value: Role,
      rows: 'UP-22',
    }),
    'access.*': unsupported('an instance is reached by a shell only', 'Leave it out.'),
    firewall: unsupported(
      'what instances connect to is not limited',
      'Limit it with `ecs.security_groups`, or with the firewall of the machine.',
    ),
    additional_hosts: unsupported(
      'names are looked up as the engine does it',
      'Put the names into the DNS that instances use.',
    ),
    ...(system === 'Upsun' ? flexibleSizes() : fixedSizes()),
  }
}

function flexibleSizes(): Record<string, KeyRule> {
  const old = unsupported('Upsun has sizes outside of the file, and reads this one no longer', SIZE_HINT)
  return {
    container_profile: approximated(
      '`memory`, that which the profile has at 0.5 CPU: the size itself is not in the file',
      { hint: SIZE_HINT, value: Profile, rows: 'UP-25, UP-31' },
    ),
    size: old,
    resources: old,
    disk: old,
  }
}

function fixedSizes(): Record<string, KeyRule> {
  const amount = (value: z.ZodType) => honoured('a part of `memory`', { value })
  return {
    size: honoured('`cpu` and `memory`, by the table of the runtime', { value: Size, rows: 'UP-25, UP-31' }),
    resources: honoured('`memory`: base_memory + memory_ratio × CPU of the size', {
      value: Nothing,
      rows: 'UP-25',
    }),
    'resources.base_memory': amount(BaseMemory),
    'resources.memory_ratio': amount(MemoryRatio),
    disk: approximated('`ephemeral_storage_gb`; what is on it is gone with the instance', {
      hint: STORAGE_HINT,
      value: Disk.nullable(),
      rows: 'UP-25',
    }),
  }
}

const TIMEZONE = honoured('only crons have a time zone, and they get that of the app', { value: TimeZone })

const START_RULES: Record<string, KeyRule> = {
  'commands.start': honoured('`command`, a line for the shell; one that ends is started again', {
    value: Line,
    rows: 'UP-16, UP-18, UP-19',
  }),
  'commands.pre_start': honoured('`pre_start`, in every instance; a failure does not stop it', {
    value: Text,
    rows: 'UP-17',
  }),
  'commands.post_start': unsupported(
    'an instance gets requests as soon as it is up',
    'Write a `health_check` for the process in gantry.yml.',
    { rows: 'UP-17' },
  ),
}

export function workerSection(system: System): Section {
  const start = START_RULES['commands.start']!
  return {
    title: 'A worker',
    keys: {
      commands: honoured('what it runs', { required: true }),
      ...START_RULES,
      'commands.start': { ...start, required: true },
      timezone: TIMEZONE,
      ...instanceRules(system),
    },
  }
}

/** The keys of `web` that both systems have. */
export function webStartRules(): Record<string, KeyRule> {
  return { ...START_RULES, timezone: TIMEZONE }
}
