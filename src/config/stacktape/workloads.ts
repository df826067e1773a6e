import { child, given, placeOf, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { addBeside, areTooMany, namesOf } from './beside.ts'
import { addContainer } from './containers.ts'
import { tablesOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import { addEvents, addInnerEvents, checkPorts, reachOf } from './events.ts'
import { addScaling } from './scaling.ts'
import { addAround, checkDeployment } from './services.ts'
import { addSize } from './sizes.ts'
import { addWaits, endingOf } from './waits.ts'

/**
 * Adds the process of a workload. Its own container is the one that is reached from outside, else the first one that is
 * essential; the others run beside it.
 */
export function addWorkload(called: string, resource: Value, context: StackContext): void {
  const properties = given(resource, 'properties')
  const containers = tablesOf(given(properties, 'containers'))
  if (areTooMany(containers.length, resource, context)) return
  const { draft, reading } = context
  const main = mainOf(containers)
  if (main === undefined) {
    reading.error('A workload needs at least one container', {
      place: placeOf(child(properties, 'containers') ?? resource),
      hint: 'Write it here, under `containers`.',
    })
    return
  }
  if (!checkPorts(containers, context)) return
  const name = context.names.take(called, resource)
  if (name === null) return
  const path: Target = ['processes', name]
  draft.open(path, resource)
  const names = namesOf(containers, main, context)
  const isPinned = addContainer(path, main, addEvents(path, main, context), context)
  addSize(path, given(properties, 'resources'), isPinned, context)
  addScaling(path, given(properties, 'scaling'), context)
  const essential = given(main, 'essential')
  if (essential?.kind === 'scalar' && essential.value === false) {
    reading.keys.change(
      essential,
      'approximated',
      'it is the container of the process: the instance ends with it',
      'Leave it out, or let another container be reached.',
    )
  }
  for (const container of containers) {
    if (container === main) continue
    const own = addBeside(path, container, { names, isPinned }, context)
    if (own === null) continue
    const ends = given(container, 'essential')
    if (ends !== undefined) draft.set([...own, 'essential'], ends)
    addInnerEvents(own, container, textAt(main, 'name') ?? '', context)
  }
  addWaits(path, containers, names, context)
  checkDeployment(properties, 'an event', containers.flatMap(inFrontOf), context)
  addAround(path, properties, context)
}

/** All events of a container, or what stands in their place. */
function inFrontOf(container: Table): readonly (Value | undefined)[] {
  const events = child(container, 'events')
  return events?.kind === 'list' ? events.items : [events]
}

function mainOf(containers: readonly Table[]): Table | undefined {
  const ending = endingOf(containers)
  const lasting = containers.filter((each) => !ending.has(textAt(each, 'name') ?? ''))
  const essential = lasting.filter((each) => textAt(each, 'essential') !== 'false')
  const [main] = essential.toSorted((a, b) => reachOf(a) - reachOf(b))
  return main ?? lasting[0] ?? containers[0]
}
