import { suggest } from '../suggest.ts'
import { quote } from '../text.ts'
import { child, entriesOf, placeOf, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import type { AppContext } from './context.ts'

/** Refuses relationships with a service that the project does not have, where it says which ones it has. */
export function checkRelationships(instance: Value, { project, reading }: AppContext): void {
  const { apps, services } = project
  const known = [...entriesOf(services).map(([name]) => name), ...apps.keys()]
  for (const [name, value] of entriesOf(child(instance, 'relationships'))) {
    const service = targetOf(name, value)
    const place = value.key ?? placeOf(value)
    if (service === null) {
      reading.error(`The relationship ${quote(name)} must be a service`, {
        place,
        hint: 'Write `{service: NAME, endpoint: NAME}`, or nothing for the service of this name.',
      })
    }
    if (service === null || known.length === apps.size || known.includes(service)) continue
    const meant = suggest(service, known)
    reading.error(`There is no service ${quote(service)}`, {
      path: `relationships.${name}`,
      place,
      hint: meant === null ? 'Add it to `services`.' : `Did you mean ${quote(meant)}?`,
    })
  }
}

/** Without a value it is the service of the same name (row UP-28). Null for what cannot be one. */
function targetOf(name: string, value: Value): string | null {
  if (value.kind === 'table') return textAt(value, 'service') ?? name
  if (value.kind === 'list') return null
  if (value.value === null) return name
  return typeof value.value === 'string' ? value.text.split(':')[0]! : null
}
