import { MAIN } from '../../app/app.ts'
import { MOST_CONTAINERS } from '../gantry-yml/containers.ts'
import { quote } from '../text.ts'
import { child, derived, given, placeOf, scalar, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { addImageAndVariables } from './containers.ts'
import { tablesOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import { addHealthCheck } from './health.ts'
import { kebab } from './names.ts'
import { byStacktape } from './rules.ts'
import { addWaits } from './waits.ts'
import type { ContainerNames } from './waits.ts'

/** Whether an instance has more containers than it can, and reports that. */
export function areTooMany(count: number, at: Value, { reading }: StackContext): boolean {
  const most = MOST_CONTAINERS + 1
  if (count <= most) return false
  reading.error(`An instance has at most ${most} containers; found ${count}`, {
    place: at.key ?? placeOf(at),
  })
  return true
}

/** @param main the one that is the process; null where the file has that elsewhere */
export function namesOf(
  containers: readonly Table[],
  main: Table | null,
  { reading }: StackContext,
): ContainerNames {
  const names = new Map<string, string>()
  const taken = new Set<string>([MAIN])
  for (const container of containers) {
    const written = textAt(container, 'name') ?? ''
    if (container === main) {
      names.set(written, MAIN)
      continue
    }
    const plain = kebab(written)
    const name = plain === MAIN ? `${plain}-container` : plain
    if (taken.has(name) || names.has(written)) {
      const at = child(container, 'name') ?? container
      reading.error(`${quote(written)} is named "${name}" here, and so is another container`, {
        place: at.key ?? placeOf(at),
        hint: 'Rename one of them.',
      })
      continue
    }
    taken.add(name)
    names.set(written, name)
  }
  return names
}

/** Adds a container that runs beside a process in each of its instances. Gives where it stands, or null where it has no name. */
export function addBeside(
  process: Target,
  container: Table,
  { names, isPinned }: { names: ContainerNames; isPinned: boolean },
  context: StackContext,
): Target | null {
  const name = names.get(textAt(container, 'name') ?? '')
  if (name === undefined) return null
  const { draft } = context
  const path: Target = [process[0], process[1], 'containers', name]
  draft.open(path, container)
  const packaging = given(container, 'packaging')
  const isOwn = addImageAndVariables(path, container, context)
  const type = textAt(packaging, 'type')
  // It takes over from the build of the process what is not said here.
  if (type === 'custom-dockerfile' && given(given(packaging, 'properties'), 'dockerfilePath') === undefined) {
    draft.set([...path, 'build', 'dockerfile'], scalar('Dockerfile', byStacktape))
  } else if (isPinned && !isOwn && type === 'stacktape-image-buildpack') {
    draft.open([...path, 'build'], packaging!)
  }
  addHealthCheck(path, given(container, 'internalHealthCheck'), null, context)
  return path
}

/**
 * Adds the containers beside that of a service. It starts when those that run once have succeeded and the others run, and
 * goes on when one of them ends, as in Stacktape.
 */
export function addSideContainers(
  process: Target,
  properties: Value | undefined,
  isPinned: boolean,
  context: StackContext,
): void {
  const list = given(properties, 'sideContainers')
  const containers = tablesOf(list)
  if (list === undefined || areTooMany(containers.length + 1, list, context)) return
  const names = namesOf(containers, null, context)
  for (const container of containers) {
    const type = given(container, 'containerType')
    const path = addBeside(process, container, { names, isPinned }, context)
    if (path === null || type?.kind !== 'scalar') continue
    const { draft } = context
    const once = type.text === 'run-on-init'
    const own = given(container, 'essential')
    if (!once) draft.set([...path, 'essential'], own ?? scalar(false, byStacktape))
    else if (own?.kind === 'scalar' && own.value === true) {
      context.reading.keys.change(own, 'approximated', 'it ends, and the instance goes on', 'Leave it out.')
    }
    draft.set([...process, 'depends_on', path[3]!], derived(once ? 'succeeded' : 'started', type))
  }
  addWaits(process, containers, names, context)
}
