import { arn } from '../arn.ts'
import { AwsError } from '../aws-error.ts'

const MAX_LEVELS = 15
/** Of the whole ARN: https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-parameter-name-constraints.html */
const MAX_LENGTH = 1_011

export function parameterArn(name: string): string {
  return arn('ssm', `parameter${name.startsWith('/') ? '' : '/'}${name}`)
}

/** Throws a ValidationException unless a parameter may be created under this name. */
export function checkName(name: string): void {
  if (!/^[a-zA-Z0-9_.\-/]+$/.test(name)) {
    refuse('Parameter name must be made of a-zA-Z0-9_.- and the slash.')
  }
  if (name.includes('/') && !name.startsWith('/')) refuse('Parameter name must be a fully qualified name.')
  const levels = name.replace(/^\//, '').split('/')
  if (levels.includes('')) refuse('Parameter name has an empty level.')
  if (/^(?:aws|ssm)/i.test(levels[0] ?? '')) {
    refuse('Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive).')
  }
  if (levels.length > MAX_LEVELS) {
    throw new AwsError('HierarchyLevelLimitExceededException', `More than ${MAX_LEVELS} levels.`)
  }
  if (parameterArn(name).length > MAX_LENGTH)
    refuse(`Parameter name is longer than ${MAX_LENGTH} characters.`)
}

/** The parameter and, if given, the version that `/a/b`, `/a/b:3` or an ARN of either asks for. */
export function parseName(given: string): { name: string; version: number | null } {
  const named = nameOf(given.trim())
  if (named.includes(' ')) refuse("Parameter name can't contain spaces.")
  const [, name = named, version] = /^(.+):(\d+)$/.exec(named) ?? []
  return { name, version: version === undefined ? null : Number(version) }
}

function nameOf(given: string): string {
  const prefix = parameterArn('/')
  return given.startsWith(prefix) ? given.slice(prefix.length - 1) : given
}

function refuse(message: string): never {
  throw new AwsError('ValidationException', message)
}
