import * as model from '@aws-sdk/client-ecs'

import { invalid } from './refusals.ts'

/** Kinds of a schema in the SDK's notation, which its clients carry in place of the service's model. */
const LIST = 1
const MAP = 2
const STRUCTURE = 3
const LIST_OF = 64
const MAP_OF = 128
const PRIMITIVES: Readonly<Record<number, string>> = { 0: 'string', 1: 'number', 2: 'boolean' }

type Reference = number | (() => Schema) | readonly [Reference, ...unknown[]]
type Schema =
  | readonly [typeof LIST, string, string, unknown, Reference]
  | readonly [typeof MAP, string, string, unknown, Reference, Reference]
  | readonly [typeof STRUCTURE, string, string, unknown, string[], Reference[], number?]

/** Refuses what the model of the API does not have: unknown members, missing ones, values of another type. */
export function checkShape(operation: string, input: unknown): void {
  const schema = (model as unknown as Record<string, Schema | undefined>)[`${operation}Request$`]
  if (schema === undefined) throw new Error(`the SDK has no schema of ${operation}`)
  checkSchema(schema, input, '')
}

function checkSchema(schema: Schema, value: unknown, path: string): void {
  if (schema[0] === LIST) return checkList(schema[4], value, path)
  if (schema[0] === MAP) return checkMap(schema[5], value, path)
  if (!isObject(value)) wrongType(path, 'structure')
  const [, , , , names, members, required = 0] = schema
  for (const name of names.slice(0, required)) {
    if (value[name] === undefined || value[name] === null)
      invalid(`Missing required parameter ${path}${name}`)
  }
  for (const [name, each] of Object.entries(value)) {
    const index = names.indexOf(name)
    if (index === -1) invalid(`Unknown parameter ${path}${name}`)
    if (each !== null) check(members[index]!, each, `${path}${name}`)
  }
}

function check(reference: Reference, value: unknown, path: string): void {
  if (typeof reference === 'object') return check(reference[0], value, path)
  if (typeof reference === 'function') return checkSchema(reference(), value, `${path}.`)
  if (reference & MAP_OF) return checkMap(reference & ~MAP_OF, value, path)
  if (reference & LIST_OF) return checkList(reference & ~LIST_OF, value, path)
  const type = PRIMITIVES[reference]
  if (type !== undefined && typeof value !== type) wrongType(path, type)
}

function checkList(member: Reference, value: unknown, path: string): void {
  if (!Array.isArray(value)) return wrongType(path, 'list')
  for (const [index, each] of value.entries()) check(member, each, `${path}[${index}]`)
}

function checkMap(member: Reference, value: unknown, path: string): void {
  if (!isObject(value)) return wrongType(path, 'map')
  for (const [key, each] of Object.entries(value)) check(member, each, `${path}.${key}`)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrongType(path: string, type: string): never {
  invalid(`Invalid type for parameter ${path}, expected ${type}`)
}
