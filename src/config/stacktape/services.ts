import { child, derived, given, placeOf, scalar, textAt } from '../value.ts'
import type { Value } from '../value.ts'
import { addAccess } from './access.ts'
import { addSideContainers } from './beside.ts'
import { addContainer } from './containers.ts'
import { honourFalse, honourUsual, isUnknown, tablesOf } from './context.ts'
import type { StackContext, Target } from './context.ts'
import type { BalancerCheck } from './health.ts'
import { byStacktape } from './rules.ts'
import { addScaling } from './scaling.ts'
import { addSize } from './sizes.ts'
import { addHost } from './variables.ts'

/** The port that Stacktape gives to services that can be reached. */
const PORT = 3000

const EXPOSE: Readonly<Record<string, string>> = {
  'web-service': 'public',
  'private-service': 'private',
  'worker-service': 'none',
}

/** Adds the process of a worker, web or private service. */
export function addService(called: string, resource: Value, context: StackContext): void {
  const { draft, names } = context
  const name = names.take(called, resource)
  if (name === null) return
  const path: Target = ['processes', name]
  const type = child(resource, 'type')!
  const kind = textAt(resource, 'type')!
  const properties = child(resource, 'properties')
  draft.open(path, resource)
  draft.set([...path, 'expose'], derived(EXPOSE[kind]!, type))
  const balancer = kind === 'web-service' ? balancerOf(properties) : null
  const isPinned = addContainer(path, properties, balancer, context)
  addSize(path, given(properties, 'resources'), isPinned, context)
  addScaling(path, given(properties, 'scaling'), context)
  checkDeployment(properties, 'loadBalancing', [child(properties, 'loadBalancing')], context)
  if (kind === 'web-service') {
    addHost(path, given(properties, 'environment'), context)
    for (const key of ['cdn', 'cors'].map((each) => given(properties, each)))
      honourUsual(false, given(key, 'enabled'), context, key)
  }
  if (kind !== 'worker-service') draft.set([...path, 'port'], portOf(properties, context))
  addSideContainers(path, properties, isPinned, context)
  addAround(path, properties, context)
}

/** Adds what stands around the containers of a resource. */
export function addAround(path: Target, properties: Value | undefined, context: StackContext): void {
  addAccess(path, properties, context)
  honourFalse(
    ['usePrivateSubnetsWithNAT', 'enableRemoteSessions'].map((key) => given(properties, key)),
    context,
  )
}

/** Traffic can only be shifted by an application load balancer: `inFront` has what stands in front, with its `type`. What cannot be known here may be one. */
export function checkDeployment(
  properties: Value | undefined,
  needs: string,
  inFront: readonly (Value | undefined)[],
  context: StackContext,
): void {
  const deployment = given(properties, 'deployment')
  if (deployment === undefined) return
  const mayShift = (each: Value | undefined): boolean =>
    textAt(each, 'type') === 'application-load-balancer' ||
    [each, child(each, 'type')].some((value) => isUnknown(value, context))
  if (inFront.some(mayShift)) return
  context.reading.error(`deployment needs ${needs} of the type application-load-balancer`, {
    place: deployment.key ?? placeOf(deployment),
    hint: 'Leave it out, or say which load balancer there is.',
  })
}

/** The check of the load balancer in front; the default one, an API gateway, has none. */
function balancerOf(properties: Value | undefined): BalancerCheck | null {
  const balancing = given(properties, 'loadBalancing')
  const settings = given(balancing, 'properties')
  const type = textAt(balancing, 'type')
  if (type === 'application-load-balancer') return { settings, protocol: 'HTTP' }
  if (type !== 'network-load-balancer') return null
  return { settings, protocol: textAt(settings, 'healthCheckProtocol') === 'HTTP' ? 'HTTP' : 'TCP' }
}

/** The port of the service: for a network load balancer, that to which its first port leads. */
function portOf(properties: Value | undefined, context: StackContext): Value {
  const { reading } = context
  const balancing = given(properties, 'loadBalancing')
  const isKnown = textAt(balancing, 'type') !== undefined
  const listed = isKnown ? tablesOf(given(given(balancing, 'properties'), 'ports')) : []
  for (const each of listed) honourUsual('TCP', given(each, 'protocol'), context)
  for (const other of listed.slice(1)) {
    reading.keys.change(
      child(other, 'port')!,
      'unsupported',
      'a process has one port',
      'Make it a service of its own.',
    )
  }
  const [first] = listed
  return (
    given(first, 'containerPort') ??
    given(first, 'port') ??
    given(properties, 'port') ??
    scalar(PORT, byStacktape)
  )
}
