import type { DeploymentConfiguration, Service } from '@aws-sdk/client-ecs'

import type { ProcessSpec } from '../../../app/spec.ts'
import { TAG } from '../names.ts'
import type { AdoptedProcess } from '../definition/read.ts'
import type { ServiceTags } from '../tags.ts'
import { actualShape, primaryOf, shapeOf, type ServiceShape } from './shape.ts'

/**
 * What a process asks of a service that is there. Of one that was adopted it asks for what the process says, and leaves as it
 * is what Gantry would otherwise decide by itself.
 */
export function shapeIn(service: Service, spec: ProcessSpec, revision: string): ServiceShape {
  const shape = shapeOf(spec, revision)
  const container = service.tags?.find(({ key }) => key === TAG.adopted)?.value
  return container === undefined ? shape : keeping(actualShape(service), shape, container)
}

function keeping(actual: ServiceShape, shape: ServiceShape, container: string): ServiceShape {
  const { serviceConnectConfiguration: connect, deploymentConfiguration } = actual
  const namesTheSame =
    connect.enabled === true && connect.namespace === shape.serviceConnectConfiguration.namespace
  const overlapsAlike = overlaps(deploymentConfiguration) === overlaps(shape.deploymentConfiguration)
  return {
    ...shape,
    enableECSManagedTags: actual.enableECSManagedTags,
    enableExecuteCommand: actual.enableExecuteCommand || shape.enableExecuteCommand,
    propagateTags: actual.propagateTags,
    loadBalancers: keptLoadBalancers(actual, shape, container),
    ...(namesTheSame && { serviceConnectConfiguration: connect }),
    ...(overlapsAlike && {
      deploymentConfiguration,
      availabilityZoneRebalancing: actual.availabilityZoneRebalancing,
    }),
  }
}

/** Those behind the first one are nothing that a process has words for. */
function keptLoadBalancers(
  { loadBalancers: [, ...others] }: ServiceShape,
  { loadBalancers: [wanted] }: ServiceShape,
  container: string,
): ServiceShape['loadBalancers'] {
  return wanted === undefined ? others : [{ ...wanted, containerName: container }, ...others]
}

/** Whether new tasks may start before old ones have stopped. */
export function overlaps({ maximumPercent = 200 }: DeploymentConfiguration): boolean {
  return maximumPercent > 100
}

/** What the service of an adopted process says that its task definition does not; null of all others. */
export function adoptedOf(
  service: Service,
  { adopted }: Pick<ServiceTags, 'adopted'>,
): AdoptedProcess | null {
  return adopted === null ? null : { container: adopted, expose: exposeOf(service) }
}

function exposeOf(service: Service): AdoptedProcess['expose'] {
  const connect = primaryOf(service)?.serviceConnectConfiguration
  if ((service.loadBalancers ?? []).length > 0) return 'public'
  return connect?.enabled === true && (connect.services ?? []).length > 0 ? 'private' : 'none'
}
