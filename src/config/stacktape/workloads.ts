import { child, derived, given, itemsOf, placeOf, scalar, textAt } from '../value.ts'
import type { Table, Value } from '../value.ts'
import { addContainer, addInit } from './containers.ts'
import { reportMissing, tablesOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import type { BalancerCheck } from './health.ts'
import { byStacktape } from './rules.ts'
import { addScaling } from './scaling.ts'
import { tellAround } from './services.ts'
import { addSize } from './sizes.ts'

/** Of a task definition of ECS (Amazon ECS service quotas). */
const MAX_CONTAINERS = 10
const PUBLIC = ['http-api-gateway', 'application-load-balancer', 'network-load-balancer']
const ENDS = ['COMPLETE', 'SUCCESS']
const ONE_PORT_HINT = 'Make it a service of its own, or serve both at one port.'

/** Adds a process for each container of a workload, and a task for those that others wait for to end. */
export function addWorkload(called: string, resource: Value, context: StackContext): void {
  const properties = given(resource, 'properties')
  const containers = tablesOf(given(properties, 'containers'))
  if (containers.length > MAX_CONTAINERS) {
    context.reading.error(`A workload has at most ${MAX_CONTAINERS} containers; found ${containers.length}`, {
      place: resource.key,
    })
    return
  }
  const resources = given(properties, 'resources')
  const initial = namesThatEnd(containers, context)
  const running = containers.filter((each) => !initial.has(textAt(each, 'name') ?? ''))
  for (const container of containers) {
    if (!running.includes(container)) addInit(called, container, resources, context)
    else {
      const own = running.length === 1 ? called : `${called}-${textAt(container, 'name') ?? ''}`
      addProcess(own, resource, container, properties, running.length === 1, context)
    }
  }
  if (running.length > 1) tellShared(resources, running.length, context)
  tellAround(properties, context)
}

function addProcess(
  called: string,
  resource: Value,
  container: Table,
  properties: Value | undefined,
  isAlone: boolean,
  context: StackContext,
): void {
  const { draft, names, reading } = context
  const name = names.take(called, isAlone ? resource : container)
  if (name === null) return
  const path: Target = ['processes', name]
  draft.open(path, container)
  const balancer = addEvents(path, container, context)
  const isPinned = addContainer(path, container, balancer, context)
  addSize(path, given(properties, 'resources'), isPinned, context)
  addScaling(path, given(properties, 'scaling'), context)
  const essential = given(container, 'essential')
  if (essential !== undefined && isAlone)
    reading.keys.change(essential, 'honoured', 'it is the only container')
}

/** Adds who reaches a container, by its first event; gives the check of the load balancer in front. */
function addEvents(path: Target, container: Table, { draft, reading }: StackContext): BalancerCheck | null {
  const events = tablesOf(given(container, 'events'))
  const decisive = events.find((each) => PUBLIC.includes(textAt(each, 'type')!)) ?? events[0]
  if (decisive === undefined) {
    draft.set([...path, 'expose'], scalar('none', byStacktape))
    return null
  }
  const type = textAt(decisive, 'type')!
  const port = given(given(decisive, 'properties'), 'containerPort')
  draft.set(
    [...path, 'expose'],
    derived(PUBLIC.includes(type) ? 'public' : 'private', child(decisive, 'type')!),
  )
  if (port !== undefined) draft.set([...path, 'port'], port)
  for (const other of events) {
    const second = given(given(other, 'properties'), 'containerPort')
    if (second?.kind !== 'scalar' || port?.kind !== 'scalar' || second.value === port.value) continue
    reading.keys.change(second, 'unsupported', `a process has one port, which is ${port.text}`, ONE_PORT_HINT)
  }
  return checkOf(type, given(container, 'loadBalancerHealthCheck'))
}

function checkOf(type: string, settings: Value | undefined): BalancerCheck | null {
  if (type !== 'application-load-balancer' && type !== 'network-load-balancer') return null
  const protocol = textAt(settings, 'healthCheckProtocol')
  if (protocol === 'HTTP' || protocol === 'TCP') return { settings, protocol }
  return { settings, protocol: type === 'application-load-balancer' ? 'HTTP' : 'TCP' }
}

/** The containers that others wait for to end. */
function namesThatEnd(containers: readonly Table[], context: StackContext): ReadonlySet<string> {
  const names = containers.map((each) => textAt(each, 'name') ?? '')
  const ending = new Set<string>()
  for (const container of containers) {
    for (const item of itemsOf(given(container, 'dependsOn'))) {
      const other = given(item, 'containerName')
      if (other?.kind !== 'scalar') continue
      if (!names.includes(other.text)) reportMissing('container', other, names, context)
      else if (ENDS.includes(textAt(item, 'condition') ?? '')) ending.add(other.text)
    }
  }
  return ending
}

/** The containers of a workload share its size; processes do not. */
function tellShared(resources: Value | undefined, count: number, { reading }: StackContext): void {
  if (resources === undefined) return
  reading.warn(`Each of the ${count} containers is a process with this size; in Stacktape they share it`, {
    place: resources.key ?? placeOf(resources),
    hint: 'Set `cpu` and `memory` of each process in gantry.yml.',
  })
}
