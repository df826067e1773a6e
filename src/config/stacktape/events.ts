import { quote } from '../text.ts'
import { child, derived, given, placeOf, scalar, textAt } from '../value.ts'
import type { Scalar, Table, Value } from '../value.ts'
import { checkReference, tablesOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import type { BalancerCheck } from './health.ts'
import { byStacktape } from './rules.ts'

/** Who is reached, by the type of an event; the first of them that a container has counts. */
const EXPOSE: Readonly<Record<string, string>> = {
  'http-api-gateway': 'public',
  'application-load-balancer': 'public',
  'network-load-balancer': 'public',
  'service-connect': 'private',
  'workload-internal': 'none',
}
const ORDER = ['public', 'private', 'none']
/** What stands in front, and where an event names it. */
const IN_FRONT: Readonly<Record<string, string>> = {
  'http-api-gateway': 'httpApiGatewayName',
  'application-load-balancer': 'loadBalancerName',
  'network-load-balancer': 'loadBalancerName',
}
const BALANCERS = ['application-load-balancer', 'network-load-balancer']
const OTHER_HINT = 'Make it a service of its own, or let the container that is reached pass requests on.'
const ONE_PORT_HINT = 'Make it a service of its own, or serve both at one port.'
const NEEDS_NOTHING = 'it needs no setting: the containers of an instance reach each other at `localhost`'
const CHECK_HINT = 'Give it an `internalHealthCheck`.'

/** The events of a container whose type is known. */
export function eventsOf(container: Table): Table[] {
  return tablesOf(given(container, 'events')).filter((each) => textAt(each, 'type') !== undefined)
}

/** By how far a container is reached, the lowest number from the farthest. */
export function reachOf(container: Table): number {
  return ORDER.indexOf(exposeOf(decisiveOf(eventsOf(container))))
}

/** Whether each container has its ports to itself, where all listen at one address; reports those that do not. */
export function checkPorts(containers: readonly Table[], { reading }: StackContext): boolean {
  const taken = new Map<string, Table>()
  for (const container of containers) {
    for (const port of eventsOf(container).flatMap((each) => portOf(each) ?? [])) {
      const first = taken.get(port.text) ?? container
      taken.set(port.text, first)
      if (first === container) continue
      const names = [first, container].map((each) => quote(textAt(each, 'name') ?? ''))
      reading.error(`${names.join(' and ')} both listen on port ${port.text}`, {
        place: placeOf(port),
        hint: 'The containers of an instance share its network. Give each a port of its own.',
      })
      return false
    }
  }
  return true
}

/** Adds who reaches the process, and at which port; gives the check of the load balancer in front. */
export function addEvents(path: Target, container: Table, context: StackContext): BalancerCheck | null {
  const events = eventsOf(container)
  const decisive = decisiveOf(events)
  const expose =
    decisive === undefined
      ? scalar('none', byStacktape)
      : derived(exposeOf(decisive), child(decisive, 'type')!)
  context.draft.set([...path, 'expose'], expose)
  checkNames(events, context)
  addPort(path, decisive, events, context)
  return checkOf(events, given(container, 'loadBalancerHealthCheck'), context)
}

/** Adds the port of a container beside the process, which nobody reaches from outside of the instance. */
export function addInnerEvents(path: Target, container: Table, main: string, context: StackContext): void {
  const { reading } = context
  const events = eventsOf(container)
  checkNames(events, context)
  const inner = events.filter((each) => exposeOf(each) === 'none')
  addPort(path, events[0], inner, context)
  const why = `only ${main} is reached from outside of the instance`
  for (const event of events) {
    if (exposeOf(event) === 'none') continue
    reading.keys.change(child(event, 'type')!, 'unsupported', why, OTHER_HINT)
  }
  const check = given(container, 'loadBalancerHealthCheck')
  if (check !== undefined) reading.keys.change(check, 'unsupported', why, OTHER_HINT)
}

/** The event that says who reaches a container. */
function decisiveOf(events: readonly Table[]): Table | undefined {
  const of = (expose: string) => events.find((each) => exposeOf(each) === expose)
  return of('public') ?? of('private') ?? events[0]
}

function exposeOf(event: Table | undefined): string {
  return EXPOSE[textAt(event, 'type') ?? ''] ?? 'none'
}

function checkNames(events: readonly Table[], context: StackContext): void {
  for (const event of events) {
    const type = textAt(event, 'type') ?? ''
    const key = IN_FRONT[type]
    if (key !== undefined) checkReference(type, given(given(event, 'properties'), key), context)
  }
}

/** Adds the port of an event; the others have no place, or, where only the instance itself uses them, need none. */
function addPort(
  path: Target,
  decisive: Table | undefined,
  others: readonly Table[],
  { draft, reading }: StackContext,
): void {
  const port = portOf(decisive)
  if (port === undefined) return
  draft.set([...path, 'port'], port)
  for (const other of others) {
    const second = portOf(other)
    if (second === undefined || second.value === port.value) continue
    if (exposeOf(other) === 'none') reading.keys.change(second, 'honoured', NEEDS_NOTHING)
    else {
      const why = `a process has one port, which is ${port.text}`
      reading.keys.change(second, 'unsupported', why, ONE_PORT_HINT)
    }
  }
}

function portOf(event: Table | undefined): Scalar | undefined {
  const port = given(given(event, 'properties'), 'containerPort')
  return port?.kind === 'scalar' ? port : undefined
}

/** The check of the load balancer among the events; without one, nothing checks like this. */
function checkOf(
  events: readonly Table[],
  settings: Value | undefined,
  { reading }: StackContext,
): BalancerCheck | null {
  const type = events.map((each) => textAt(each, 'type') ?? '').find((each) => BALANCERS.includes(each))
  if (type === undefined) {
    if (settings !== undefined)
      reading.keys.change(settings, 'unsupported', 'no load balancer is in front of it', CHECK_HINT)
    return null
  }
  const protocol = textAt(settings, 'healthCheckProtocol')
  if (protocol === 'HTTP' || protocol === 'TCP') return { settings, protocol }
  return { settings, protocol: type === 'application-load-balancer' ? 'HTTP' : 'TCP' }
}
