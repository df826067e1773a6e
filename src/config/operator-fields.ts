import { parse } from 'yaml'

import { ConfigError, messageOf, type Diagnostic } from '../app/errors.ts'
import type { OwnedFields } from '../app/spec.ts'
import { ProcessSettings } from './gantry-yml/settings.ts'
import { suggest } from './suggest.ts'
import { quote } from './text.ts'

/** Variables are set with `gantry env`; what an image is made from and where ECS puts it, only in the config. */
const NOT_OWNED = new Set(['build', 'env', 'secrets', 'ecs'])

/** The keys of a process that a person may set by hand. */
export const OPERATOR_KEYS: readonly string[] = Object.keys(ProcessSettings.shape).filter(
  (key) => !NOT_OWNED.has(key),
)

/** These are texts as they stand: a command may look like anything. */
const TEXTS = new Set(['image'])

/**
 * Reads `key=value` words about a process as `gantry.yml` would read `key: value`, with the same rules and units.
 *
 * @throws ConfigError with all that is wrong
 */
export function parseOperatorFields(words: Readonly<Record<string, string>>): OwnedFields {
  const problems: Diagnostic[] = []
  const fields: Record<string, unknown> = {}
  for (const [key, text] of Object.entries(words)) {
    const found = parseField(key, text)
    if ('problem' in found) problems.push({ severity: 'error', path: key, ...found.problem })
    else fields[key] = found.value
  }
  if (problems.length > 0) throw new ConfigError(problems)
  return fields
}

/** @throws ConfigError when these are not keys that a person may own */
export function checkOperatorKeys(keys: readonly string[]): void {
  const problems = keys.flatMap((key) =>
    OPERATOR_KEYS.includes(key) ? [] : [{ severity: 'error' as const, path: key, ...unknownKey(key) }],
  )
  if (problems.length > 0) throw new ConfigError(problems)
}

type Parsed = { value: unknown } | { problem: { message: string; hint?: string } }

function parseField(key: string, text: string): Parsed {
  if (!OPERATOR_KEYS.includes(key)) return { problem: unknownKey(key) }
  // An empty image is none: back to the one that is built.
  if (key === 'image' && text === '') return { value: null }
  const schema = ProcessSettings.shape[key as keyof typeof ProcessSettings.shape]
  try {
    const result = schema.safeParse(readText(key, text))
    if (result.success) return checked(key, result.data)
    const expected = result.error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ')
    return { problem: { message: `${key} must be ${expected}; found ${quote(text)}` } }
  } catch (error) {
    return { problem: { message: `${key} cannot be read: ${messageOf(error).split('\n')[0] ?? ''}` } }
  }
}

function readText(key: string, text: string): unknown {
  if (TEXTS.has(key) || (key === 'command' && !text.startsWith('['))) return text
  return parse(text, { maxAliasCount: 0, logLevel: 'error' })
}

function checked(key: string, value: unknown): Parsed {
  if (key !== 'health_check') return { value }
  const { path, command, tcp } = value as { path: unknown; command: unknown; tcp: boolean }
  const named = [path !== null, command !== null, tcp].filter(Boolean).length
  // `{}` clears, as in the config.
  if (named === 0) return { value: null }
  return named === 1
    ? { value }
    : { problem: { message: 'health_check must name exactly one of path, command and tcp' } }
}

function unknownKey(key: string): { message: string; hint: string } {
  const meant = suggest(key, OPERATOR_KEYS)
  if (key === 'env' || key === 'secrets') {
    return {
      message: `${quote(key)} is not set here`,
      hint: 'use `gantry env set NAME=VALUE --process NAME`',
    }
  }
  return {
    message: `${quote(key)} is not a key of a process that can be set by hand`,
    hint: meant === null ? `there are ${OPERATOR_KEYS.join(', ')}` : `did you mean ${quote(meant)}?`,
  }
}
