import type { RegisterTaskDefinitionCommandInput, TaskDefinition } from '@aws-sdk/client-ecs'

/** What ECS adds to a definition of its own accord and what says nothing about what runs. */
const ADDED = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  // In awsvpc mode always the port of the container.
  'hostPort',
])

/**
 * Whether a registered definition is what one would register now. Its hash label alone does not tell: who makes another
 * revision of it by hand copies the labels. What ECS fills in where nothing was asked for is empty, or is known; other
 * additions are somebody's.
 */
export function isRegistered(input: RegisterTaskDefinitionCommandInput, found: TaskDefinition): boolean {
  const { tags: _tags, executionRoleArn, taskRoleArn, ...asked } = input
  const { executionRoleArn: execution, taskRoleArn: task, ...rest } = found
  return (
    sameRole(executionRoleArn ?? null, execution ?? null) &&
    sameRole(taskRoleArn ?? null, task ?? null) &&
    holds(asked, rest)
  )
}

/** A role can be given by its name, and comes back as an ARN. */
export function sameRole(asked: string | null, found: string | null): boolean {
  return asked === found || (asked !== null && found !== null && found.endsWith(`/${asked}`))
}

function holds(asked: unknown, found: unknown): boolean {
  if (Array.isArray(asked)) {
    if (!Array.isArray(found) || found.length !== asked.length) return false
    const [a, b] = [byName(asked), byName(found)]
    return a.every((each, index) => holds(each, b[index]))
  }
  if (!isObject(asked)) return asked === found
  if (!isObject(found)) return false
  return (
    Object.entries(asked).every(([key, value]) => holds(value, found[key])) &&
    Object.entries(found).every(
      ([key, value]) => Object.hasOwn(asked, key) || ADDED.has(key) || isEmpty(value),
    )
  )
}

const NAMES = ['name', 'containerName', 'containerPath']

/** Variables, secrets and the like come back in any order; words of a command stay as they are. */
function byName(list: readonly unknown[]): readonly unknown[] {
  const nameOf = (each: unknown) =>
    isObject(each) ? NAMES.flatMap((key) => (typeof each[key] === 'string' ? each[key] : [])).join(' ') : ''
  return list.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : Number(nameOf(a) > nameOf(b))))
}

function isEmpty(value: unknown): boolean {
  return isObject(value)
    ? Object.keys(value).length === 0
    : !value || (Array.isArray(value) && value.length === 0)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
