import type {
  DescribeServiceDeploymentsRequest,
  DescribeServiceRevisionsRequest,
  ListServiceDeploymentsRequest,
  StopServiceDeploymentRequest,
} from '@aws-sdk/client-ecs'

import { clusterArn } from './arns.ts'
import { pendingCount, runningCount } from './service-tasks.ts'
import { ecsPage } from './pages.ts'
import { invalid, refuseAs } from './refusals.ts'
import { check } from './scheduler.ts'
import { isVisible, workloadView } from './service-view.ts'
import type { RevisionState, ServiceDeploymentState, ServiceState } from './state.ts'
import { seconds } from './times.ts'
import type { World } from './world.ts'

const MOST_DESCRIBED = 20

export function listServiceDeployments(world: World, input: ListServiceDeploymentsRequest): unknown {
  const service = world.service(world.cluster(input.cluster), input.service ?? '')
  if (service === undefined) return refuseAs('ServiceNotFoundException', 'Service not found.')
  const { status: statuses = [], createdAt = {} } = input
  const found = service.serviceDeployments.filter(
    (each) =>
      isVisible(world, each.createdAt) &&
      (statuses.length === 0 || statuses.includes(each.status)) &&
      each.createdAt >= timeOf(createdAt.after, 0) &&
      each.createdAt <= timeOf(createdAt.before, Infinity),
  )
  const order = new Map(
    service.serviceDeployments.map((each, index) => [each, String(index).padStart(9, '0')]),
  )
  const { items, nextToken } = ecsPage(found, input, {
    key: (each) => order.get(each)!,
    descending: true,
    most: 100,
    normal: 20,
  })
  return { serviceDeployments: items.map(brief), nextToken }
}

export function describeServiceDeployments(world: World, input: DescribeServiceDeploymentsRequest): unknown {
  const { serviceDeploymentArns = [] } = input
  checkCount(serviceDeploymentArns)
  const found = serviceDeploymentArns.map((arn) => ({ arn, state: visible(world, arn) }))
  return {
    serviceDeployments: found.flatMap(({ state }) => (state === undefined ? [] : [view(state)])),
    failures: found.flatMap(({ arn, state }) => (state === undefined ? [{ arn, reason: 'MISSING' }] : [])),
  }
}

export function describeServiceRevisions(world: World, input: DescribeServiceRevisionsRequest): unknown {
  const { serviceRevisionArns = [] } = input
  checkCount(serviceRevisionArns)
  const found = serviceRevisionArns.map((arn) => ({ arn, revision: revisionView(world, arn) }))
  return {
    serviceRevisions: found.flatMap(({ revision }) => revision ?? []),
    failures: found.flatMap(({ arn, revision }) =>
      revision === undefined ? [{ arn, reason: 'MISSING' }] : [],
    ),
  }
}

export function stopServiceDeployment(world: World, input: StopServiceDeploymentRequest): unknown {
  const { serviceDeploymentArn = '', stopType = 'ROLLBACK' } = input
  const state =
    visible(world, serviceDeploymentArn) ??
    refuseAs('ServiceDeploymentNotFoundException', 'Service deployment not found.')
  if (state.status !== 'PENDING' && state.status !== 'IN_PROGRESS') {
    refuseAs('ConflictException', `Service deployment in status ${state.status} cannot be stopped.`)
  }
  state.status = stopType === 'ROLLBACK' ? 'ROLLBACK_REQUESTED' : 'STOP_REQUESTED'
  state.updatedAt = world.now
  check(world, state.service)
  return { serviceDeploymentArn: state.arn }
}

function checkCount(arns: readonly string[]): void {
  if (arns.length === 0) invalid('The list of ARNs cannot be empty.')
  if (arns.length > MOST_DESCRIBED)
    invalid(`The list of ARNs cannot have more than ${MOST_DESCRIBED} elements.`)
}

function visible(world: World, arn: string): ServiceDeploymentState | undefined {
  const state = world.serviceDeployments.get(arn)
  return state !== undefined && isVisible(world, state.createdAt) ? state : undefined
}

function brief(state: ServiceDeploymentState): Record<string, unknown> {
  return {
    serviceDeploymentArn: state.arn,
    serviceArn: state.service.arn,
    clusterArn: clusterArn(state.service.cluster.name),
    status: state.status,
    statusReason: state.statusReason,
    createdAt: seconds(state.createdAt),
    startedAt: seconds(state.startedAt),
    finishedAt: seconds(state.finishedAt),
    targetServiceRevisionArn: state.target.arn,
  }
}

function view(state: ServiceDeploymentState): unknown {
  const { targetServiceRevisionArn: _arn, ...shared } = brief(state)
  const { service, rollback, breakerTriggered } = state
  const { deploymentConfiguration } = service.settings
  const isWatched = deploymentConfiguration.deploymentCircuitBreaker?.enable === true
  return {
    ...shared,
    updatedAt: seconds(state.updatedAt),
    stoppedAt: seconds(state.stoppedAt),
    sourceServiceRevisions: state.sources.map((revision) => countsOf(service, revision)),
    targetServiceRevision: countsOf(service, state.target),
    deploymentConfiguration,
    deploymentCircuitBreaker: {
      status: breakerStatus({ isWatched, isTriggered: breakerTriggered, isOver: state.finishedAt !== null }),
      failureCount: state.failureCount,
      threshold: state.threshold,
    },
    rollback:
      rollback === null
        ? undefined
        : {
            reason: rollback.reason,
            startedAt: seconds(rollback.startedAt),
            serviceRevisionArn: rollback.revision.arn,
          },
  }
}

function breakerStatus(is: { isWatched: boolean; isTriggered: boolean; isOver: boolean }): string {
  if (is.isTriggered) return 'TRIGGERED'
  if (!is.isWatched) return 'DISABLED'
  return is.isOver ? 'MONITORING_COMPLETE' : 'MONITORING'
}

function countsOf({ deployments, desiredCount }: ServiceState, revision: RevisionState): unknown {
  const running = deployments.filter((each) => each.revision === revision)
  return {
    arn: revision.arn,
    requestedTaskCount: deployments[0]?.revision === revision ? desiredCount : 0,
    runningTaskCount: running.reduce((sum, each) => sum + runningCount(each), 0),
    pendingTaskCount: running.reduce((sum, each) => sum + pendingCount(each), 0),
  }
}

function revisionView(world: World, arn: string): unknown {
  const [, cluster, name] = /service-revision\/([^/]+)\/([^/]+)\//.exec(arn) ?? []
  const service = world.services.get(`${cluster}/${name}`)
  const revision = service?.revisions.find((each) => each.arn === arn)
  if (service === undefined || revision === undefined) return undefined
  return {
    serviceRevisionArn: revision.arn,
    serviceArn: service.arn,
    clusterArn: clusterArn(service.cluster.name),
    taskDefinition: revision.workload.definition.arn,
    ...workloadView(revision.workload),
    containerImages: revision.workload.definition.content.containerDefinitions?.map(({ name, image }) => ({
      containerName: name,
      image,
    })),
    createdAt: seconds(revision.createdAt),
  }
}

/** A time of an input, which comes as seconds over the wire. */
function timeOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value * 1_000 : otherwise
}
