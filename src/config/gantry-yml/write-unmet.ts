import { NOTHING_UNMET } from '../../app/unmet.ts'
import type { Access, Connection, IamRoleStatement } from '../../app/unmet.ts'
import { whole, writeFields } from './write-fields.ts'
import type { Fields } from './write-fields.ts'
import { asIs, list, mapOf, orLeftOut } from './write-values.ts'
import type { Plain, PlainMap } from './write-yaml.ts'

/** As a list where all are called what they are. */
export function connections(all: Readonly<Record<string, Connection>>): Plain {
  const entries = Object.entries(all)
  const isList = entries.length > 0 && entries.every(([name, each]) => isPlain(each) && each.service === name)
  return isList ? entries.map(([name]) => name) : new Map(entries.map(([name, each]) => [name, one(each)]))
}

function one({ service, endpoint }: Connection): Plain {
  return endpoint === null
    ? service
    : new Map([
        ['service', service],
        ['endpoint', endpoint],
      ])
}

function isPlain({ endpoint }: Connection): boolean {
  return endpoint === null
}

export const access: (value: Access) => PlainMap | undefined = whole<Access>(
  { ssh: orLeftOut(asIs) },
  NOTHING_UNMET.access,
)

/** What a statement may leave out. */
type Optional = Omit<IamRoleStatement, 'resource'>

const OPTIONAL: Fields<Optional> = {
  sid: orLeftOut(asIs),
  effect: asIs,
  action: list,
  condition: orLeftOut(mapOf(mapOf(list))),
}
const LEFT_OUT: Optional = { sid: null, effect: 'Allow', action: [], condition: null }

export function statements(all: readonly IamRoleStatement[]): Plain {
  return all.map(
    ({ resource, ...rest }) =>
      new Map<string, Plain>([...writeFields(OPTIONAL, rest, LEFT_OUT)!, ['resource', list(resource)]]),
  )
}
