import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, derived, derivedTable, entriesOf, placeOf, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import type { AppContext } from './context.ts'

/** What a relationship, a service and an endpoint may be called: a name of `connect_to`. */
const NAME = /^(?!__proto__$)[^\p{Cc}]{1,255}$/u

interface Target {
  service: string
  endpoint: string | null
}

/**
 * The relationships of an instance as what it connects to; null where it says nothing about them. Refuses those with a
 * service that the project does not have, where it says which ones it has.
 */
export function readRelationships(instance: Value, context: AppContext): Table | null {
  const written = child(instance, 'relationships')
  if (written?.kind !== 'table') return null
  if (written.entries.size === 0) context.reading.keys.change(written, 'honoured', 'none')
  const found = entriesOf(written).flatMap(([name, value]) => {
    const target = targetOf(name, value)
    checkTarget(name, value, target, context)
    return target === null ? [] : [[name, connectionOf(target, value)] as const]
  })
  return derivedTable(found, written)
}

function checkTarget(
  name: string,
  value: Value,
  target: Target | null,
  { project, reading }: AppContext,
): void {
  const { apps, isWhole, services } = project
  const known = [...entriesOf(services).map(([service]) => service), ...apps.keys()]
  const place = value.key ?? placeOf(value)
  if (target === null) {
    reading.error(`The relationship ${quote(name)} must be a service`, {
      place,
      hint: 'Write `{service: NAME, endpoint: NAME}`, or nothing for the service of this name.',
    })
    return
  }
  if (known.length === apps.size || known.includes(target.service)) return
  // Apps are reached at this endpoint.
  if (!isWhole && (target.endpoint ?? 'http') === 'http') return
  const meant = suggest(target.service, known)
  reading.error(`There is no service ${quote(target.service)}`, {
    path: `relationships.${name}`,
    place,
    hint: meant === null ? 'Add it to `services`.' : `Did you mean ${quote(meant)}?`,
  })
}

/** Null for what cannot be one. */
function targetOf(name: string, value: Value): Target | null {
  const target = writtenTarget(name, value)
  if (target === null) return null
  const { service, endpoint } = target
  const isNamed = [name, service, ...(endpoint === null ? [] : [endpoint])].every((each) => NAME.test(each))
  return isNamed ? target : null
}

/** Without a value it is the service of the same name (row UP-28). */
function writtenTarget(name: string, value: Value): Target | null {
  if (value.kind === 'table') {
    if ([...value.entries.values()].some(({ kind }) => kind !== 'scalar')) return null
    return { service: textAt(value, 'service') ?? name, endpoint: textAt(value, 'endpoint') ?? null }
  }
  if (value.kind === 'list') return null
  if (value.value === null) return { service: name, endpoint: null }
  if (typeof value.value !== 'string') return null
  const [service, ...endpoint] = value.text.split(':')
  return { service: service!, endpoint: endpoint.length === 0 ? null : endpoint.join(':') }
}

function connectionOf({ service, endpoint }: Target, value: Value): Table {
  const entries = Object.entries({ service, endpoint }).flatMap(([key, text]) =>
    text === null ? [] : [[key, derived(text, value)] as const],
  )
  return derivedTable(entries, value)
}
