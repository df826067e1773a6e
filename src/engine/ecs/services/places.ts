import type { AppId } from '../../../app/app.ts'
import type { RecordedProcess } from '../../ledger.ts'
import { serviceName } from '../names.ts'
import type { Wanted } from './in-the-way.ts'

/** Where a process may be that a deployer was at when it died; where it was before comes first. */
export function placesOf(app: AppId, { name, before, services = [] }: RecordedProcess): Wanted[] {
  const mapped = [before?.spec.ecs.service ?? null, null, ...services]
  return [...new Set(mapped)].map((each) => ({ process: name, service: serviceName(app, name, each) }))
}
