import type { Reading } from '../reading.ts'
import { quote } from '../text.ts'
import { entriesOf, placeOf, textAt } from '../value.ts'
import type { Value } from '../value.ts'

/** Refuses services without a type, as the systems do. What else is in one has no meaning for Gantry. */
export function checkServices(services: Value | undefined, reading: Reading): void {
  for (const [name, service] of entriesOf(services)) {
    if (textAt(service, 'type') !== undefined) continue
    reading.error(`The service ${quote(name)} has no type`, {
      place: service.key ?? placeOf(service),
      hint: 'Write `type: postgresql:16`, for example.',
    })
  }
}
