import type {
  CreateServiceRequest,
  DeleteServiceRequest,
  DescribeServicesRequest,
  ListServicesRequest,
  UpdateServiceRequest,
} from '@aws-sdk/client-ecs'

import { nameOf, serviceArn } from './arns.ts'
import { deploy } from './deployments.ts'
import { ecsPage } from './pages.ts'
import { invalid, refuseAs } from './refusals.ts'
import { check } from './scheduler.ts'
import { checkClientToken, checkController, checkService } from './service-rules.ts'
import { newSettings, updatedSettings } from './service-settings.ts'
import { serviceView } from './service-view.ts'
import type { ServiceState } from './state.ts'
import { checkTags } from './tags.ts'
import type { World } from './world.ts'
import { isSameWorkload, newWorkload, updatedWorkload } from './workload.ts'

const MOST_DESCRIBED = 10

export function createService(world: World, input: CreateServiceRequest): unknown {
  const { serviceName = '', clientToken, tags = [], desiredCount } = input
  const cluster = world.cluster(input.cluster)
  const key = `${cluster.name}/${serviceName}`
  const existing = world.services.get(key)
  if (existing?.status === 'ACTIVE') {
    if (clientToken === undefined || existing.clientToken !== clientToken) {
      invalid('Creation of service was not idempotent.')
    }
    return { service: serviceView(world, existing, { include: ['TAGS'], isAnswer: true }) }
  }
  if (existing?.status === 'DRAINING') invalid('Unable to Start a service that is still Draining.')
  checkService(input)
  checkTags(tags)
  checkClientToken(clientToken)
  if (desiredCount === undefined)
    invalid('desiredCount is required for services with the REPLICA scheduling strategy.')
  const workload = newWorkload(world, cluster, input)
  const service: ServiceState = {
    name: serviceName,
    arn: serviceArn(cluster.name, serviceName),
    cluster,
    status: 'ACTIVE',
    controller: input.deploymentController?.type === 'CODE_DEPLOY' ? 'CODE_DEPLOY' : 'ECS',
    desiredCount,
    settings: newSettings(input),
    clientToken,
    createdAt: world.now,
    deployments: [],
    serviceDeployments: [],
    revisions: [],
    lastCompleted: null,
    events: [],
    tags,
    steady: false,
    checkAt: 0,
  }
  world.services.set(key, service)
  deploy(world, service, workload)
  check(world, service)
  return { service: serviceView(world, service, { include: ['TAGS'], isAnswer: true }) }
}

export function updateService(world: World, input: UpdateServiceRequest): unknown {
  const cluster = world.cluster(input.cluster)
  const service = activeService(world, cluster.name, input.service)
  const before = service.deployments[0]!.revision.workload
  checkService(input)
  checkController(service, input)
  const workload = updatedWorkload(world, service, input)
  service.settings = updatedSettings(service.settings, input)
  service.desiredCount = input.desiredCount ?? service.desiredCount
  if (input.forceNewDeployment === true || !isSameWorkload(before, workload)) deploy(world, service, workload)
  service.steady = false
  check(world, service)
  return { service: serviceView(world, service, { include: ['TAGS'], isAnswer: true }) }
}

export function deleteService(world: World, input: DeleteServiceRequest): unknown {
  const cluster = world.cluster(input.cluster)
  const service = world.service(cluster, input.service ?? '')
  if (service === undefined || service.status === 'INACTIVE')
    return refuseAs('ServiceNotFoundException', 'Service not found.')
  if (service.status === 'ACTIVE' && service.desiredCount > 0 && input.force !== true) {
    invalid('The service cannot be stopped while it is scaled above 0.')
  }
  if (service.status === 'ACTIVE' && service.deployments.length > 1 && input.force !== true) {
    invalid('The service cannot be stopped while deployments are active.')
  }
  service.status = 'DRAINING'
  service.desiredCount = 0
  check(world, service)
  return { service: serviceView(world, service, { include: ['TAGS'], isAnswer: true }) }
}

export function describeServices(world: World, input: DescribeServicesRequest): unknown {
  const { services: names = [], include = [] } = input
  const cluster = world.cluster(input.cluster)
  if (names.length === 0) invalid('Services cannot be empty.')
  if (names.length > MOST_DESCRIBED) invalid(`Services cannot have more than ${MOST_DESCRIBED} elements.`)
  const services: unknown[] = []
  const failures: unknown[] = []
  for (const name of names) {
    const service = world.service(cluster, name)
    if (service === undefined)
      failures.push({
        arn: serviceArn(cluster.name, nameOf(name)),
        reason: 'MISSING',
      })
    else services.push(serviceView(world, service, { include, isAnswer: false }))
  }
  return { services, failures }
}

export function listServices(world: World, input: ListServicesRequest): unknown {
  const cluster = world.cluster(input.cluster)
  const found = [...world.services.values()].filter(
    (service) =>
      service.cluster === cluster &&
      service.status === 'ACTIVE' &&
      world.service(cluster, service.name) !== undefined &&
      (input.launchType === undefined ||
        (service.deployments[0]?.revision.workload.launchType ?? 'FARGATE') === input.launchType),
  )
  const { items, nextToken } = ecsPage(found, input, { key: ({ arn }) => arn, most: 100, normal: 10 })
  return { serviceArns: items.map(({ arn }) => arn), nextToken }
}

export function activeService(world: World, cluster: string, nameOrArn = ''): ServiceState {
  const service = world.service(world.cluster(cluster), nameOrArn)
  if (service === undefined) return refuseAs('ServiceNotFoundException', 'Service not found.')
  return service.status === 'ACTIVE'
    ? service
    : refuseAs('ServiceNotActiveException', 'Service was not ACTIVE.')
}
