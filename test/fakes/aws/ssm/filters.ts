import { z } from 'zod'

import { AwsError } from '../aws-error.ts'
import type { Version } from './parameter-store.ts'

export const Filters = z
  .array(
    z.strictObject({
      Key: z.string().min(1).max(132),
      Option: z.string().min(1).max(10).optional(),
      Values: z.array(z.string().min(1).max(1_024)).min(1).max(50).optional(),
    }),
  )
  .optional()

export type Filter = NonNullable<z.output<typeof Filters>>[number]

type Test = (version: Version, value: string) => boolean

const within = (version: Version, path: string) => version.name.startsWith(withSlash(path))

const PATH_OPTIONS: Readonly<Record<string, Test>> = {
  Recursive: within,
  OneLevel: (version, path) =>
    within(version, path) && !version.name.slice(withSlash(path).length).includes('/'),
}

/** The tests by option of one text, the first being the default. */
function textOptions(text: (version: Version) => string): Readonly<Record<string, Test>> {
  return {
    Equals: (version, value) => text(version) === value,
    BeginsWith: (version, value) => text(version).startsWith(value),
  }
}

const KEYS: Readonly<Record<string, { otherwise: string; options: Readonly<Record<string, Test>> }>> = {
  Name: {
    otherwise: 'Equals',
    options: {
      ...textOptions(({ name }) => name),
      Contains: ({ name }, value) => name.includes(value),
    },
  },
  Path: { otherwise: 'OneLevel', options: PATH_OPTIONS },
  Type: { otherwise: 'Equals', options: textOptions(({ type }) => type) },
  Tier: { otherwise: 'Equals', options: textOptions(({ tier }) => tier) },
}

/** Whether a parameter passes every filter; `keys`: what the operation can filter by. */
export function matches(version: Version, filters: readonly Filter[], keys: readonly string[]): boolean {
  return filters.every(({ Key, Option, Values = [] }) => {
    const key = keys.includes(Key) ? KEYS[Key] : undefined
    if (key === undefined) throw new AwsError('InvalidFilterKey', `The filter key ${Key} is not valid here.`)
    const test = key.options[Option ?? key.otherwise]
    if (test === undefined) throw new AwsError('InvalidFilterOption', `${Key} has no option ${Option}.`)
    if (Key === 'Path' && Values.some((path) => !path.startsWith('/'))) {
      throw new AwsError('ValidationException', 'A path begins with a slash.')
    }
    return Values.some((value) => test(version, value))
  })
}

/** Whether a parameter is at this path, directly or, if recursive, at any depth. */
export function isAt(version: Version, path: string, recursive: boolean): boolean {
  return matches(
    version,
    [{ Key: 'Path', Option: recursive ? 'Recursive' : 'OneLevel', Values: [path] }],
    ['Path'],
  )
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`
}
