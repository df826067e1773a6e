import { parse } from 'yaml'
import type { z } from 'zod'

import { messageOf } from '../app/errors.ts'
import { NOTHING_UNMET_OF_PROCESS } from '../app/unmet.ts'
import { HealthCheck } from './gantry-yml/parts.ts'
import { ProcessSettings, Rollout } from './gantry-yml/settings.ts'
import { quote } from './text.ts'

export interface Problem {
  message: string
  hint?: string
}
export type Found = { value: unknown } | { problem: Problem }

/** One entry of a field that is a map: `path` of `health_check.path`. */
export interface Part {
  field: keyof typeof MAPS
  entry: string
}

/**
 * What an image is made from, where ECS puts it and what is around the process in an instance is for the config to say;
 * variables are kept on their own.
 */
const NOT_OWNED = new Set([
  'build',
  'env',
  'secrets',
  'mounts',
  'containers',
  'depends_on',
  'ecs',
  ...Object.keys(NOTHING_UNMET_OF_PROCESS),
])

/** The keys of a process that a person may set by hand. */
export const KEYS: readonly string[] = Object.keys(ProcessSettings.shape).filter((key) => !NOT_OWNED.has(key))

const MAPS = {
  health_check: HealthCheck.shape,
  readiness: HealthCheck.shape,
  rollout: Rollout.shape,
} as const

/** Their entries by name. */
export const PARTS: readonly string[] = Object.entries(MAPS).flatMap(([field, shape]) =>
  Object.keys(shape).map((entry) => `${field}.${entry}`),
)

/** These may be none, which is what an empty text means. */
const NONE = new Set([
  'image',
  'entry_point',
  'command',
  'pre_start',
  'port',
  'ephemeral_storage_gb',
  'autoscaling_cpu_threshold',
  'autoscaling_memory_threshold',
  'health_check',
  'readiness',
])

/** The fields that are checks. */
export const CHECKS: readonly string[] = ['health_check', 'readiness']
const COMMANDS = new Set(['command', 'pre_start'])

/** These are texts as they stand. */
const TEXTS = new Set(['image', 'path'])

export function partOf(key: string): Part | null {
  if (!PARTS.includes(key)) return null
  const [field, entry] = key.split('.') as [Part['field'], string]
  return { field, entry }
}

/** Reads the value of a key that is among KEYS. */
export function readKey(key: string, text: string): Found {
  if (text === '' && NONE.has(key)) return { value: null }
  const found = read(ProcessSettings.shape[key as keyof typeof ProcessSettings.shape], key, key, text)
  return CHECKS.includes(key) && 'value' in found
    ? checked(key, found.value as z.output<typeof HealthCheck>)
    : found
}

export function readPart({ field, entry }: Part, text: string): Found {
  const shape: Readonly<Record<string, z.ZodType>> = MAPS[field]
  return read(shape[entry]!, `${field}.${entry}`, entry, text)
}

function read(schema: z.ZodType, name: string, key: string, text: string): Found {
  try {
    const result = schema.safeParse(readText(key, text))
    if (result.success) return { value: result.data }
    const expected = result.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ')
    return { problem: { message: `${name} must be ${expected}; found ${quote(text)}` } }
  } catch (error) {
    return { problem: { message: `${name} cannot be read: ${messageOf(error).split('\n')[0] ?? ''}` } }
  }
}

/** A command may look like anything, and is a list only where it begins like one. */
function readText(key: string, text: string): unknown {
  if (TEXTS.has(key) || (COMMANDS.has(key) && !text.startsWith('['))) return text
  return parse(text, { maxAliasCount: 0, logLevel: 'error' })
}

function checked(key: string, check: z.output<typeof HealthCheck>): Found {
  const { path, command, tcp } = check
  const named = [path !== null, command !== null, tcp].filter(Boolean).length
  // `{}` clears, as in the config.
  if (named === 0) return { value: null }
  return named === 1
    ? { value: check }
    : { problem: { message: `${key} must name exactly one of path, command and tcp` } }
}
