import { child, derived, given, itemsOf, scalar, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { addBeside, addWaits, namesOf } from './beside.ts'
import { addContainer } from './containers.ts'
import { tablesOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import type { BalancerCheck } from './health.ts'
import { byStacktape } from './rules.ts'
import { addScaling } from './scaling.ts'
import { addAround } from './services.ts'
import { addSize } from './sizes.ts'

/** Of a task definition of ECS (Amazon ECS service quotas). */
const MAX_CONTAINERS = 10
/** Who is reached, by the type of an event; the first of them that a container has counts. */
const EXPOSE: Readonly<Record<string, string>> = {
  'http-api-gateway': 'public',
  'application-load-balancer': 'public',
  'network-load-balancer': 'public',
  'service-connect': 'private',
  'workload-internal': 'none',
}
const ORDER = ['public', 'private', 'none']
const ENDS = ['COMPLETE', 'SUCCESS']
const OTHER_HINT = 'Make it a service of its own, or let the container that is reached pass requests on.'
const ONE_PORT_HINT = 'Make it a service of its own, or serve both at one port.'

/**
 * Adds the process of a workload. Its own container is the one that is reached from outside, else the first one that is
 * essential; the others run beside it.
 */
export function addWorkload(called: string, resource: Value, context: StackContext): void {
  const properties = given(resource, 'properties')
  const containers = tablesOf(given(properties, 'containers'))
  if (containers.length > MAX_CONTAINERS) {
    context.reading.error(`A workload has at most ${MAX_CONTAINERS} containers; found ${containers.length}`, {
      place: resource.key,
    })
    return
  }
  const main = mainOf(containers)
  const name = main === undefined ? null : context.names.take(called, resource)
  if (main === undefined || name === null) return
  const { draft, reading } = context
  const path: Target = ['processes', name]
  draft.open(path, resource)
  const names = namesOf(containers, main, context)
  const isPinned = addContainer(path, main, addEvents(path, main, context), context)
  addSize(path, given(properties, 'resources'), isPinned, context)
  addScaling(path, given(properties, 'scaling'), context)
  addWaits(path, main, names, context)
  const essential = given(main, 'essential')
  if (essential?.kind === 'scalar' && essential.value === false) {
    reading.keys.change(
      essential,
      'approximated',
      'it is the container of the process: the instance ends with it',
    )
  }
  for (const container of containers) {
    if (container === main) continue
    const own = addBeside(path, container, { names, isPinned }, context)
    if (own !== null) addOther(own, container, textAt(main, 'name') ?? '', context)
  }
  addAround(path, properties, context)
}

function mainOf(containers: readonly Table[]): Table | undefined {
  const ending = new Set(
    containers.flatMap((each) =>
      itemsOf(given(each, 'dependsOn')).flatMap((item) =>
        ENDS.includes(textAt(item, 'condition') ?? '') ? (textAt(item, 'containerName') ?? []) : [],
      ),
    ),
  )
  const lasting = containers.filter((each) => !ending.has(textAt(each, 'name') ?? ''))
  const essential = lasting.filter((each) => textAt(each, 'essential') !== 'false')
  const rank = (each: Table): number => ORDER.indexOf(exposeOf(decisiveOf(each)))
  const [main] = essential.toSorted((a, b) => rank(a) - rank(b))
  return main ?? lasting[0] ?? containers[0]
}

/** The event that says who reaches a container. */
function decisiveOf(container: Table): Table | undefined {
  const events = tablesOf(given(container, 'events'))
  const of = (expose: string) => events.find((each) => exposeOf(each) === expose)
  return of('public') ?? of('private') ?? events[0]
}

function exposeOf(event: Table | undefined): string {
  return EXPOSE[textAt(event, 'type') ?? ''] ?? 'none'
}

/** Adds who reaches the process, and at which port; gives the check of the load balancer in front. */
function addEvents(path: Target, container: Table, { draft, reading }: StackContext): BalancerCheck | null {
  const decisive = decisiveOf(container)
  if (decisive === undefined) {
    draft.set([...path, 'expose'], scalar('none', byStacktape))
    return null
  }
  draft.set([...path, 'expose'], derived(exposeOf(decisive), child(decisive, 'type')!))
  const port = portOf(decisive)
  if (port !== undefined) draft.set([...path, 'port'], port)
  for (const other of tablesOf(given(container, 'events'))) {
    const second = portOf(other)
    if (second?.kind !== 'scalar' || port?.kind !== 'scalar' || second.value === port.value) continue
    reading.keys.change(second, 'unsupported', `a process has one port, which is ${port.text}`, ONE_PORT_HINT)
  }
  return checkOf(textAt(decisive, 'type')!, given(container, 'loadBalancerHealthCheck'))
}

/** Of one that runs beside the process: its port, and whether it ends the instance. */
function addOther(path: Target, container: Table, main: string, { draft, reading }: StackContext): void {
  const essential = given(container, 'essential')
  if (essential !== undefined) draft.set([...path, 'essential'], essential)
  const events = tablesOf(given(container, 'events'))
  const port = events.map(portOf).find((each) => each !== undefined)
  if (port !== undefined) draft.set([...path, 'port'], port)
  const why = `only ${main} is reached from outside of the instance`
  for (const event of events) {
    if (exposeOf(event) === 'none') continue
    reading.keys.change(child(event, 'type')!, 'unsupported', why, OTHER_HINT)
  }
  const check = given(container, 'loadBalancerHealthCheck')
  if (check !== undefined) reading.keys.change(check, 'unsupported', why, OTHER_HINT)
}

function portOf(event: Value): Value | undefined {
  return given(given(event, 'properties'), 'containerPort')
}

function checkOf(type: string, settings: Value | undefined): BalancerCheck | null {
  if (type !== 'application-load-balancer' && type !== 'network-load-balancer') return null
  const protocol = textAt(settings, 'healthCheckProtocol')
  if (protocol === 'HTTP' || protocol === 'TCP') return { settings, protocol }
  return { settings, protocol: type === 'application-load-balancer' ? 'HTTP' : 'TCP' }
}
