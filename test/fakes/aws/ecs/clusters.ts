import type { CreateClusterRequest, DescribeClustersRequest } from '@aws-sdk/client-ecs'

import { clusterArn, nameOf } from './arns.ts'
import { invalid } from './refusals.ts'
import type { ClusterState } from './state.ts'
import { checkTags } from './tags.ts'
import type { World } from './world.ts'

export function createCluster(world: World, input: CreateClusterRequest): unknown {
  const { clusterName = 'default', tags = [], capacityProviders, defaultCapacityProviderStrategy } = input
  if (!/^[A-Za-z0-9_-]{1,255}$/.test(clusterName)) invalid('Cluster name contains invalid characters.')
  checkTags(tags)
  const cluster = world.clusters.get(clusterName) ?? world.addCluster(clusterName)
  cluster.tags = tags
  cluster.capacityProviders = capacityProviders ?? cluster.capacityProviders
  cluster.defaultStrategy = defaultCapacityProviderStrategy ?? cluster.defaultStrategy
  return { cluster: view(world, cluster) }
}

export function describeClusters(world: World, { clusters = ['default'] }: DescribeClustersRequest): unknown {
  if (clusters.length > 100) invalid('Clusters cannot have more than 100 elements.')
  const found = clusters.map((name) => ({ name, cluster: world.clusters.get(nameOf(name)) }))
  return {
    clusters: found.flatMap(({ cluster }) => (cluster === undefined ? [] : [view(world, cluster)])),
    failures: found.flatMap(({ name, cluster }) =>
      cluster === undefined ? [{ arn: clusterArn(nameOf(name)), reason: 'MISSING' }] : [],
    ),
  }
}

function view(world: World, cluster: ClusterState): unknown {
  const tasks = [...world.tasks.values()].filter((task) => task.cluster === cluster)
  return {
    clusterArn: clusterArn(cluster.name),
    clusterName: cluster.name,
    status: 'ACTIVE',
    registeredContainerInstancesCount: 0,
    runningTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingTasksCount: tasks.filter(({ lastStatus }) => lastStatus === 'PENDING').length,
    activeServicesCount: [...world.services.values()].filter(
      (service) => service.cluster === cluster && service.status === 'ACTIVE',
    ).length,
    capacityProviders: cluster.capacityProviders,
    defaultCapacityProviderStrategy: cluster.defaultStrategy,
    tags: cluster.tags,
  }
}
