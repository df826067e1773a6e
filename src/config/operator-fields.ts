import type { Diagnostic } from '../app/errors.ts'
import type { OwnedFields, OwnedParts } from '../app/spec.ts'
import { Variables } from './gantry-yml/parts.ts'
import { foldName, isName, NAME_RULE } from './names.ts'
import { CHECKS, KEYS, PARTS, partOf, readKey, readPart, type Problem } from './operator-keys.ts'
import { suggest } from './suggest.ts'
import { quote } from './text.ts'

/** What a person asks of one process by hand, in the units of the model. */
export interface OperatorFields {
  set: OwnedFields
  parts: OwnedParts
  /** Fields to hand back. */
  unset: string[]
  /** Variables of this process alone; value null: to be taken away. They are no fields, and nobody gets to see a value. */
  variables: { name: string; value: string | null }[]
}

export interface Read {
  fields: OperatorFields
  problems: Diagnostic[]
}

/**
 * Reads `key=value` words about a process as `gantry.yml` would read `key: value`, with the same rules and units; an
 * entry of a map is `health_check.path=/healthz`, a variable is `env.LOG_LEVEL=debug`. What is empty is none.
 */
export function readOperatorFields(
  words: Readonly<Record<string, string>>,
  keysToUnset: readonly string[] = [],
): Read {
  const fields: Collected = { set: {}, parts: {}, unset: [], variables: [] }
  const problems = [
    ...Object.entries(words).flatMap(([key, text]) => within(key, readWord(fields, key, text))),
    ...completeParts(fields),
    ...keysToUnset.flatMap((key) => within(key, readUnset(fields, key))),
  ]
  return { fields, problems }
}

/** While it is read, by name. */
interface Collected extends Pick<OperatorFields, 'unset' | 'variables'> {
  set: Record<string, unknown>
  parts: Record<string, Record<string, unknown>>
}

function readWord(fields: Collected, key: string, text: string): Problem | null {
  const variable = variableOf(key)
  if (variable !== null) {
    fields.variables.push({ name: variable, value: text })
    return variableProblem(variable, text)
  }
  const part = partOf(key)
  if (part === null && !KEYS.includes(key)) return unknownKey(key)
  const found = part === null ? readKey(key, text) : readPart(part, text)
  if ('problem' in found) return found.problem
  if (part === null) fields.set[key] = found.value
  else (fields.parts[part.field] ??= {})[part.entry] = found.value
  return null
}

function readUnset({ unset, variables }: Collected, key: string): Problem | null {
  const variable = variableOf(key)
  if (variable !== null) variables.push({ name: variable, value: null })
  else if (KEYS.includes(key)) unset.push(key)
  else {
    const part = partOf(key)
    if (part === null) return unknownKey(key)
    return { message: `${part.field} is handed back as a whole`, hint: `name it: ${part.field}` }
  }
  return null
}

/** A check has one way to be made: who names another one means that instead. */
function completeParts({ set, parts }: Collected): Diagnostic[] {
  const problems = Object.keys(parts)
    .filter((field) => Object.hasOwn(set, field))
    .flatMap((field) => within(field, { message: `${field} is given as a whole and in parts` }))
  return [...problems, ...CHECKS.flatMap((field) => completeCheck(field, parts))]
}

function completeCheck(field: string, parts: Collected['parts']): Diagnostic[] {
  const check = parts[field]
  if (check === undefined) return []
  const kinds = Object.keys(NO_KIND).filter((kind) => Object.hasOwn(check, kind))
  if (kinds.length > 0) parts[field] = { ...NO_KIND, ...check }
  if (kinds.length < 2) return []
  const message = `${field} must name exactly one of path, command and tcp; found ${kinds.join(' and ')}`
  return within(field, { message })
}

function within(path: string, problem: Problem | null): Diagnostic[] {
  return problem === null ? [] : [{ severity: 'error', path, ...problem }]
}

/** What is wrong with the name of a process that is to be made: the rule is that of the config. */
export function nameProblems(name: string): Diagnostic[] {
  if (isName(name)) return []
  const folded = foldName(name)
  return [
    {
      severity: 'error',
      path: 'name',
      message: `the name of a process must be ${NAME_RULE}; found ${quote(name)}`,
      ...(folded !== null && { hint: `did you mean ${quote(folded)}?` }),
    },
  ]
}

const FOR_THE_CONFIG = new Set(['build', 'mounts', 'containers', 'depends_on', 'ecs'])

/** How a check is made; it has one. */
const NO_KIND = { path: null, command: null, tcp: false }

/** `LEVEL` of `env.LEVEL`. */
function variableOf(key: string): string | null {
  return key.startsWith('env.') ? key.slice('env.'.length) : null
}

function variableProblem(name: string, value: string): Problem | null {
  const { error } = Variables.safeParse({ [name]: value })
  if (error === undefined) return null
  const [issue] = error.issues
  // An invalid key has its own issues inside.
  const message = issue?.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : (issue?.message ?? '')
  const what = issue?.code === 'invalid_key' ? `the name of a variable, ${quote(name)},` : `env.${name}`
  return { message: `${what} must be ${message}` }
}

function unknownKey(key: string): Problem {
  const [head = ''] = key.split('.')
  if (head === 'env' || head === 'secrets') {
    return {
      message: `${quote(key)} is not set here`,
      hint: 'a variable of this process is `env.NAME=VALUE`; a secret is set with `gantry env set NAME --secret --process PROCESS`',
    }
  }
  if (FOR_THE_CONFIG.has(head)) {
    return { message: `${quote(key)} cannot be set by hand`, hint: `${head} is for the config to say` }
  }
  if (key === 'name') {
    return {
      message: '"name" is no key: the name comes first',
      hint: 'as in `gantry process set worker memory=2`',
    }
  }
  const meant = suggest(key, [...KEYS, ...PARTS])
  return {
    message: `${quote(key)} is not a key of a process that can be set by hand`,
    hint: meant === null ? `there are ${KEYS.join(', ')}` : `did you mean ${quote(meant)}?`,
  }
}
